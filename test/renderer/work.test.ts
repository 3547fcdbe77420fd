import { expect, test } from 'vitest'
import { Work } from '../../src/renderer/state/work.svelte.ts'
import { KalamosError } from '../../src/shared/errors.ts'

test('work is told to go on until it has ended, and leaves its problem until the next begins', async () => {
  const work = new Work()
  const { promise, reject } = Promise.withResolvers<never>()
  const failed = work.during(() => promise)
  expect(work).toMatchObject({ busy: true, problem: null })
  reject(new KalamosError('conflict', 'There is such a file.', 'Choose another name.'))
  expect(await failed).toBe(false)
  expect(work).toMatchObject({
    busy: false,
    problem: { code: 'conflict', message: 'There is such a file.', hint: 'Choose another name.' },
  })
  expect(await work.during(() => Promise.resolve())).toBe(true)
  expect(work).toMatchObject({ busy: false, problem: null })
})
