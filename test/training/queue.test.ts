import { existsSync, readdirSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Events } from '../../src/main/process/events.ts'
import { loadModel } from '../../src/main/ml/checkpoint/model.ts'
import { openEngineForModel } from '../../src/main/ml/programs/open-engine.ts'
import { Evaluator } from '../../src/main/training/evaluation/evaluator.ts'
import { trainingHandlers } from '../../src/main/training/queue/handlers.ts'
import { forkChild, type ChildProcess } from '../../src/main/process/fork.ts'
import { TrainingQueue } from '../../src/main/training/queue/queue.ts'
import { train } from '../../src/main/training/train.ts'
import { writerDataHandlers } from '../../src/main/writers/handlers.ts'
import { openStore, type Store } from '../../src/main/store/index.ts'
import { recipeOf, type Recipe } from '../../src/shared/api/recipe.ts'
import type { Run } from '../../src/shared/api/training.ts'
import { openTestEngine } from '../ml/open-engine.ts'
import { inEnglish } from '../../src/shared/messages/index.ts'
import { configOf, folderFor, smallStore } from './small-store.ts'

let store: Store
let events: Events
let queue: TrainingQueue
let children: ChildProcess[]
let changes: Run[]

function start(): void {
  events = new Events()
  children = []
  changes = []
  events.on('runs.changed', (run) => changes.push(run))
  const fork = (entry: URL): ChildProcess => {
    const child = forkChild(entry)
    children.push(child)
    return child
  }
  queue = new TrainingQueue({ store, events, fork, codeVersion: 'test' })
}

beforeEach(() => {
  store = smallStore(['ab', 'ba', 'aab', 'bba'])
  start()
})
afterEach(async () => {
  await queue.close()
  store.close()
})

/** Resolves with the first change of a run that is wanted. */
function change(runId: number, wanted: (run: Run) => boolean): Promise<Run> {
  return new Promise((resolve) => {
    const stop = events.on('runs.changed', (run) => {
      if (run.id !== runId || !wanted(run)) return
      stop()
      resolve(run)
    })
  })
}

/** Little pictures and a tiny image network that learns for so many steps. */
function towardsPictures(steps: number): Recipe {
  return recipeOf({ kind: 'cross-modal', image: { size: 'tiny', steps, batchSize: 4, variants: 1 }, projection: 8 })
}

describe('a training in a process of its own', () => {
  it('tells how it goes, and leaves a model that can be loaded', async () => {
    const { id } = queue.start(configOf({ epochs: 3, augment: true }))
    await queue.idle()
    const run = store.runs.get(id)
    expect(run).toMatchObject({
      state: 'finished',
      epoch: 3,
      trainRecordings: 9,
      heldOutRecordings: 3,
      virtual: false,
      problem: null,
    })
    expect(run.scores.map(({ epoch }) => epoch)).toEqual([0, 1, 2])
    expect([...new Set(changes.map(({ state }) => state))]).toEqual(['preparing', 'running', 'finished'])
    const model = store.models.get(run.modelId!)
    expect(model).toMatchObject({
      name: 'small',
      alphabet: 'ab',
      rateHz: 100,
      runId: id,
      trainedOn: { recordings: 9, writers: 3, virtual: false },
    })
    expect(loadModel(store.models.paths(model.id)[1]!).card.backend).toBe(run.backend!.split(',')[0])
  })

  it('is stopped before a writer whom it learns from is deleted, and begins anew without them', async () => {
    const handlers = writerDataHandlers({ store, events, trainings: queue })
    for (const { id } of store.sessions.list()) store.sessions.end(id)
    const [gone, stays] = store.writers.list()
    const { id } = queue.start(configOf({ name: 'of all', epochs: 10_000 }))
    const other = queue.start(configOf({ name: 'of another', epochs: 1, filter: { writerId: stays!.id } }))
    await change(id, ({ epoch }) => epoch > 1)
    expect(await handlers['writers.learning']({ id: gone!.id })).toEqual([{ id, name: 'of all' }])
    const report = await handlers['writers.delete']({ id: gone!.id })
    expect(report).toMatchObject({ recordings: 4, stopped: [{ id, name: 'of all' }], models: [] })
    expect(inEnglish(store.runs.get(id))).toMatchObject({
      state: 'cancelled',
      problem: { message: 'A writer whom it learned from was deleted.' },
    })
    expect(existsSync(queue.folder(id))).toBe(false)
    await queue.idle()
    expect(store.runs.get(other.id)).toMatchObject({ state: 'finished', trainRecordings: 3, heldOutRecordings: 1 })
    queue.resume(id)
    expect(await change(id, ({ epoch }) => epoch > 0)).toMatchObject({
      state: 'running',
      trainRecordings: 6,
      heldOutRecordings: 2,
    })
    queue.cancel(id)
    await queue.idle()
  })

  it('goes on while a writer is deleted whom it does not learn from; one that waits does without them', async () => {
    const handlers = writerDataHandlers({ store, events, trainings: queue })
    for (const { id } of store.sessions.list()) store.sessions.end(id)
    const [gone, stays] = store.writers.list()
    const { id } = queue.start(configOf({ epochs: 3, filter: { writerId: stays!.id } }))
    const waiting = queue.start(configOf({ epochs: 1 }))
    expect(await handlers['writers.learning']({ id: gone!.id })).toEqual([])
    expect(await handlers['writers.delete']({ id: gone!.id })).toMatchObject({ runs: [] })
    await queue.idle()
    expect(store.runs.get(id)).toMatchObject({ state: 'finished', problem: null })
    expect(store.runs.get(waiting.id)).toMatchObject({ state: 'finished', trainRecordings: 6, heldOutRecordings: 2 })
  })

  it('is deleted with its checkpoints, but not while it runs; when it has finished it can be neither resumed nor cancelled', async () => {
    const { id } = queue.start(configOf({ epochs: 1 }))
    expect(() => queue.delete(id)).toThrow(expect.objectContaining({ code: 'conflict' }))
    await queue.idle()
    expect(() => queue.resume(id)).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(() => queue.cancel(id)).toThrow(expect.objectContaining({ code: 'conflict' }))
    queue.delete(id)
    expect(existsSync(join(store.files, 'runs', String(id)))).toBe(false)
    expect(store.models.list()).toHaveLength(1)
  })

  it('is deleted once it has finished, also where its process is still leaving; the next one begins all the same', async () => {
    const { id } = queue.start(configOf({ epochs: 1 }))
    const second = queue.start(configOf({ epochs: 1 }))
    await change(id, ({ state }) => state === 'finished')
    queue.delete(id)
    expect(queue.list().map((run) => run.id)).toEqual([second.id])
    await change(second.id, ({ state }) => state === 'finished')
  })

  it('tells how its image network learns alone before it, and how well that one reads', async () => {
    const { id } = queue.start(configOf({ epochs: 1, recipe: towardsPictures(6) }))
    const learned = await change(
      id,
      ({ imageTraining }) => imageTraining?.score !== undefined && imageTraining.score !== null,
    )
    expect(learned).toMatchObject({
      state: 'preparing',
      scores: [],
      imageTraining: { step: 6, steps: 6, every: 1, score: { pictures: 64 } },
    })
    expect(queue.list()[0]).toEqual(learned)
    const [first] = changes.flatMap(({ imageTraining }) => imageTraining ?? [])
    expect(first).toMatchObject({ step: 1, steps: 6, losses: learned.imageTraining!.losses.slice(0, 1), score: null })
    await queue.idle()
    const run = queue.list()[0]!
    expect(run).toMatchObject({
      state: 'finished',
      scores: [{ image: { ...learned.imageTraining!.score, losses: learned.imageTraining!.losses } }],
    })
    expect(run).not.toHaveProperty('imageTraining')
  })

  it('can be cancelled while its image network learns, and then begins anew', async () => {
    const { id } = queue.start(configOf({ epochs: 1, recipe: towardsPictures(100_000) }))
    await change(id, ({ imageTraining }) => imageTraining !== undefined)
    queue.cancel(id)
    await queue.idle()
    expect(queue.list()[0]).toMatchObject({ state: 'cancelled', problem: null, scores: [] })
    expect(queue.list()[0]).not.toHaveProperty('imageTraining')
    expect(changes.some(({ state }) => state === 'running')).toBe(false)

    queue.resume(id)
    expect((await change(id, ({ imageTraining }) => imageTraining !== undefined)).imageTraining).toMatchObject({
      step: 1,
      score: null,
    })
    queue.cancel(id)
    await queue.idle()
  })

  it('waits while another is under way', async () => {
    const [first, second] = [queue.start(configOf({ epochs: 2 })), queue.start(configOf({ epochs: 1 }))]
    expect([first.state, second.state]).toEqual(['preparing', 'queued'])
    await queue.idle()
    expect(children).toHaveLength(2)
    expect(store.runs.list().map(({ state }) => state)).toEqual(['finished', 'finished'])
    expect(store.runs.get(second.id).startedAt).toBeGreaterThanOrEqual(store.runs.get(first.id).endedAt!)
  })

  it('can be cancelled while it runs and while it waits, and resumed', async () => {
    const [first, second] = [queue.start(configOf({ epochs: 500 })), queue.start(configOf({}))]
    expect(queue.cancel(second.id).state).toBe('cancelled')
    await change(first.id, ({ scores }) => scores.length >= 1)
    queue.cancel(first.id)
    await queue.idle()
    const { state, scores, modelId } = store.runs.get(first.id)
    expect([state, modelId]).toEqual(['cancelled', null])

    queue.resume(first.id)
    const running = await change(first.id, (run) => run.state === 'running')
    expect(running.epoch).toBe(scores.length)
    expect(running.scores).toEqual(scores)
    queue.cancel(first.id)
    await queue.idle()
  })

  it('that is killed costs nothing but itself, and goes on from its last checkpoint', async () => {
    const { id } = queue.start(configOf({ epochs: 4 }))
    await change(id, ({ scores }) => scores.length === 2)
    process.kill(children[0]!.pid!, 'SIGKILL')
    await queue.idle()
    expect(store.runs.get(id)).toMatchObject({
      state: 'failed',
      problem: {
        message: expect.stringContaining('SIGKILL') as string,
        hint: expect.stringContaining('Resume') as string,
      },
    })

    queue.resume(id)
    // Training anew would end with the same weights, so where it goes on from is looked at.
    const { epoch } = await change(id, ({ state }) => state === 'running')
    expect(epoch).toBeGreaterThanOrEqual(2)
    await queue.idle()
    const run = store.runs.get(id)
    expect(run).toMatchObject({ state: 'finished', problem: null })
    expect(run.scores.map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3])

    const straight = await train({
      config: configOf({ epochs: 4 }),
      source: store.recordings,
      folder: folderFor('straight'),
      openEngine: openTestEngine,
      codeVersion: 'test',
    })
    expect({ ...loadModel(store.models.paths(run.modelId!)[1]!).weights }).toEqual(straight.weights)
  })

  it('that the app left behind is found interrupted at the next start', async () => {
    const { id } = queue.start(configOf({ epochs: 500 }))
    await change(id, ({ scores }) => scores.length >= 1)
    await queue.close()
    expect(store.runs.get(id).state).toBe('interrupted')
    store.runs.update(id, { state: 'running', endedAt: null })
    store.close()
    store = openStore(store.path)
    start()
    expect(store.runs.get(id)).toMatchObject({ state: 'interrupted' })
  })

  it('fails with a reason and a way out when its checkpoint is damaged', async () => {
    const { id } = queue.start(configOf({ epochs: 500 }))
    await change(id, ({ scores }) => scores.length >= 1)
    queue.cancel(id)
    await queue.idle()
    const folder = join(store.files, 'runs', String(id))
    truncateSync(
      join(
        folder,
        readdirSync(folder).find((name) => name.endsWith('.safetensors'))!,
      ),
      1000,
    )
    queue.resume(id)
    await queue.idle()
    expect(store.runs.get(id)).toMatchObject({
      state: 'failed',
      problem: { message: expect.stringContaining('is damaged') as string },
    })
  })
})

describe('the requests of the entry points', () => {
  it('preview a training without starting it, and refuse what cannot be trained', async () => {
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
    expect(handlers['train.preview'](configOf({}))).toEqual({
      trainRecordings: 9,
      heldOutRecordings: 3,
      writers: 3,
      alphabet: 'ab',
      channels: ['acc1_x', 'acc1_y', 'acc1_z', 'force'],
      rateHz: 100,
      pose: 'roll-normalised',
      virtual: false,
      leftOut: [],
      layers: {
        pen: [
          { name: 'cnn0', size: 16 },
          { name: 'cnn1', size: 16 },
          { name: 'lstm', size: 32 },
          { name: 'dense', size: 16 },
        ],
        image: [],
      },
      pictures: null,
      against: null,
    })
    expect(handlers['train.preview'](configOf({ task: 'classes' }))).toMatchObject({
      classes: ['aab', 'ab', 'ba', 'bba'],
    })
    await expect(handlers['train.start'](configOf({ filter: { label: 'zzz' } }))).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(handlers['train.start'](configOf({ startFrom: 99 }))).rejects.toMatchObject({ code: 'not-found' })
    expect(store.runs.list()).toEqual([])
  })
})
