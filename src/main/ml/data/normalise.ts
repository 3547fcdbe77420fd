/**
 * How values of different sensors are brought to one scale, per channel: by mean and deviation of the `recording`
 * itself (the z-score of REWI, which takes the way a pen is held away), or by those of the whole `training set` (which
 * keeps it, and with it how strokes of one recording differ in strength and direction from those of another).
 */
export type Normalisation =
  { by: 'recording' } | { by: 'training set'; mean: readonly number[]; deviation: readonly number[] }

export const BY_RECORDING: Normalisation = { by: 'recording' }

/** Brings `[frames, channels]` to the scale of a network's input, in place. */
export function normalise(values: Float32Array, channels: number, how: Normalisation): void {
  if (how.by === 'recording') return zScore(values, channels)
  for (let channel = 0; channel < channels; channel++)
    shift(values, channel, channels, how.mean[channel]!, how.deviation[channel]!)
}

/** Per-recording z-score: every channel gets mean 0 and deviation 1 over the recording, in place. */
export function zScore(values: Float32Array, channels: number): void {
  for (let channel = 0; channel < channels; channel++) {
    const { mean, deviation } = statistics([values], channel, channels)
    shift(values, channel, channels, mean, deviation)
  }
}

/** Mean and deviation of each channel over all frames of a training set. */
export function normalisationOf(pieces: readonly Float32Array[], channels: number): Normalisation {
  const all = Array.from({ length: channels }, (_, channel) => statistics(pieces, channel, channels))
  return { by: 'training set', mean: all.map(({ mean }) => mean), deviation: all.map(({ deviation }) => deviation) }
}

function statistics(
  pieces: readonly Float32Array[],
  channel: number,
  channels: number,
): { mean: number; deviation: number } {
  let count = 0
  let sum = 0
  for (const values of pieces) {
    count += values.length / channels
    for (let at = channel; at < values.length; at += channels) sum += values[at]!
  }
  const mean = sum / count
  let squares = 0
  for (const values of pieces)
    for (let at = channel; at < values.length; at += channels) squares += (values[at]! - mean) ** 2
  return { mean, deviation: Math.sqrt(squares / count) }
}

/** A channel that does not move (a dead sensor, a force that is always 0) becomes 0 instead of noise blown up. */
function shift(values: Float32Array, channel: number, channels: number, mean: number, deviation: number): void {
  const still = deviation <= 1e-6 * Math.max(1, Math.abs(mean))
  for (let at = channel; at < values.length; at += channels) values[at] = still ? 0 : (values[at]! - mean) / deviation
}
