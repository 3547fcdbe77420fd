import type { Distance } from '../../compute/ops/distance.ts'

/** Sequences as a network gives them: `values` is `[rows, frames, size]`, valid up to each row's length. */
export interface Sequences {
  shape: readonly number[]
  values: Float32Array
  lengths: ArrayLike<number>
}

/** Words of all lengths are looked at in so many places from first to last. */
const PLACES = 16

/**
 * A point for each sequence, so that the squared distance between two points is what the loss measures: the mean over
 * the frames of the squared difference (mse), of `2 (1 - cosine)`, of `2 (1 - correlation)`, or of the squared
 * Hellinger distance between the distributions, which goes with the divergence (kl). Sequences are brought to the same
 * number of frames by linear interpolation; those of a single frame stay one.
 */
export function pointsOf({ shape, values, lengths }: Sequences, distance: Distance): Float64Array[] {
  const [rows = 0, time = 1, size = 1] = shape
  const places = time === 1 ? 1 : PLACES
  return Array.from({ length: rows }, (_, row) => {
    const sequence = values.subarray(row * time * size, (row + 1) * time * size)
    const point = new Float64Array(places * size)
    for (let place = 0; place < places; place++) {
      const frame = frameAt(sequence, size, places === 1 ? 0 : (place * (lengths[row]! - 1)) / (places - 1))
      point.set(
        comparable(frame, distance).map((value) => value / Math.sqrt(places)),
        place * size,
      )
    }
    return point
  })
}

/** The frame at a position between frames. */
function frameAt(sequence: Float32Array, size: number, position: number): Float64Array {
  const before = Math.floor(position)
  const part = position - before
  return Float64Array.from({ length: size }, (_, i) => {
    const here = sequence[before * size + i]!
    return part === 0 ? here : here + part * (sequence[(before + 1) * size + i]! - here)
  })
}

/** A frame changed so that plain squared differences are what the distance measures. */
function comparable(frame: Float64Array, distance: Distance): Float64Array {
  switch (distance) {
    case 'mse':
      return frame.map((value) => value / Math.sqrt(frame.length))
    case 'cosine':
      return unit(frame)
    case 'pearson': {
      const mean = frame.reduce((sum, value) => sum + value, 0) / frame.length
      return unit(frame.map((value) => value - mean))
    }
    case 'kl': {
      const top = frame.reduce((most, value) => Math.max(most, value), -Infinity)
      const likelihoods = frame.map((value) => Math.exp(value - top))
      const sum = likelihoods.reduce((all, value) => all + value, 0)
      return likelihoods.map((value) => Math.sqrt(value / sum))
    }
  }
}

function unit(frame: Float64Array): Float64Array {
  const length = Math.sqrt(frame.reduce((sum, value) => sum + value * value, 0))
  return length === 0 ? frame : frame.map((value) => value / length)
}

export function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2
  return sum
}
