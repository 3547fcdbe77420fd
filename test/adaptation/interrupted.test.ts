import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { interruptionHandlers } from '../../src/main/training/queue/interruptions.ts'
import { openStore, type Store } from '../../src/main/store/index.ts'
import { configOf } from '../training/small-store.ts'
import { TURNED, writersStore } from './writers.ts'

let store: Store
beforeEach(() => ({ store } = writersStore([])))
afterEach(() => store.close())

/** Kalamos ends, however it ends, and is opened again. */
function startAgain(): void {
  const { path } = store
  store.close()
  store = openStore(path)
}
const ask = () => interruptionHandlers({ store })['runs.interrupted']({})
const putAside = (runIds: number[]) => interruptionHandlers({ store })['runs.dismiss']({ runIds })

describe('what was interrupted when Kalamos ended', () => {
  it('is told at the next start: a training by its name, an adaptation by its writer', async () => {
    const training = store.runs.create(configOf({ name: 'letters of all' }))
    const writerId = store.writers.find(TURNED)!.id
    const config = configOf({ name: 'general, turned' })
    const adapting = store.runs.create(config)
    const model = store.models.create({
      name: 'general',
      kind: 'rewi-s',
      task: 'ctc',
      runId: null,
      alphabet: 'ab',
      channels: ['force'],
      rateHz: 100,
      parameters: 1,
      scores: null,
      trainedOn: { recordings: 0, writers: 0, virtual: false },
      reliability: null,
      files: [],
    })
    store.adaptations.create({ writerId, fromModelId: model.id, runId: adapting.id, config })
    store.runs.update(training.id, { state: 'running' })
    expect(await ask()).toEqual([])
    startAgain()
    expect(await ask()).toEqual([
      { runId: adapting.id, name: 'general, turned', version: { writerId, writerName: TURNED, version: 1 } },
      { runId: training.id, name: 'letters of all', version: null },
    ])
  })

  it('is told no more once it goes on, and what failed or was cancelled is not told at all', async () => {
    const [first, second, third] = [configOf({}), configOf({}), configOf({})].map(
      (config) => store.runs.create(config).id,
    )
    store.runs.update(second!, { state: 'failed', endedAt: 1 })
    store.runs.update(third!, { state: 'cancelled', endedAt: 1 })
    startAgain()
    expect((await ask()).map(({ runId }) => runId)).toEqual([first])
    store.runs.update(first!, { state: 'queued', endedAt: null })
    expect(await ask()).toEqual([])
  })

  it('is not told again once it was put aside, unless it is interrupted again', async () => {
    const { id } = store.runs.create(configOf({}))
    store.runs.update(id, { state: 'interrupted', endedAt: 1000 })
    await putAside([id])
    startAgain()
    expect(await ask()).toEqual([])
    store.runs.update(id, { state: 'running', endedAt: null })
    startAgain()
    expect(await ask()).toMatchObject([{ runId: id }])
  })
})
