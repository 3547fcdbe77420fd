import { expect, it } from 'vitest'
import { childPath, proposePath } from '../../src/renderer/state/paths.ts'

function field(path: string) {
  return { path, now: () => input.path, fill: (found: string) => void (input.path = found) }
}
let input: ReturnType<typeof field>

it('fills an empty field with a proposed path', async () => {
  input = field('')
  await proposePath(input, Promise.resolve('/home/ada/words.txt'))
  expect(input.path).toBe('/home/ada/words.txt')
})

it('leaves what somebody types while the path is being looked for', async () => {
  input = field('')
  const found = Promise.withResolvers<string>()
  const proposing = proposePath(input, found.promise)
  input.path = '/mnt/usb/mine.txt'
  found.resolve('/home/ada/words.txt')
  await proposing
  expect(input.path).toBe('/mnt/usb/mine.txt')
})

it('leaves a folder that is chosen while the path is being looked for, and gives it the name', async () => {
  input = field('')
  const found = Promise.withResolvers<string>()
  const proposing = proposePath(input, found.promise)
  input.path = childPath('/srv/transfers/7', '')
  found.resolve('/home/ada/kalamos-2026-12-01')
  await proposing
  expect(input.path).toBe('/srv/transfers/7/kalamos-2026-12-01')
})
