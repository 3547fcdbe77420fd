/**
 * Per-recording z-score: every channel gets mean 0 and deviation 1 over the recording, in place.
 * A channel that does not move (a dead sensor, a force that is always 0) becomes 0 instead of noise blown up.
 * `values` is `[frames, channels]`.
 */
export function zScore(values: Float32Array, channels: number): void {
  const frames = values.length / channels
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0
    for (let at = channel; at < values.length; at += channels) sum += values[at]!
    const mean = sum / frames
    let squares = 0
    for (let at = channel; at < values.length; at += channels) squares += (values[at]! - mean) ** 2
    const deviation = Math.sqrt(squares / frames)
    const still = deviation <= 1e-6 * Math.max(1, Math.abs(mean))
    for (let at = channel; at < values.length; at += channels) values[at] = still ? 0 : (values[at]! - mean) / deviation
  }
}
