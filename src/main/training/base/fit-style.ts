import type { Store } from '../../store/index.ts'
import { FONT_NAMES, FONT_ROLES, TRAIT_NAMES } from '../../simulator/traits.ts'
import { signatureOf, type StoredModel } from '../../ml/checkpoint/model.ts'
import { loadExamples } from '../../ml/data/load.ts'
import type { Labelled } from '../../ml/data/types.ts'
import { openEngineFor } from '../../ml/programs/open-engine.ts'
import { timeReduction } from '../../ml/models/index.ts'
import { extractFeatures } from '../../ml/style/extract.ts'
import { saveStyleEstimator, type StyleEstimateScores } from '../../ml/style/file.ts'
import { StyleFit, styleValues } from '../../ml/style/fit.ts'
import { styleOf, type StyleDistribution } from '../../ml/style/estimate.ts'
import type { WordFeatures } from '../../ml/style/features.ts'
import { trainingWriter } from './corpus.ts'
import type { BaseRecipe } from './recipe.ts'

/** Words of each writer that are looked at. */
const WORDS = 15
/**
 * One writer in so many, or in fewer where there are few, is not learned from, and tells how well hands are told. A
 * prime: every so many-th writer is left-handed.
 */
const MEASURED = 47

interface HandJob {
  recipe: BaseRecipe
  /** The corpus that the model was trained on: as many words of every training writer, one writer after the other. */
  corpus: Store
  model: StoredModel
  /** Where the model lies. */
  folder: string
  progress: (message: string) => void
}

/**
 * Learns to tell the hands of the writers that a model was trained on from what it makes of their words, and keeps that
 * beside the model.
 */
export async function fitStyleEstimator(
  { recipe, corpus, model, folder, progress }: HandJob,
  signal?: AbortSignal,
): Promise<void> {
  const signature = { ...signatureOf(model.card), reduction: timeReduction(model.card.network) }
  const ids = [...corpus.recordings.each({})].map(({ id }) => id).sort((a, b) => a - b)
  const { engine } = await openEngineFor({ backend: 'auto', threads: 1 })(
    { name: 'recogniser', config: { model: model.card.network } },
    model,
  )
  const learning = new StyleFit()
  const each = Math.min(WORDS, recipe.perWriter)
  const apart = Math.min(MEASURED, Math.floor(recipe.writers / 2))
  const kept: { at: number; features: WordFeatures[] }[] = []
  try {
    for (let at = 0; at < recipe.writers; at++) {
      signal?.throwIfAborted()
      const words = corpus.recordings.byIds(
        ids.slice(at * recipe.perWriter, at * recipe.perWriter + each),
      ) as Labelled[]
      const features = await extractFeatures(
        engine,
        signature,
        loadExamples(corpus.recordings, words, signature).examples,
      )
      if (at % apart === apart - 1) kept.push({ at, features })
      else learning.add(trainingWriter(at, recipe), features)
      if ((at + 1) % 500 === 0) progress(`looking at hands: ${at + 1} of ${recipe.writers} virtual writers`)
    }
  } finally {
    await engine.dispose()
  }
  const reader = learning.finish()
  const pairs = kept.map(({ at, features }) => ({
    truth: styleValues(trainingWriter(at, recipe)),
    style: styleOf(reader, features),
  }))
  saveStyleEstimator(folder, model.card.weights.sha256, reader, {
    writers: pairs.length,
    words: each,
    ...scored(pairs),
  })
}

/** How well hands were told. */
function scored(
  pairs: readonly { truth: Float64Array; style: StyleDistribution }[],
): Pick<StyleEstimateScores, 'fonts' | 'traits'> {
  const rounded = (value: number): number => Math.round(value * 1000) / 1000
  const role = (at: number): number =>
    pairs.filter(
      ({ truth, style }) => truth[TRAIT_NAMES.length + at * FONT_NAMES.length + mostLikely(style.fonts[at]!)] === 1,
    ).length / pairs.length
  const told = (at: number): number => {
    const mean = pairs.reduce((sum, { truth }) => sum + truth[at]!, 0) / pairs.length
    const [left, all] = pairs.reduce(
      ([left, all], { truth, style }) => [left + (truth[at]! - style.mean[at]!) ** 2, all + (truth[at]! - mean) ** 2],
      [0, 0],
    )
    return 1 - left / all
  }
  return {
    fonts: Object.fromEntries(FONT_ROLES.map((name, at) => [name, rounded(role(at))])),
    traits: Object.fromEntries(TRAIT_NAMES.map((name, at) => [name, rounded(told(at))])),
  }
}

function mostLikely(shares: readonly number[]): number {
  return shares.indexOf(Math.max(...shares))
}
