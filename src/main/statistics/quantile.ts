/**
 * Quantiles, by three definitions (Hyndman and Fan, "Sample quantiles in statistical packages", 1996, number them):
 * `linear` is their type 7, between the two nearest values, as R and NumPy do unless asked otherwise;
 * `nearest` is the value at the nearest rank, halves upwards (NumPy's `nearest`);
 * `above` is the smallest value that more than the share `p` of all do not exceed: type 1, but the next value where
 * both fit.
 */
export type QuantileBy = 'linear' | 'nearest' | 'above'

/** Makes the median deviation that of a normal distribution. */
const NORMAL = 1.4826

/**
 * The value that the share `p` (0 to 1) of the values lie below; NaN where there are none. The values stay as they are.
 */
export function quantile(values: ArrayLike<number>, p: number, by: QuantileBy = 'linear'): number {
  return quantileOfSorted(Float64Array.from(values).sort(), p, by)
}

/** The same, of values in ascending order. */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number, by: QuantileBy = 'linear'): number {
  const last = sorted.length - 1
  if (last < 0) return NaN
  if (by === 'nearest') return sorted[Math.round(p * last)]!
  if (by === 'above') return sorted[Math.min(last, Math.floor(p * sorted.length))]!
  const place = p * last
  const low = Math.floor(place)
  return sorted[low]! + (place - low) * (sorted[Math.min(low + 1, last)]! - sorted[low]!)
}

/** The middle value; NaN where there are none. */
export function median(values: ArrayLike<number>, by: QuantileBy = 'linear'): number {
  return quantile(values, 0.5, by)
}

/** The median distance from the median, as the standard deviation of normal values with that distance (R's `mad`). */
export function medianDeviation(values: readonly number[], by: QuantileBy = 'linear'): number {
  const middle = median(values, by)
  return (
    NORMAL *
    median(
      values.map((value) => Math.abs(value - middle)),
      by,
    )
  )
}
