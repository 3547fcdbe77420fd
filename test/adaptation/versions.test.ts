import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Adapting } from '../../src/main/adaptation/index.ts'
import { planOrder } from '../../src/main/adaptation/order.ts'
import { Events } from '../../src/main/process/events.ts'
import { adapt, type Adapted } from '../../src/main/training/fine-tuning/adapt.ts'
import type { ModelCard } from '../../src/main/ml/checkpoint/card.ts'
import { loadModel, modelOf, saveModel } from '../../src/main/ml/checkpoint/model.ts'
import { openEngineForModel } from '../../src/main/ml/programs/open-engine.ts'
import { forkChild, type ChildProcess } from '../../src/main/process/fork.ts'
import { TrainingQueue } from '../../src/main/training/queue/queue.ts'
import { openStore } from '../../src/main/store/index.ts'
import { writerDataHandlers } from '../../src/main/writers/handlers.ts'
import type { Adaptation, AdaptationOrder } from '../../src/shared/api/adaptation.ts'
import { openTestEngine } from '../ml/open-engine.ts'
import { folderFor, signalOf } from '../training/small-store.ts'
import {
  addGeneralModel,
  FIRST,
  generalModel,
  modelIn,
  TURNED,
  turned,
  WORDS,
  writersStore,
  type Words,
} from './writers.ts'
import { inEnglish } from '../../src/shared/messages/index.ts'

await generalModel()

let words: Words
let modelId: number
let writerId: number
let events: Events
let queue: TrainingQueue
let adapting: Adapting
let changes: Adaptation[]
let children: ChildProcess[]

function begin(): void {
  events = new Events()
  changes = []
  children = []
  events.on('adapt.changed', (adaptation) => changes.push(adaptation))
  const fork = (entry: URL): ChildProcess => {
    const child = forkChild(entry)
    children.push(child)
    return child
  }
  queue = new TrainingQueue({ store: words.store, events, fork, codeVersion: 'test' })
  adapting = new Adapting({ store: words.store, events, queue, openEngine: openEngineForModel, fits: () => [] })
}

async function open(own?: string[]): Promise<void> {
  words = writersStore(own)
  modelId = await addGeneralModel(words)
  writerId = words.store.writers.find(TURNED)!.id
  begin()
}

beforeEach(() => open())
afterEach(async () => {
  await queue.close()
  adapting.close()
  words.store.close()
})

const order = (change: Partial<AdaptationOrder> = {}): AdaptationOrder => ({
  writerId,
  modelId: null,
  recipe: 'adapter',
  loss: { kind: 'plain' },
  leaveOut: [],
  seed: 1,
  ...change,
})

/** Resolves with the first change that is wanted. */
function change(wanted: (adaptation: Adaptation) => boolean): Promise<Adaptation> {
  return new Promise((resolve) => {
    const stop = events.on('adapt.changed', (adaptation) => {
      if (!wanted(adaptation)) return
      stop()
      resolve(adaptation)
    })
  })
}

/** Made once, in this process: what a finished run hands over. */
let made: Promise<Adapted> | undefined

/**
 * A finished version in the store, as if its run had just ended. It saw the words so many times: how well it reads
 * matters only where it is compared with a run of the app, which has all its epochs.
 */
async function candidate({ tag, epochs = 1 }: { tag?: string; epochs?: number | 'all' } = {}): Promise<Adaptation> {
  const { store } = words
  const { config } = planOrder(store.recordings, order({ modelId, tag }), store.writers.get(writerId), {
    id: modelId,
    model: modelIn(store, modelId),
  })
  const make = (): Promise<Adapted> =>
    adapt({
      config: { ...config, ...(epochs === 'all' ? {} : { epochs }), adapt: config.adapt! },
      base: modelIn(store, modelId),
      source: store.recordings,
      folder: folderFor('version'),
      openEngine: openTestEngine,
      codeVersion: 'test',
    })
  const { report, ...trained } = await (tag === undefined && epochs === 1 ? (made ??= make()) : make())
  const run = store.runs.create(config)
  mkdirSync(join(store.files, 'runs', String(run.id)), { recursive: true })
  const { id, version } = store.adaptations.create({ writerId, fromModelId: modelId, runId: run.id, config })
  const files = saveModel(store.files, `version-${version}`, trained).map((path) => basename(path))
  const model = store.models.create({
    ...modelOf(modelOfCard(trained), run.id),
    name: `general, turned, version ${version}`,
    files,
  })
  store.adaptations.settle(id, model.id, report)
  store.runs.update(run.id, { state: 'finished', modelId: model.id, trainRecordings: WORDS.length })
  return adapting.get(id)
}

function modelOfCard({ card }: Pick<Adapted, 'card'>): ModelCard {
  return { ...card, weights: { file: 'unused.safetensors', bytes: 0, sha256: '0'.repeat(64) } }
}

describe('adapting with the words of an enrolment', () => {
  it('learns from those with the tag alone', () => {
    const { store } = words
    const ids = [...store.recordings.each({ writerId })].map(({ id }) => id)
    const enrolled = ids.filter((_, at) => at % 2 === 0)
    enrolled.forEach((id, prompt) => store.promptedSessions.belongs(id, prompt, 'enrolment'))
    const [writer, base] = [store.writers.get(writerId), modelIn(store, modelId)]
    const { config, selection } = planOrder(store.recordings, order({ modelId, tag: 'enrolment' }), writer, {
      id: modelId,
      model: base,
    })
    expect(config.filter).toEqual({ writerId, tag: 'enrolment' })
    expect(selection!.train.map(({ id }) => id).sort((a, b) => a - b)).toEqual(enrolled)
  })

  it('leaves the others to compare with: what the enrolment gained on words that no version learned from', async () => {
    const { store } = words
    const ids = [...store.recordings.each({ writerId })].map(({ id }) => id)
    ids.slice(4).forEach((id, prompt) => store.promptedSessions.belongs(id, prompt, 'enrolment'))
    const made = await candidate({ tag: 'enrolment' })
    const { comparison, better, worse, same } = await adapting.compare({
      writerId,
      before: modelId,
      after: made.modelId!,
    })
    expect(comparison.words).toBe(4)
    expect(better.length + worse.length + same).toBe(4)
  })
})

describe('adapting without what it takes', () => {
  it('refuses a writer of two words, and says how to get more', async () => {
    await queue.close()
    words.store.close()
    await open(['ab', 'ba'])
    expect(() => adapting.start(order())).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        message: 'There are only 2 words of turned to adapt with; at least 5 are needed.',
        hint: 'Record an enrolment of 20 words, or correct some words while reading live.',
      }),
    )
    expect(inEnglish(adapting.preview(order()))).toMatchObject({
      words: 2,
      refused: { message: expect.stringContaining('at least 5') as string },
    })
    expect(words.store.runs.list()).toEqual([])
  })

  it('refuses a writer of nothing, one that is not there, and a store without a model', () => {
    const stranger = words.store.writers.create({ name: 'silent', handedness: 'right' })
    expect(() => adapting.start(order({ writerId: stranger.id }))).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringMatching(/no word of silent/) as string }),
    )
    expect(() => adapting.start(order({ writerId: 999 }))).toThrow(expect.objectContaining({ code: 'not-found' }))
    words.store.models.delete(modelId)
    expect(() => adapting.start(order())).toThrow(
      expect.objectContaining({ code: 'not-found', message: 'There is no model to adapt.' }),
    )
  })

  it('counts words that are left out by choice, and refuses where too few stay', () => {
    const leaveOut = words.ids[TURNED]!.slice(0, 9)
    expect(adapting.preview(order({ leaveOut }))).toMatchObject({
      words: 3,
      leftOut: [{ reason: 'left out by choice', recordings: 9 }],
    })
    expect(() => adapting.start(order({ leaveOut }))).toThrow(
      /at least 5 are needed \(left out: 9 left out by choice\)/,
    )
  })

  it('leaves virtual words of a real writer out, tells how many there are, and takes them where it is asked to', () => {
    const { store } = words
    const session = store.sessions.create({
      writerId,
      deviceName: 'virtual',
      origin: 'simulated',
      virtual: true,
      profile: {},
    })
    const [first] = words.ids[TURNED]!
    for (const label of ['aaa', 'bbb'])
      store.recordings.insert({ sessionId: session.id, label, signal: store.recordings.signal(first!) })
    expect(adapting.preview(order())).toMatchObject({
      words: 12,
      virtualWords: 2,
      ownWords: 12,
      coveredCount: 2,
      missingCount: 0,
    })
    expect(adapting.preview(order({ includeVirtual: true }))).toMatchObject({
      words: 14,
      virtualWords: 2,
      ownWords: 12,
    })
  })

  it('does not begin a second version while the first is being made', () => {
    adapting.start(order())
    expect(() => adapting.start(order())).toThrow(
      expect.objectContaining({ code: 'conflict', message: 'Version 1 of turned is still being made.' }),
    )
    expect(() => adapting.forget(writerId)).toThrow(
      expect.objectContaining({ code: 'conflict', hint: 'Cancel it, then delete the writer.' }),
    )
    children[0]!.kill()
  })
})

describe('a version of a writer', () => {
  it('reads the writer once it is kept, and nobody else', async () => {
    const made = await candidate()
    expect(made).toMatchObject({
      state: 'candidate',
      version: 1,
      active: false,
      progress: 1,
      words: WORDS.length,
      from: { modelId, name: 'general' },
      problem: null,
    })
    expect(adapting.modelFor(writerId)).toMatchObject({ why: 'newest', model: { id: modelId } })
    expect(adapting.keep(made.id)).toMatchObject({ state: 'kept', active: true })
    expect(inEnglish(adapting.modelFor(writerId))).toMatchObject({
      why: 'version',
      version: 1,
      reason: 'Version 1, adapted to turned.',
      model: { id: made.modelId },
    })
    expect(adapting.modelFor(words.store.writers.find(FIRST)!.id)).toMatchObject({
      why: 'newest',
      model: { id: modelId },
    })
    expect(() => adapting.keep(made.id)).toThrow(/no candidate: it is kept/)
  })

  it('can be thrown away, restored, exported and deleted; the general model comes next', async () => {
    const [first, second, third] = [await candidate(), await candidate(), await candidate()]
    adapting.keep(first.id)
    adapting.keep(second.id)
    const weights = words.store.models.paths(third.modelId!)[0]!
    expect(adapting.discard(third.id)).toMatchObject({
      state: 'discarded',
      modelId: null,
      report: { own: { words: WORDS.length } },
    })
    expect(existsSync(weights)).toBe(false)
    expect(() => adapting.restore(third.id)).toThrow(/it was not kept/)

    expect(adapting.restore(first.id)).toMatchObject({ active: true })
    expect(adapting.list(writerId).map(({ version, active }) => [version, active])).toEqual([
      [3, false],
      [2, false],
      [1, true],
    ])
    expect(adapting.deactivate(writerId)).toMatchObject({ why: 'newest' })
    adapting.restore(second.id)

    const folder = join(folderFor('export'), 'new')
    expect(adapting.export(second.id, folder).files).toEqual(['turned-version-2.safetensors', 'turned-version-2.json'])
    expect(loadModel(join(folder, 'turned-version-2.json')).weights).toEqual(
      loadModel(words.store.models.paths(second.modelId!)[1]!).weights,
    )
    expect(() => adapting.export(second.id, folder)).toThrow(expect.objectContaining({ code: 'conflict' }))

    adapting.delete(second.id)
    expect(adapting.modelFor(writerId).why).toBe('newest')
    expect(adapting.list(writerId).map(({ version }) => version)).toEqual([3, 1])
  })

  it('is compared with another model on words that neither learned from', async () => {
    const made = await candidate()
    const compared = { writerId, before: modelId, after: made.modelId! }
    await expect(adapting.compare(compared)).rejects.toMatchObject({
      code: 'not-found',
      hint: 'Record or correct some more words, then compare.',
    })
    const { id } = words.store.sessions.create({
      writerId,
      deviceName: 'test signal',
      origin: 'simulated',
      profile: {},
    })
    for (const [at, label] of ['bbab', 'abba'].entries())
      words.store.recordings.insert({ sessionId: id, label, signal: turned(signalOf(label, 5000 + at)) })
    const { comparison, better, worse, same } = await adapting.compare(compared)
    expect(comparison.words).toBe(2)
    expect(better.length + worse.length + same).toBe(2)
  })

  it('goes with the writer, with all that it knew of their words', async () => {
    const made = await candidate()
    const paths = words.store.models.paths(made.modelId!)
    const deleted = await writerDataHandlers({ store: words.store, events, versions: adapting })['writers.delete']({
      id: writerId,
    })
    expect(deleted).toMatchObject({ writer: TURNED, models: [] })
    expect([...paths, join(words.store.files, 'runs', String(made.runId))].filter((path) => existsSync(path))).toEqual(
      [],
    )
    expect([words.store.models.list().map(({ id }) => id), words.store.runs.list(), adapting.list()]).toEqual([
      [modelId],
      [],
      [],
    ])
  })
})

describe('an adaptation in a process of its own', () => {
  it('tells how it goes, goes on after the parts that were whole when it was cancelled, and ends as the same candidate', async () => {
    const started = adapting.start(order())
    await change(({ progress }) => progress > 0.25)
    adapting.cancel(started.id)
    await queue.idle()
    expect(adapting.get(started.id)).toMatchObject({ state: 'cancelled', modelId: null, report: null })
    const file = join(words.store.files, 'runs', String(started.runId), 'adaptation.json')
    const done = JSON.parse(readFileSync(file, 'utf8')) as { folds: unknown[] }
    expect(done.folds.length).toBeGreaterThan(0)

    changes = []
    adapting.resume(started.id)
    await queue.idle()
    const finished = adapting.get(started.id)
    expect(finished).toMatchObject({ state: 'candidate', progress: 1, problem: null })
    expect([...new Set(changes.map(({ state }) => state))]).toEqual(['preparing', 'running', 'candidate'])
    expect(words.store.models.get(finished.modelId!).name).toBe('general, turned, version 1')
    expect(existsSync(file)).toBe(false)
    const { seconds: _, ...uninterrupted } = (await candidate({ epochs: 'all' })).report!
    expect(finished.report).toMatchObject(uninterrupted)
    expect(finished.report!.weights.trained).toBeLessThan(finished.report!.weights.all / 4)
  })

  it('is told as failed when its process dies, as interrupted when the program ends, and can be resumed', async () => {
    const { id } = adapting.start(order())
    await change(({ state }) => state === 'running')
    children[0]!.kill()
    await queue.idle()
    expect(adapting.get(id)).toMatchObject({
      state: 'failed',
      problem: { message: expect.stringContaining('ended') as string },
    })
    expect(adapting.resume(id).state).toBe('preparing')
    const { path } = words.store
    await queue.close()
    adapting.close()
    words.store.close()
    words.store = openStore(path)
    begin()
    expect(adapting.get(id)).toMatchObject({ state: 'interrupted', version: 1 })
    expect(adapting.resume(id).state).toBe('preparing')
  })
})
