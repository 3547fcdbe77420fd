import { joined, type Weights } from '../../training/fine-tuning/blend.ts'
import { foldsOf } from '../../training/fine-tuning/folds.ts'
import { startOf, type Start } from '../../training/fine-tuning/recipes.ts'
import { practise, rehearsedWith } from '../../training/fine-tuning/practise.ts'
import { tune } from '../../training/fine-tuning/tune.ts'
import { makePart, versionOf, type Workshop } from '../../training/fine-tuning/version.ts'
import { penWeights, prepareCompanion, type Companion, type ImageShelf } from '../../training/auxiliary/companion.ts'
import type { Example } from '../../ml/data/types.ts'
import type { Engine, Snapshot } from '../../compute/engine/types.ts'
import { evaluation, readExamples } from '../../training/evaluation/evaluate.ts'
import { lexiconScores, promptsAlone } from '../../training/evaluation/lexicon-scores.ts'
import { twinTexts } from '../../training/fine-tuning/synthetic-writers.ts'
import { renderedImages } from '../../words/images.ts'
import type { Experiment, Outcome, Room } from '../experiment.ts'
import { cells, UNADAPTED, type AdaptationConfig } from './conditions.ts'
import { trainedOn } from './continued.ts'
import { goals } from './goals.ts'
import { letterSubjects } from './letters.ts'
import type { KnownModel, Subject } from './subject.ts'
import { baseModel, cardPath, fingerprint, virtualSubjects } from './virtual.ts'

const BATCH_SIZE = 50

/** What some words of a writer are worth: to that writer, and to others. */
export const adaptation: Experiment = {
  name: 'adaptation',
  title: 'Adapting a model to one writer',
  data: 'virtual words by 20 virtual writers (5 left-handed), and real letters in the air by 25 people, all unseen by the adapted model',
  question:
    'How much better does a model read a writer after some of that writer’s words, which weights should change, is a cross-modal loss of use, and what does it cost others?',
  measure: { name: 'cer', label: 'CER', lowerIsBetter: true },
  also: [
    { name: 'wer', label: 'WER' },
    { name: 'cerLexicon', label: 'CER in the lexicon' },
    { name: 'werLexicon', label: 'WER in the lexicon' },
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
      const before =
        known.get(others) ?? withUnadapted(model, room, async (engine) => (await rates(engine, others, model.face)).cer)
      known.set(others, before)
      return measured(config, subject, room, await before, shelves[config.set])
    }
  },
  goals,
  limits:
    'Virtual writers are not people. "Trained on" models start from the one that ships and were trained further on the same virtual words, with the task loss only or with an additional loss towards rendered word images. "Twins" are synthetic writers of the estimated style, "replay" is the rehearsal buffer.',
}

/** Adapts to one writer, and measures on the words kept back and on others; `othersBefore` is the CER of these before. */
async function measured(
  config: AdaptationConfig,
  subject: Subject,
  room: Room,
  othersBefore: number,
  shelf: ImageShelf,
): Promise<Outcome> {
  const begun = performance.now()
  const { face } = subject.model
  const start = startOf(config.recipe ?? 'all', subject.model)
  const { engine: reader } = await room.openEngine({ name: 'recogniser', config: { model: start.network } }, start)
  try {
    const reading = readingWith(reader, await reader.snapshot())
    const version = config.recipe === null ? start : await versionFor(config, subject, { room, shelf, start, reading })
    const done = performance.now()
    await reading(version)
    const { cer, wer } = await rates(reader, subject.test, face)
    const searched = await lexiconScores(reader, face, subject.test, promptsAlone)
    const forgotten = await rates(reader, subject.others, face)
    return {
      measures: {
        cer,
        wer,
        ...(searched ? { cerLexicon: searched.cer, werLexicon: searched.wer } : {}),
        others: forgotten.cer,
        othersChange: forgotten.cer - othersBefore,
        leftHanded: Number(subject.leftHanded),
      },
      curve: [],
      seconds: (done - begun) / 1000,
      backend: reader.backend,
    }
  } finally {
    await reader.dispose()
  }
}

interface Making {
  room: Room
  shelf: ImageShelf
  start: Start
  /** The engine that reads, with some weights. */
  reading(weights: Weights): Promise<Engine>
}

/** A version of the model for the subject, made as an adaptation in the app makes it. */
async function versionFor(
  config: AdaptationConfig,
  { model, pool, replay }: Subject,
  { room, shelf, start, reading }: Making,
): Promise<Weights> {
  const { tuning, rehearsal } = config
  const { face } = model
  const own = pool.slice(0, config.set === 'virtual' ? config.words : pool.length)
  const rehearsed = config.replay ? replay : []
  const { hands } = model
  // All words that may be adapted with, and not this writer's alone: so one image network serves all writers.
  const companion = await companionFor(
    config,
    [...[...pool, ...rehearsed].map(({ label }) => label), ...twinTexts(config.twins ?? 0)],
    { model, room, shelf },
  )
  const { engine } = await room.openEngine(
    companion?.program ?? { name: 'recogniser', config: { model: start.network } },
    { weights: { ...companion?.weights, ...start.weights }, state: start.state },
  )
  try {
    const begin = await engine.snapshot()
    const stop = room.signal ? { signal: room.signal } : {}
    const workshop: Workshop = {
      start,
      practise:
        hands && config.twins
          ? async (words, seed) => {
              const practising = await reading(start)
              const twins = await practise(
                practising,
                words,
                { ...tuning, seed },
                { face, reader: hands, replay: rehearsed, frozen: start.frozen },
                stop,
              )
              return { weights: await practising.snapshot(), twins }
            }
          : null,
      tune: async ({ weights, twins }, words, seed) => {
        await engine.restore({ ...begin, weights: { ...begin.weights, ...weights.weights }, state: weights.state })
        await tune(
          engine,
          { ...tuning, seed },
          { face, own: words, replay: rehearsedWith(twins, rehearsed), rehearsal, frozen: start.frozen, companion },
          stop,
        )
        const tuned = await engine.snapshot()
        return { weights: penWeights(tuned.weights), state: tuned.state }
      },
      read: async (weights, words) => {
        const { readings } = await readExamples(await reading(weights), face, words, { batchSize: BATCH_SIZE })
        return readings.map(({ example, hypothesis }) => [example.id, hypothesis])
      },
    }
    let mean: Weights | null = null
    for (const [at, fold] of foldsOf(own, face.task, tuning.seed).entries()) {
      const { weights } = await makePart(workshop, own, fold, { at, seed: tuning.seed, words: 'few' })
      mean = joined(mean, at, weights)
    }
    return versionOf(start, mean!)
  } finally {
    await engine.dispose()
  }
}

function readingWith(engine: Engine, begin: Snapshot): Making['reading'] {
  return async ({ weights, state }) => {
    await engine.restore({ ...begin, weights, state })
    return engine
  }
}

async function rates(
  engine: Engine,
  examples: readonly Example[],
  face: KnownModel['face'],
): Promise<{ cer: number; wer: number }> {
  const { readings } = await readExamples(engine, face, examples, { batchSize: BATCH_SIZE })
  return evaluation(readings, () => [])
}

async function withUnadapted<T>(
  { network, weights, state }: KnownModel,
  room: Room,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const { engine } = await room.openEngine({ name: 'recogniser', config: { model: network } }, { weights, state })
  try {
    return await work(engine)
  } finally {
    await engine.dispose()
  }
}

async function companionFor(
  { loss, tuning, set }: AdaptationConfig,
  labels: readonly string[],
  { model, room, shelf }: { model: KnownModel; room: Room; shelf: ImageShelf },
): Promise<Companion | null> {
  if (loss.kind === 'plain') return null
  return prepareCompanion(loss, {
    pen: model.network,
    face: model.face,
    labels: labels.map((label) => label.normalize('NFC')),
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
