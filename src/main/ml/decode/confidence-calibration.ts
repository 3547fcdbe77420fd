import { mean } from '../../statistics/mean.ts'

/** Confidence that means something: of all words read with 0.8, four out of five should be right. */

/** One word read: how sure the decoder was (0 to 1), and whether it was right. */
export interface Judged {
  confidence: number
  right: boolean
}

/** A rising map from the decoder's confidence to the share of words that are right, as corner points. */
export interface ConfidenceCalibration {
  confidence: number[]
  share: number[]
}

export interface ReliabilityBin {
  /** Bin edges, 0 to 1. */
  from: number
  to: number
  words: number
  /** Means over the bin's words; NaN where it has none. */
  confidence: number
  right: number
}

/**
 * Fits the map by isotonic regression (pool adjacent violators; Zadrozny & Elkan, 2002): the only assumption is that
 * a word read with more confidence is not less often right. Throws a `RangeError` without words.
 */
export function fitConfidenceCalibration(words: readonly Judged[]): ConfidenceCalibration {
  if (words.length === 0) throw new RangeError('a calibration needs at least one word')
  const pools: { confidence: number; right: number; words: number }[] = []
  for (const { confidence, right } of [...words].sort((a, b) => a.confidence - b.confidence)) {
    pools.push({ confidence, right: right ? 1 : 0, words: 1 })
    while (pools.length > 1 && share(pools.at(-2)!) >= share(pools.at(-1)!)) {
      const [a, b] = pools.splice(-2) as [(typeof pools)[0], (typeof pools)[0]]
      pools.push({ confidence: a.confidence + b.confidence, right: a.right + b.right, words: a.words + b.words })
    }
  }
  // A pool of few words would claim 0 or 1; one imagined word on each side (Laplace) keeps it from certainty.
  return {
    confidence: pools.map((pool) => pool.confidence / pool.words),
    share: pools
      .map((pool) => (pool.right + 1) / (pool.words + 2))
      .map((_, i, all) => Math.max(...all.slice(0, i + 1))),
  }
}

function share(pool: { right: number; words: number }): number {
  return pool.right / pool.words
}

/** The calibrated confidence: linear between the corner points, level outside them. */
export function calibratedConfidence({ confidence, share }: ConfidenceCalibration, raw: number): number {
  const above = confidence.findIndex((corner) => corner >= raw)
  if (above === 0) return share[0]!
  if (above === -1) return share.at(-1)!
  const [x0, x1, y0, y1] = [confidence[above - 1]!, confidence[above]!, share[above - 1]!, share[above]!]
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (raw - x0)) / (x1 - x0)
}

/** The reliability diagram: words sorted into bins of equal width by their confidence. */
export function reliability(words: readonly Judged[], bins = 10): ReliabilityBin[] {
  return Array.from({ length: bins }, (_, index) => {
    const inside = words.filter(({ confidence }) => Math.min(bins - 1, Math.floor(confidence * bins)) === index)
    return {
      from: index / bins,
      to: (index + 1) / bins,
      words: inside.length,
      confidence: mean(inside.map((word) => word.confidence)),
      right: mean(inside.map((word) => (word.right ? 1 : 0))),
    }
  })
}

/**
 * Expected calibration error (Naeini et al., 2015): the mean gap between confidence and share of right words, by bin.
 */
export function expectedCalibrationError(words: readonly Judged[], bins = 10): number {
  return reliability(words, bins)
    .filter((bin) => bin.words > 0)
    .reduce((sum, bin) => sum + (bin.words / words.length) * Math.abs(bin.confidence - bin.right), 0)
}
