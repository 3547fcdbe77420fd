import { expect, test } from 'vitest'
import { FileLine } from '../../src/renderer/transport/file-line.ts'

test('what is broken off before anything of it was sent ends as cancelled', async () => {
  const stop = new AbortController()
  const line = new FileLine(async () => {
    stop.abort()
    return 'a proof'
  })
  await expect(
    line.send('folder', { file: new File(['x'], 'words.csv'), place: 'words.csv' }, () => undefined, stop.signal),
  ).rejects.toMatchObject({ code: 'cancelled' })
})
