import { firstStart } from '../browser/first-start.ts'
import { configOf, signalOf } from '../training/small-store.ts'
import { openStore } from '../../src/main/store/index.ts'
import { ask, expect, openReal, test } from './real-app.ts'

test('a virtual pen is added and a word that it writes is read', async ({ real: { page } }) => {
  await firstStart(page, page.url())
  await expect(page.getByRole('region', { name: 'Words' }).locator('tbody tr').first()).toBeVisible()
})

test('a model is trained in a utility process, with word images, and reads a recording', async ({
  real: { app, folder, database },
}) => {
  test.setTimeout(180_000)
  await app.close()
  const store = openStore(database)
  const { id: writerId } = store.writers.create({ name: 'w1', handedness: 'right' })
  const session = store.sessions.create({ writerId, deviceName: 'test signal', origin: 'simulated', profile: {} })
  const [id] = ['ab', 'ba', 'aab', 'bba', 'ab', 'ba'].map((label, at) =>
    store.recordings.insert({ sessionId: session.id, label, signal: signalOf(label, at) }),
  )
  store.close()

  const { page, app: again } = await openReal(folder)
  const recipe = {
    kind: 'cross-modal',
    pictures: { from: 'fonts' },
    image: { size: 'tiny', steps: 2, batchSize: 4, variants: 1 },
    projection: 8,
  }
  expect(await ask(page, 'train.start', { ...configOf({ epochs: 1 }), recipe })).toMatchObject({
    output: { state: 'preparing' },
  })
  const run = async (): Promise<unknown> => ((await ask(page, 'runs.list', {})) as { output: unknown[] }).output[0]
  await expect.poll(run, { timeout: 120_000 }).toMatchObject({ state: 'finished', problem: null })
  const { modelId } = (await run()) as { modelId: number }
  expect(await ask(page, 'review.read', { id, modelId })).toMatchObject({
    output: { readings: [{ modelId }], refused: [] },
  })
  await again.close()
})
