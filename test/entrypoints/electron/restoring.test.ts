import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { finishRestore } from '../../../src/main/backup/restore.ts'
import { openStore } from '../../../src/main/store/index.ts'
import { openApp } from './open-app.ts'

test('after a restore the app ends by itself, and asks Electron to start it again on the same database', async () => {
  const { electron, window, database, ended } = await openApp()
  const place = join(dirname(database), 'saved.zip')
  expect(await electron.ask(window, 'backup.make', { path: place })).toMatchObject({ output: { path: place } })
  expect(await electron.ask(window, 'writers.create', { name: 'Ada', handedness: 'left' })).toMatchObject({
    output: { name: 'Ada' },
  })
  expect(await electron.ask(window, 'backup.restore', { path: place })).toMatchObject({ output: { writers: 0 } })
  expect(await electron.ask(window, 'backup.state', {})).toMatchObject({
    output: { restarts: true, waiting: { path: expect.any(String) as unknown } },
  })
  expect(await electron.ask(window, 'backup.restart', {})).toEqual({ output: {} })
  expect(await ended).toBe(0)
  expect(electron.app.relaunches).toEqual([{ args: expect.arrayContaining(['--database', database]) as unknown }])

  // What the start that was asked for does first.
  expect(finishRestore(database)).toMatchObject({ keptIn: expect.any(String) as unknown })
  const store = openStore(database)
  expect(store.writers.list()).toEqual([])
  store.close()
})
