/**
 * Natural logarithm of the probability of a text under CTC (Graves et al., 2006): the sum over all alignments.
 * `logits` is `[frames, outputs]`, output 0 the blank; `text` holds outputs. Minus infinity where it does not fit.
 */
export function ctcLogLikelihood(
  logits: Float32Array,
  frames: number,
  outputs: number,
  text: readonly number[],
): number {
  const path = [0, ...text.flatMap((symbol) => [symbol, 0])]
  let alpha = path.map(() => -Infinity)
  for (let frame = 0; frame < frames; frame++) {
    const row = logSoftmax(logits.subarray(frame * outputs, (frame + 1) * outputs))
    alpha = path.map((symbol, s) => {
      if (frame === 0) return s < 2 ? row[symbol]! : -Infinity
      const from = [alpha[s]!, s > 0 ? alpha[s - 1]! : -Infinity]
      if (s > 1 && symbol !== 0 && symbol !== path[s - 2]) from.push(alpha[s - 2]!)
      return logSum(from) + row[symbol]!
    })
  }
  return frames === 0 ? (text.length === 0 ? 0 : -Infinity) : logSum(alpha.slice(-2))
}

export function logSoftmax(logits: Float32Array): Float64Array {
  const sum = logSum([...logits])
  return Float64Array.from(logits, (value) => value - sum)
}

function logSum(values: readonly number[]): number {
  const most = Math.max(...values)
  return most === -Infinity ? most : most + Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0))
}
