import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { openApp } from './open-app.ts'

test('a file of others is read in a process of Electron beside the window, and the app ends all the same', async () => {
  const { electron, window, database, ended } = await openApp()
  const path = join(dirname(database), 'words.ndjson')
  writeFileSync(
    path,
    JSON.stringify({
      writer: 'w01',
      label: 'Haus',
      rate_hz: 100,
      channels: ['force'],
      units: ['N'],
      samples: [[0.5], [0.25]],
    }),
  )
  expect(await electron.ask(window, 'exchange.import', { format: 'ndjson', path })).toMatchObject({
    output: { imported: 1, refusedCount: 0 },
  })
  expect(electron.started).toHaveLength(1)
  expect(await electron.ask(window, 'recordings.get', { id: 1 })).toMatchObject({
    output: { values: [0.5, 0.25], every: 1 },
  })
  window.close()
  expect(await ended).toBe(0)
})
