/** Arithmetic mean; NaN where there are no values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

/**
 * Standard deviation of these very values, not of what they are a sample of: divided by their number (NumPy's `std`).
 */
export function deviation(values: ArrayLike<number>): number {
  const middle = mean(values)
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i]! - middle) ** 2
  return Math.sqrt(sum / values.length)
}
