import { foldsOf } from '../../ml/adapt/folds.ts'
import { startOf, type Start } from '../../ml/adapt/recipes.ts'
import { blended, chooseStrengths, edits, STRENGTHS } from '../../ml/adapt/strength.ts'
import { tune } from '../../ml/adapt/tune.ts'
import { prepareCompanion, type Companion, type ImageShelf } from '../../ml/cross/companion.ts'
import type { Example } from '../../ml/data/types.ts'
import type { Engine, Snapshot } from '../../ml/engine/types.ts'
import { evaluation, readExamples } from '../../ml/evaluate/evaluate.ts'
import { resource } from '../../paths.ts'
import { renderedImages } from '../../words/images.ts'
import type { Experiment, Outcome, Room } from '../experiment.ts'
import { cells, UNADAPTED, type AdaptationConfig } from './conditions.ts'
import { trainedOn } from './continued.ts'
import { goals } from './goals.ts'
import { letterSubjects } from './letters.ts'
import type { KnownModel, Subject } from './subject.ts'
import { baseModel, fingerprint, virtualSubjects } from './virtual.ts'

const BATCH_SIZE = 50

/** What some words of a writer are worth: to that writer, and to others. */
export const adaptation: Experiment = {
  name: 'adaptation',
  title: 'Adapting a model to one writer',
  data: 'virtual words by 20 virtual writers (5 left-handed), and real letters in the air by 25 people, all unseen by the adapted model',
  question: 'How much better does a model read a writer after some of that writer’s words, which weights should change, is a cross-modal loss of use, and what does it cost others?',
  measure: { name: 'cer', label: 'CER', lowerIsBetter: true },
  also: [
    { name: 'wer', label: 'WER' },
    { name: 'others', label: 'CER of others' },
    { name: 'othersChange', label: 'change of the CER of others' },
  ],
  baseline: UNADAPTED,
  cells: (scale, room) => cells(scale, fingerprint(cardPath(room))),
  async open(room, { quick }) {
    const shipped = lazily(() => baseModel(cardPath(room)))
    const virtual = {
      shipped: lazily(() => Promise.resolve(virtualSubjects(shipped()))),
      plain: lazily(async () => virtualSubjects(await trainedOn(shipped(), 'plain', room))),
      'cross-modal': lazily(async () => virtualSubjects(await trainedOn(shipped(), 'cross-modal', room))),
    }
    const letters = lazily(() => letterSubjects(room, quick))
    const known = new Map<readonly Example[], Promise<number>>()
    const shelves: Record<AdaptationConfig['set'], ImageShelf> = { virtual: new Map(), 'air-letters': new Map() }
    return async (cell) => {
      const config = cell.config as AdaptationConfig
      const subjects = await (config.set === 'virtual' ? virtual[config.base]() : letters())
      const subject = await subjects(config.writer)
      const { model, others } = subject
      const before = known.get(others) ?? withUnadapted(model, room, async (engine) => (await rates(engine, others, model.face)).cer)
      known.set(others, before)
      return measured(config, subject, room, await before, shelves[config.set])
    }
  },
  goals,
  limits: 'Virtual writers are not people. "Trained on" models start from the one that ships and see the same virtual words as often, by their task alone or with a loss towards rendered word images.',
}

function cardPath({ base }: Room): string {
  return base ?? resource('models', 'base.json')
}

/** Adapts to one writer, and measures on the words kept back and on others; `othersBefore` is the CER of these before. */
async function measured(config: AdaptationConfig, { model, leftHanded, pool, test, replay, others }: Subject, room: Room, othersBefore: number, shelf: ImageShelf): Promise<Outcome> {
  const begun = performance.now()
  const { face } = model
  const own = pool.slice(0, config.set === 'virtual' ? config.words : pool.length)
  const start = startOf(config.recipe ?? 'all', model)
  const rehearsed = config.replay ? replay(own) : []
  // All words that may be adapted with, and not this writer's alone: so one image network serves all writers.
  const companion = await companionFor(config, [...pool, ...rehearsed], { model, room, shelf })
  const program = companion?.program ?? { name: 'recogniser', config: { model: start.network } }
  const { engine } = await room.openEngine(program, { weights: { ...companion?.weights, ...start.weights }, state: start.state })
  try {
    const strength = config.recipe === null ? 0 : await adapted(engine, config, { own, start, replay: config.replay ? replay : () => [], companion, face }, room)
    const done = performance.now()
    const { cer, wer } = await rates(engine, test, face)
    const forgotten = await rates(engine, others, face)
    return {
      measures: { cer, wer, others: forgotten.cer, othersChange: forgotten.cer - othersBefore, leftHanded: Number(leftHanded), strength },
      curve: [],
      seconds: (done - begun) / 1000,
      backend: engine.backend,
    }
  } finally {
    await engine.dispose()
  }
}

interface Adapting {
  own: readonly Example[]
  start: Start
  replay: Subject['replay']
  companion: Companion | null
  face: KnownModel['face']
}

/** Leaves the engine with the weights of a version, as an adaptation in the app makes it; returns its strength. */
async function adapted(engine: Engine, { tuning, rehearsal }: AdaptationConfig, { own, start, replay, companion, face }: Adapting, room: Room): Promise<number> {
  const begin = await engine.snapshot()
  const tuned = async (words: readonly Example[]): Promise<Snapshot> => {
    await engine.restore(begin)
    await tune(engine, tuning, { face, own: words, replay: replay(words), rehearsal, frozen: start.frozen, companion }, room.signal ? { signal: room.signal } : {})
    return engine.snapshot()
  }
  const take = (snapshot: Snapshot, strength: number): Promise<void> =>
    engine.restore({ ...snapshot, weights: blended(begin.weights, snapshot.weights, strength), state: blended(begin.state, snapshot.state, strength) })
  const folds: number[][] = []
  for (const fold of foldsOf(own, face.task, tuning.seed)) {
    const snapshot = await tuned(own.filter((example) => !fold.includes(example)))
    const wrong: number[] = []
    for (const strength of STRENGTHS) {
      await take(snapshot, strength)
      const { readings } = await readExamples(engine, face, fold, { batchSize: BATCH_SIZE })
      wrong.push(edits(readings.map(({ reference, hypothesis }) => ({ label: reference, read: hypothesis }))))
    }
    folds.push(wrong)
  }
  const strength = STRENGTHS[chooseStrengths(folds).version]!
  await take(await tuned(own), strength)
  return strength
}

async function rates(engine: Engine, examples: readonly Example[], face: KnownModel['face']): Promise<{ cer: number; wer: number }> {
  const { readings } = await readExamples(engine, face, examples, { batchSize: BATCH_SIZE })
  return evaluation(readings, () => [])
}

async function withUnadapted<T>({ network, weights, state }: KnownModel, room: Room, work: (engine: Engine) => Promise<T>): Promise<T> {
  const { engine } = await room.openEngine({ name: 'recogniser', config: { model: network } }, { weights, state })
  try {
    return await work(engine)
  } finally {
    await engine.dispose()
  }
}

async function companionFor({ loss, tuning, set }: AdaptationConfig, learned: readonly Example[], { model, room, shelf }: { model: KnownModel; room: Room; shelf: ImageShelf }): Promise<Companion | null> {
  if (loss.kind === 'plain') return null
  return prepareCompanion(loss, {
    pen: model.network,
    face: model.face,
    labels: learned.map(({ label }) => label.normalize('NFC')),
    source: renderedImages(set === 'air-letters' ? { width: 32 } : {}),
    openEngine: room.openEngine,
    seed: tuning.seed,
    shelf,
  })
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

