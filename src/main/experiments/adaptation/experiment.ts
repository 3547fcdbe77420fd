import { joined, type Weights } from '../../training/fine-tuning/blend.ts'
import { foldsOf } from '../../training/fine-tuning/folds.ts'
import { startOf, type Start } from '../../training/fine-tuning/recipes.ts'
import { practise, mixedRehearsalBuffer } from '../../training/fine-tuning/pre-train.ts'
import { tune } from '../../training/fine-tuning/tune.ts'
import { makePart, versionOf, type Workshop } from '../../training/fine-tuning/version.ts'
import {
  penWeights,
  prepareAuxiliary,
  type AuxiliaryNetwork,
  type ImageNetworkCache,
} from '../../training/auxiliary/network.ts'
import type { Example } from '../../ml/data/types.ts'
import type { Engine, Snapshot } from '../../compute/engine/types.ts'
import { evaluation, readExamples } from '../../training/evaluation/evaluate.ts'
import { lexiconScores, promptsAlone } from '../../training/evaluation/lexicon-scores.ts'
import { syntheticTexts } from '../../training/fine-tuning/synthetic-writers.ts'
import { renderedImages } from '../../words/images.ts'
import type { Experiment, Outcome, ExperimentContext } from '../experiment.ts'
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
  data:
    'virtual words by 20 virtual writers (5 left-handed), and real letters in the air by 25 people, all unseen by ' +
    'the adapted model',
  question:
    'How much better does a model read a writer after some of that writer’s words, which weights should change, ' +
    'is a cross-modal loss of use, and what does it cost others?',
  measure: { name: 'cer', label: 'CER', lowerIsBetter: true },
  also: [
    { name: 'wer', label: 'WER' },
    { name: 'cerLexicon', label: 'CER in the lexicon' },
    { name: 'werLexicon', label: 'WER in the lexicon' },
    { name: 'others', label: 'CER of others' },
    { name: 'othersChange', label: 'change of the CER of others' },
  ],
  baseline: UNADAPTED,
  cells: (scale, context) => cells(scale, fingerprint(cardPath(context))),
  async open(context, { quick }) {
    const shipped = lazily(() => baseModel(cardPath(context)))
    const virtual = {
      shipped: lazily(() => Promise.resolve(virtualSubjects(shipped()))),
      plain: lazily(async () => virtualSubjects(await trainedOn(shipped(), 'plain', context))),
      'cross-modal': lazily(async () => virtualSubjects(await trainedOn(shipped(), 'cross-modal', context))),
    }
    const letters = lazily(() => letterSubjects(context, quick))
    const known = new Map<readonly Example[], Promise<number>>()
    const imageCaches: Record<AdaptationConfig['set'], ImageNetworkCache> = {
      virtual: new Map(),
      'air-letters': new Map(),
    }
    return async (cell) => {
      const config = cell.config as AdaptationConfig
      const subjects = await (config.set === 'virtual' ? virtual[config.base]() : letters())
      const subject = await subjects(config.writer)
      const { model, others } = subject
      const before =
        known.get(others) ??
        withUnadapted(model, context, async (engine) => (await rates(engine, others, model.signature)).cer)
      known.set(others, before)
      return measured(config, subject, context, await before, imageCaches[config.set])
    }
  },
  goals,
  limits:
    'Virtual writers are not people. "Trained on" models start from the one that ships and were trained further ' +
    'on the same virtual words, with the task loss only or with an additional loss towards rendered word ' +
    'images. "Twins" are synthetic writers of the estimated style, "replay" is the rehearsal buffer.',
}

/**
 * Adapts to one writer, and measures on the words kept back and on others; `othersBefore` is the CER of these before.
 */
async function measured(
  config: AdaptationConfig,
  subject: Subject,
  context: ExperimentContext,
  othersBefore: number,
  imageCache: ImageNetworkCache,
): Promise<Outcome> {
  const begun = performance.now()
  const { signature } = subject.model
  const start = startOf(config.recipe ?? 'all', subject.model)
  const { engine: reader } = await context.openEngine({ name: 'recogniser', config: { model: start.network } }, start)
  try {
    const reading = readingWith(reader, await reader.snapshot())
    const version =
      config.recipe === null ? start : await versionFor(config, subject, { context, imageCache, start, reading })
    const done = performance.now()
    await reading(version)
    const { cer, wer } = await rates(reader, subject.test, signature)
    const searched = await lexiconScores(reader, signature, subject.test, promptsAlone)
    const forgotten = await rates(reader, subject.others, signature)
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
  context: ExperimentContext
  imageCache: ImageNetworkCache
  start: Start
  /** The engine that reads, with some weights. */
  reading(weights: Weights): Promise<Engine>
}

/** A version of the model for the subject, made as an adaptation in the app makes it. */
async function versionFor(
  config: AdaptationConfig,
  { model, pool, rehearsalBuffer }: Subject,
  { context, imageCache, start, reading }: Making,
): Promise<Weights> {
  const { tuning, rehearsal } = config
  const { signature } = model
  const own = pool.slice(0, config.set === 'virtual' ? config.words : pool.length)
  const rehearsed = config.rehearsalBuffer ? rehearsalBuffer : []
  const { styleEstimator } = model
  // All words that may be adapted with, and not this writer's alone: so one image network serves all writers.
  const auxiliary = await auxiliaryFor(
    config,
    [...[...pool, ...rehearsed].map(({ label }) => label), ...syntheticTexts(config.synthetic ?? 0)],
    { model, context, imageCache },
  )
  const { engine } = await context.openEngine(
    auxiliary?.program ?? { name: 'recogniser', config: { model: start.network } },
    { weights: { ...auxiliary?.weights, ...start.weights }, state: start.state },
  )
  try {
    const begin = await engine.snapshot()
    const stop = context.signal ? { signal: context.signal } : {}
    const workshop: Workshop = {
      start,
      practise:
        styleEstimator && config.synthetic
          ? async (words, seed) => {
              const practising = await reading(start)
              const synthetic = await practise(
                practising,
                words,
                { ...tuning, seed },
                { signature, reader: styleEstimator, rehearsalBuffer: rehearsed, frozen: start.frozen },
                stop,
              )
              return { weights: await practising.snapshot(), synthetic }
            }
          : null,
      tune: async ({ weights, synthetic }, words, seed) => {
        await engine.restore({ ...begin, weights: { ...begin.weights, ...weights.weights }, state: weights.state })
        await tune(
          engine,
          { ...tuning, seed },
          {
            signature,
            own: words,
            rehearsalBuffer: mixedRehearsalBuffer(synthetic, rehearsed),
            rehearsal,
            frozen: start.frozen,
            auxiliary,
          },
          stop,
        )
        const tuned = await engine.snapshot()
        return { weights: penWeights(tuned.weights), state: tuned.state }
      },
      read: async (weights, words) => {
        const { readings } = await readExamples(await reading(weights), signature, words, { batchSize: BATCH_SIZE })
        return readings.map(({ example, hypothesis }) => [example.id, hypothesis])
      },
    }
    let mean: Weights | null = null
    for (const [at, fold] of foldsOf(own, signature.task, tuning.seed).entries()) {
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
  signature: KnownModel['signature'],
): Promise<{ cer: number; wer: number }> {
  const { readings } = await readExamples(engine, signature, examples, { batchSize: BATCH_SIZE })
  return evaluation(readings, () => [])
}

async function withUnadapted<T>(
  { network, weights, state }: KnownModel,
  context: ExperimentContext,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const { engine } = await context.openEngine({ name: 'recogniser', config: { model: network } }, { weights, state })
  try {
    return await work(engine)
  } finally {
    await engine.dispose()
  }
}

async function auxiliaryFor(
  { loss, tuning, set }: AdaptationConfig,
  labels: readonly string[],
  { model, context, imageCache }: { model: KnownModel; context: ExperimentContext; imageCache: ImageNetworkCache },
): Promise<AuxiliaryNetwork | null> {
  if (loss.kind === 'plain') return null
  return prepareAuxiliary(loss, {
    pen: model.network,
    signature: model.signature,
    labels: labels.map((label) => label.normalize('NFC')),
    source: renderedImages(set === 'air-letters' ? { width: 32 } : {}),
    openEngine: context.openEngine,
    seed: tuning.seed,
    imageCache,
  })
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}
