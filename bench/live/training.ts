import type { App } from '../../src/main/app/app.ts'
import { baseTraining } from '../../src/main/training/base/recipe.ts'
import { waitFor } from '../../src/main/selftest/wait.ts'
import { simulateWord } from '../../src/main/simulator/simulate.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'
import { wordList } from '../../src/main/words/lists.ts'

const RECORDINGS = 192
const PATIENCE_MS = 120_000

/** A training that takes all cores for as long as it is let run. Returns how to end it. */
export async function trainBeside(app: App): Promise<() => Promise<void>> {
  const writer = drawWriter(77)
  const { id: writerId } = app.store.writers.create({
    name: 'virtual writer of the benchmark',
    handedness: 'right',
    virtual: true,
  })
  const { id: sessionId } = app.store.sessions.create({
    writerId,
    deviceName: 'virtual pen',
    origin: 'simulated',
    virtual: true,
    profile: {},
  })
  app.store.transaction(() => {
    for (const [take, word] of wordList('virtual-500').slice(0, RECORDINGS).entries()) {
      const { label, signal } = simulateWord(writer, word, { take })
      app.store.recordings.insert({ sessionId, label, signal })
    }
  })
  const run = await app.request('train.start', {
    ...baseTraining({ epochs: 10_000, seed: 1 }),
    name: 'beside live reading',
    split: { by: 'recording', heldOut: 0 },
  })
  const state = async () => (await app.request('runs.list', {})).find(({ id }) => id === run.id)
  const runs = await waitFor(
    async () => ((await state())?.epochProgress ?? 0) > 0 || ((await state())?.epoch ?? 0) > 0,
    PATIENCE_MS,
  )
  if (!runs)
    throw new Error(`the training beside live reading did not begin: ${JSON.stringify((await state())?.problem)}`)
  return async () => {
    await app.request('train.cancel', { runId: run.id })
    await waitFor(async () => (await state())?.state === 'cancelled', PATIENCE_MS)
  }
}
