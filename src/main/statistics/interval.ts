import { mean } from './mean.ts'
import { quantileOfSorted } from './quantile.ts'

/** A mean with its 95 % interval (Student's t). With one value there is no interval: both ends are NaN. */
export interface Estimate {
  mean: number
  low: number
  high: number
  count: number
}

export function estimate(values: readonly number[]): Estimate {
  const count = values.length
  const middle = mean(values)
  if (count < 2) return { mean: middle, low: NaN, high: NaN, count }
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (count - 1)
  const reach = studentQuantile(0.975, count - 1) * Math.sqrt(variance / count)
  return { mean: middle, low: middle - reach, high: middle + reach, count }
}

/** Mean difference `after - before` over pairs, with its 95 % interval. */
export function pairedDifference(pairs: readonly { before: number; after: number }[]): Estimate {
  return estimate(pairs.map(({ before, after }) => after - before))
}

/**
 * The 95 % percentile interval of a figure, from its values in bootstrap resamples (Efron and Tibshirani, 1993, chapter
 * 13).
 */
export function percentileInterval(resampled: readonly number[]): { low: number; high: number } {
  const sorted = Float64Array.from(resampled).sort()
  return { low: quantileOfSorted(sorted, 0.025), high: quantileOfSorted(sorted, 0.975) }
}

/**
 * The value that Student's t with so many degrees of freedom stays below with this probability (above one half), by
 * bisection.
 */
export function studentQuantile(probability: number, freedom: number): number {
  let [low, high] = [0, 1]
  while (studentBelow(high, freedom) < probability) high *= 2
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2
    if (studentBelow(middle, freedom) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Probability that Student's t stays below `t >= 0`: the finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4. */
function studentBelow(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom))
  const cosine = Math.cos(angle)
  let term = 1
  let sum = 0
  if (freedom % 2 === 0) {
    for (let k = 0; k <= freedom - 2; k += 2) {
      sum += term
      term *= ((k + 1) / (k + 2)) * cosine ** 2
    }
    return 0.5 + (Math.sin(angle) * sum) / 2
  }
  term = cosine
  for (let k = 1; k <= freedom - 2; k += 2) {
    sum += term
    term *= ((k + 1) / (k + 2)) * cosine ** 2
  }
  return 0.5 + (angle + Math.sin(angle) * sum) / Math.PI
}
