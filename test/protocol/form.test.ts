import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readProtocol, readyMadeProtocols } from '../../src/main/protocol/index.ts'
import { emptyBlock, formOf, sourceOf } from '../../src/renderer/pages/protocols/form.ts'
import { inEnglish } from '../../src/shared/messages/index.ts'

const example = /```yaml\n([^]*?)```/.exec(
  readFileSync(join(import.meta.dirname, '../../docs/protocols.md'), 'utf8'),
)![1]!

describe('a protocol in a form', () => {
  const sources = [
    { id: 'the example of the page', source: example },
    ...[...readyMadeProtocols()].map(([id, { source }]) => ({ id, source })),
  ]
  it.each(sources)('is the same protocol when it is text again: $id', ({ source }) => {
    const { protocol } = readProtocol(source)
    const again = readProtocol(sourceOf(formOf(protocol!)))
    expect(again.faults).toEqual([])
    expect(again.protocol).toEqual(protocol)
  })

  it('says nothing in its text that goes without saying', () => {
    const { protocol } = readProtocol(
      'id: a\nname: A\nblocks: [{ name: Words, prompts: { inline: [Haus, "1e3", "- x: y", "null"] } }]',
    )
    expect(sourceOf(formOf(protocol!))).toBe(
      'id: a\nname: A\nblocks:\n  - name: Words\n    prompts:\n      inline:\n        - Haus\n        - "1e3"\n        ' +
        '- "- x: y"\n        - "null"\n',
    )
  })

  it('names what is still missing by the line of its text', () => {
    const { protocol } = readProtocol('id: a\nname: A\nblocks: [{ name: Words, prompts: { inline: [Haus] } }]')
    const form = formOf(protocol!)
    form.blocks.push(emptyBlock(''))
    expect(inEnglish(readProtocol(sourceOf(form)).faults.map(({ message }) => message))).toEqual([
      expect.stringContaining('blocks 2, name'),
      expect.stringContaining('blocks 2, prompts'),
    ])
  })
})
