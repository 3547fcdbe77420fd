import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { promptsOf, shuffled } from '../../src/renderer/pages/record/prompts.ts'
import { faultsOf, idOfCopy } from '../../src/renderer/pages/devices/profile-draft.ts'

it('takes one prompt a line, without empty lines, composed as labels are', () => {
  expect(promptsOf(' Tinte \n\nU\u0308bung\nzwei Wörter\n')).toEqual(['Tinte', 'Übung', 'zwei Wörter'])
})

it('shuffles without losing or doubling a prompt', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (prompts) => {
      expect(shuffled(prompts).sort()).toEqual([...prompts].sort())
    }),
  )
})

it('names the fields of a profile that do not fit', () => {
  const faults = faultsOf({ id: 'my-pen', name: ' ', codec: 'pen-frame' })
  expect(faults.some((fault) => fault.startsWith('name: '))).toBe(true)
  expect(faults.some((fault) => fault.startsWith('channels: '))).toBe(true)
})

it('gives copies of a profile names that are not taken', () => {
  expect(idOfCopy('ximu3', ['ximu3'])).toBe('ximu3-copy')
  expect(idOfCopy('ximu3-copy', ['ximu3', 'ximu3-copy', 'ximu3-copy-2'])).toBe('ximu3-copy-3')
})
