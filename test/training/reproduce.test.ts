import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Events } from '../../src/main/process/events.ts'
import { loadModel } from '../../src/main/ml/checkpoint/model.ts'
import { openEngineForModel } from '../../src/main/ml/programs/open-engine.ts'
import { Evaluator } from '../../src/main/training/evaluation/evaluator.ts'
import { reproducedRunConfig } from '../../src/main/training/queue/reproduce.ts'
import { forkChild } from '../../src/main/process/fork.ts'
import { trainingHandlers } from '../../src/main/training/queue/handlers.ts'
import { TrainingQueue } from '../../src/main/training/queue/queue.ts'
import { TrainingConfig, type Run } from '../../src/shared/api/training.ts'
import { configOf, signalOf, smallStore } from './small-store.ts'

const store = smallStore(['ab', 'ba', 'aab', 'bba'])
const events = new Events()
const queue = new TrainingQueue({ store, events, fork: forkChild, codeVersion: 'test' })
const handlers = trainingHandlers({
  store,
  events,
  queue,
  evaluator: new Evaluator({
    store,
    events,
    openEngine: openEngineForModel,
    lexiconFor: () => Promise.resolve(undefined),
  }),
})
let first: Run

async function finished({ id }: Run): Promise<Run> {
  await queue.idle()
  return queue.list().find((one) => one.id === id)!
}

const again = async (runId: number): Promise<Run> => handlers['train.reproduce']({ runId })
const configAgainOf = ({ id }: Run): TrainingConfig => reproducedRunConfig(store, store.runs.get(id), queue.folder(id))
const cardOf = (run: Run) => loadModel(store.models.paths(run.modelId!)[1]!).card

/** More words of another writer, with letters that the network of the first run does not know. */
function grow(): void {
  const { id: writerId } = store.writers.findOrCreate('w9', { handedness: 'left', virtual: false })
  const session = store.sessions.create({ writerId, deviceName: 'test signal', origin: 'simulated', profile: {} })
  for (const [at, label] of ['ab', 'cab', 'bad'].entries())
    store.recordings.insert({ sessionId: session.id, label, signal: signalOf(label, 9000 + at) })
}

beforeAll(async () => {
  first = await finished(queue.start(configOf({ augment: true, threads: null })))
})
afterAll(async () => {
  await queue.close()
  store.close()
})

describe('a run that is repeated', () => {
  it('comes to the same weights, bit for bit, although the store has grown since, and says so', async () => {
    grow()
    const second = await finished(await again(first.id))
    expect(second).toMatchObject({
      problem: null,
      state: 'finished',
      same: true,
      trainRecordings: 9,
      heldOutRecordings: 3,
      backend: first.backend,
    })
    expect(cardOf(second).weights.sha256).toBe(cardOf(first).weights.sha256)
    expect(cardOf(second).trainedOn).toEqual(cardOf(first).trainedOn)
    expect(v.parse(TrainingConfig, JSON.parse(JSON.stringify(cardOf(second).config)))).toEqual(
      store.runs.get(second.id).config,
    )
    expect(first).not.toHaveProperty('same')

    // Where its model is gone, its checkpoint still says with what it was trained.
    const fromCard = configAgainOf(second)
    handlers['models.delete']({ id: second.modelId! })
    expect(configAgainOf(second)).toEqual({ ...fromCard, reproduces: { ...fromCard.reproduces, weights: null } })
  })

  it('fails where a label is another one that its network knows too', async () => {
    store.recordings.relabel(2, 'bb')
    expect(await finished(await again(first.id))).toMatchObject({
      state: 'failed',
      problem: { message: 'The run cannot be repeated: labels or samples of its recordings have changed since.' },
    })
  })

  it('is refused where recordings are gone or say what its network cannot, with their number', async () => {
    const runs = store.runs.list().length
    store.recordings.delete([1])
    store.recordings.relabel(2, 'xy')
    await expect(again(first.id)).rejects.toMatchObject({
      code: 'conflict',
      message:
        'The run cannot be repeated: of its 12 recordings, 2 cannot be used any more (1 deleted; 1 relabelled since).',
    })
    expect(store.runs.list()).toHaveLength(runs)
  })

  it('must have left something, and fit nobody in particular', async () => {
    const left = store.runs.create(configOf({}))
    await expect(again(left.id)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('neither a model nor a checkpoint') as string,
    })
    const version = store.runs.create(configOf({ adapt: { writerId: 1, recipe: 'all', leaveOut: [] } }))
    await expect(again(version.id)).rejects.toMatchObject({ code: 'conflict' })
  })
})
