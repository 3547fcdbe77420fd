import { existsSync } from 'node:fs'
import { startOf } from '../../ml/adapt/recipes.ts'
import { tune } from '../../ml/adapt/tune.ts'
import { prepareCompanion, type Companion } from '../../ml/cross/companion.ts'
import type { Example } from '../../ml/data/types.ts'
import type { Engine } from '../../ml/engine/types.ts'
import { evaluation, readExamples } from '../../ml/evaluate/evaluate.ts'
import { renderedImages } from '../../words/images.ts'
import type { Experiment, Outcome, Room } from '../experiment.ts'
import { cells, UNADAPTED, type AdaptationConfig } from './conditions.ts'
import { goals } from './goals.ts'
import { letterSubjects } from './letters.ts'
import type { Subject } from './subject.ts'
import { baseCards, fingerprints, virtualSubjects } from './virtual.ts'

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
  cells: (scale, room?: Room) => cells(scale, fingerprints(baseCards(room?.base))),
  async open(room, { quick }) {
    const cards = baseCards(room.base)
    if (!existsSync(cards['cross-modal'])) room.progress(`There is no cross-modal base model in ${cards['cross-modal']}: plain and cross-modal are compared by the loss of the adaptation alone.`)
    const virtual = { plain: lazily(() => virtualSubjects(cards.plain)), 'cross-modal': lazily(() => virtualSubjects(cards['cross-modal'])) }
    const letters = lazily(() => letterSubjects(room, quick))
    const known = new Map<readonly Example[], Promise<number>>()
    return async (cell) => {
      const config = cell.config as AdaptationConfig
      const subject = config.set === 'virtual' ? virtual[config.base]()(config.writer) : await (await letters())(config.writer)
      const { model, others } = subject
      const before = known.get(others) ?? withUnadapted(model, room, async (engine) => (await rates(engine, others, model.face)).cer)
      known.set(others, before)
      return measured(config, subject, room, await before)
    }
  },
  goals,
}

/** Adapts to one writer, and measures on the words kept back and on others; `othersBefore` is the CER of these before. */
async function measured(config: AdaptationConfig, { model, leftHanded, pool, test, replay, others }: Subject, room: Room, othersBefore: number): Promise<Outcome> {
  const begun = performance.now()
  const { face } = model
  const own = pool.slice(0, config.set === 'virtual' ? config.words : pool.length)
  const start = startOf(config.recipe ?? 'all', model)
  const rehearsed = config.replay ? replay : []
  const companion = await companionFor(config, [...own, ...rehearsed], { model, room })
  const program = companion?.program ?? { name: 'recogniser', config: { model: start.network } }
  const { engine } = await room.openEngine(program, { weights: { ...companion?.weights, ...start.weights }, state: start.state })
  try {
    const loss = config.recipe === null ? [] : await tune(engine, config.tuning, { face, own, replay: rehearsed, rehearsal: config.rehearsal, frozen: start.frozen, companion }, room.signal ? { signal: room.signal } : {})
    const adapted = performance.now()
    const { cer, wer } = await rates(engine, test, face)
    const forgotten = await rates(engine, others, face)
    return {
      measures: { cer, wer, others: forgotten.cer, othersChange: forgotten.cer - othersBefore, leftHanded: Number(leftHanded), loss: loss.at(-1) ?? NaN },
      curve: [],
      seconds: (adapted - begun) / 1000,
      backend: engine.backend,
    }
  } finally {
    await engine.dispose()
  }
}

async function rates(engine: Engine, examples: readonly Example[], face: Subject['model']['face']): Promise<{ cer: number; wer: number }> {
  const { readings } = await readExamples(engine, face, examples, { batchSize: BATCH_SIZE })
  return evaluation(readings, () => [])
}

async function withUnadapted<T>({ network, weights, state }: Subject['model'], room: Room, work: (engine: Engine) => Promise<T>): Promise<T> {
  const { engine } = await room.openEngine({ name: 'recogniser', config: { model: network } }, { weights, state })
  try {
    return await work(engine)
  } finally {
    await engine.dispose()
  }
}

async function companionFor({ loss, tuning, set }: AdaptationConfig, learned: readonly Example[], { model, room }: { model: Subject['model']; room: Room }): Promise<Companion | null> {
  if (loss.kind === 'plain') return null
  return prepareCompanion(loss, {
    pen: model.network,
    face: model.face,
    labels: learned.map(({ label }) => label.normalize('NFC')),
    source: renderedImages(set === 'air-letters' ? { width: 32 } : {}),
    openEngine: room.openEngine,
    seed: tuning.seed,
  })
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

