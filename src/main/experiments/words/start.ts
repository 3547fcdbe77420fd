import { recipeOf } from '../../../shared/api/recipe.ts'
import { USUAL_AUGMENTATIONS } from '../../ml/augment/augment.ts'
import { trainingWriter } from '../../training/base/corpus.ts'
import { guideFor, letterMiddles, type Middles } from '../../training/base/guide.ts'
import { inventWords } from '../../training/base/invented.ts'
import { BASE_RECIPE } from '../../training/base/recipe.ts'
import { encode } from '../../ml/data/classes.ts'
import { pieceOf } from '../../ml/data/pieces.ts'
import { tooShort } from '../../ml/data/select.ts'
import type { Example, ModelSignature } from '../../ml/data/types.ts'
import { timeReduction, type ModelConfig } from '../../ml/models/index.ts'
import { virtualWords500 } from '../../corpus/benchmark.ts'
import { simulateWord } from '../../simulator/simulate.ts'
import { renderedImages } from '../../words/images.ts'
import type { ExperimentContext } from '../experiment.ts'
import { fit, type FitConfig } from '../fit.ts'
import { cachedNetwork, type CachedNetwork } from '../model-cache.ts'

/** How the networks of all variants begin. */
export interface Start {
  /** Virtual words to begin with, by the base model's writers in turn. */
  words: number
  epochs: number
}

/** Words that nobody writes, and none of VirtualWords-500: what networks learn letters from. */
export function inventedWords(count: number): string[] {
  return inventWords(
    virtualWords500().words.map(({ text }) => text),
    count,
    { seed: SEED },
  )
}

/** Words that the start is measured on, so that a person sees what the variants go on from. */
const MEASURED = 200
export const SEED = 2026

/**
 * Weights that all variants go on from: trained with CTC and the letters' places on invented words of the base model's
 * virtual writers. None of the writers and none of the words is in VirtualWords-500. With CTC alone and from nothing, a
 * network of this size spends a hundred thousand words on finding out where letters are, and a study would compare
 * that.
 */
export async function startingWeights(
  { words, epochs }: Start,
  model: ModelConfig,
  signature: ModelSignature,
  context: ExperimentContext,
): Promise<CachedNetwork> {
  const config: FitConfig = {
    model,
    recipe: recipeOf({ kind: 'plain' }),
    epochs,
    batchSize: 32,
    learningRate: 2e-3,
    weightDecay: 0.01,
    warmupEpochs: Math.min(1, epochs / 4),
    augmentations: USUAL_AUGMENTATIONS,
    seed: SEED,
  }
  return cachedNetwork(context, 'words-start', { words, measured: MEASURED, signature, config }, () =>
    trained(config, words, signature, context),
  )
}

async function trained(
  config: FitConfig,
  words: number,
  signature: ModelSignature,
  context: ExperimentContext,
): Promise<CachedNetwork> {
  const { model } = config
  context.progress(`Training the network that all variants go on from, with ${words} virtual words`)
  const middles = new Map<number, Middles[number]>()
  const examples = inventedWords(words + MEASURED).flatMap((text, at): Example[] => {
    const id = at + 1
    const recording = simulateWord(trainingWriter(at % BASE_RECIPE.writers, BASE_RECIPE), text)
    const values = pieceOf(recording.signal, signature)
    const frames = values.length / signature.channels.length
    const target = encode(signature, recording.label)
    middles.set(id, letterMiddles(recording))
    return tooShort(target, frames, { ...signature, reduction: timeReduction(model) }) === null
      ? [{ id, writerId: id, writerName: recording.writer, label: recording.label, target, frames, values }]
      : []
  })
  const { weights, state } = await fit(config, {
    signature,
    train: examples.slice(0, -MEASURED),
    heldOut: examples.slice(-MEASURED),
    source: renderedImages(),
    openEngine: context.openEngine,
    guide: guideFor(model, middles),
    progress: (text) => context.progress(text),
    ...(context.signal ? { signal: context.signal } : {}),
  })
  return { weights, state }
}
