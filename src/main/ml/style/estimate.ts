import { FONT_NAMES, FONT_ROLES } from '../../simulator/traits.ts'
import type { NamedArray } from '../../compute/engine/types.ts'
import type { WordFeatures } from './features.ts'

/** What a writer's words told of the hand: a normal distribution over traits, and one over the fonts of each role. */
export interface StyleDistribution {
  /** In the order of TRAIT_NAMES. */
  mean: Float64Array
  /** Lower triangle whose product with its transpose is the traits' covariance. */
  factor: Float64Array[]
  /** For each of FONT_ROLES, how likely each of FONT_NAMES is. */
  fonts: number[][]
}

/** How a hand is told from so many words. */
export interface StyleEstimateModel {
  words: number
  /** `[features, traits + fonts]`. */
  weights: NamedArray
  /** `[traits, traits]`, lower triangle. */
  factor: NamedArray
}

/**
 * Tells virtual hands from impressions of words, by linear regression. All arrays are as they were learned; see
 * learn.ts.
 */
export interface StyleEstimator {
  /** `[classes, features]`: what the letters of a word alone explain. */
  text: NamedArray
  /** `[features]`: mean of what they do not explain, and its scale. */
  mean: NamedArray
  scale: NamedArray
  /** `[traits + fonts]`: means over all writers. */
  prior: NamedArray
  /** From few words to many. */
  models: readonly StyleEstimateModel[]
}

/** The hand of a writer by the impressions of some words. More words tell more of it. */
export function styleOf(
  { text, mean, scale, prior, models }: StyleEstimator,
  features: readonly WordFeatures[],
): StyleDistribution {
  const telling = models.findLast(({ words }) => words <= features.length) ?? models[0]!
  const seen = mean.values.map(
    (usual, feature) =>
      (meanOf(features, (impression) => unexplained(text, impression, feature)) - usual) / scale.values[feature]!,
  )
  const outputs = prior.values.length
  const told = Float64Array.from(prior.values, (usual, output) =>
    seen.reduce((sum, value, feature) => sum + value * telling.weights.values[feature * outputs + output]!, usual),
  )
  const traits = telling.factor.shape[0]!
  const fonts = FONT_NAMES.length
  return {
    mean: told.slice(0, traits),
    factor: Array.from({ length: traits }, (_, row) =>
      Float64Array.from(telling.factor.values.subarray(row * traits, (row + 1) * traits)),
    ),
    fonts: FONT_ROLES.map((_, role) => likely(told.subarray(traits + role * fonts, traits + (role + 1) * fonts))),
  }
}

/** What the letters of a word do not explain of a feature. */
function unexplained({ values }: NamedArray, impression: WordFeatures, feature: number): number {
  const features = impression.values.length
  return impression.text.reduce(
    (rest, share, letter) => rest - share * values[letter * features + feature]!,
    impression.values[feature]!,
  )
}

/** Probabilities of estimates that a linear regression made: none below 0, and 1 together. */
function likely(estimates: Float64Array): number[] {
  const positive = Array.from(estimates, (estimate) => Math.max(0, estimate))
  const total = positive.reduce((sum, estimate) => sum + estimate, 0)
  return total > 0 ? positive.map((estimate) => estimate / total) : positive.map(() => 1 / positive.length)
}

function meanOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0) / items.length
}
