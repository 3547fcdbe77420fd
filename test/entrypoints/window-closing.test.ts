import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import { createApp } from '../../src/main/app/app.ts'
import type { Adaptation } from '../../src/shared/api/adaptation.ts'
import { addGeneralModel, TURNED, writersStore } from '../adaptation/writers.ts'
import * as electron from '../electron-fake/index.ts'

vi.mock('electron', () => import('../electron-fake/index.ts'))

const words = writersStore()
await addGeneralModel(words)
const { path } = words.store
const writerId = words.store.writers.find(TURNED)!.id
words.store.close()

test('a window closed during an adaptation waits until that has stopped; the next start tells it, and it goes on', async () => {
  process.argv = ['electron', '.', '--database', path]
  const opened = once(electron.windows, 'opened')
  await import('../../src/main/entrypoints/electron.ts')
  const [window] = (await opened) as [electron.FakeWindow]
  const running = new Promise<void>((resolve) =>
    electron.listen(window, 'adapt.changed', (told) => (told as Adaptation).state === 'running' && resolve()),
  )
  expect(await electron.ask(window, 'adapt.start', { writerId, recipe: 'adapter' })).toMatchObject({
    output: { version: 1 },
  })
  await running

  const ended = once(electron.app, 'quit')
  window.close()
  expect((await ended)[1]).toBe(0)

  const again = await createApp({ databasePath: path, entryPoint: 'window' })
  const [interrupted] = await again.request('runs.interrupted', {})
  expect(interrupted).toMatchObject({ version: { writerId, writerName: TURNED, version: 1 } })
  expect(await again.request('adapt.list', {})).toMatchObject([{ state: 'interrupted', problem: null }])
  expect(await again.request('train.resume', { runId: interrupted!.runId })).toMatchObject({ state: 'preparing' })
  await again.close()
})
