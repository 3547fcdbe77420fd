import * as tf from '@tensorflow/tfjs'
import type { Lengths } from '../../compute/ops/lengths.ts'

/** Vectors in time: `values` is `[rows, time, size]`, valid up to each row's length. */
export interface Sequence {
  values: tf.Tensor3D
  lengths: Lengths
}

/**
 * Brings sequences to other lengths by linear interpolation, first frame to first and last to last. To a single frame
 * goes the mean of all: what stands for a whole recording must have seen all of it. Differentiable: each row is one
 * matrix product.
 */
export function resampleTime({ values, lengths }: Sequence, wanted: Lengths): Sequence {
  const [rows, time] = values.shape
  const frames = wanted.reduce((most, length) => Math.max(most, length), 1)
  if (lengths.every((length, row) => length === wanted[row])) {
    return { values: time === frames ? values : tf.slice(values, [0, 0, 0], [rows, frames, -1]), lengths }
  }
  const weights = new Float32Array(rows * frames * time)
  for (let row = 0; row < rows; row++) {
    if (wanted[row] === 1) {
      weights.fill(1 / lengths[row]!, row * frames * time, row * frames * time + lengths[row]!)
      continue
    }
    for (let frame = 0; frame < wanted[row]!; frame++) {
      const position = (frame * (lengths[row]! - 1)) / (wanted[row]! - 1)
      const before = Math.min(Math.floor(position), lengths[row]! - 1)
      const part = position - before
      const at = (row * frames + frame) * time + before
      weights[at] = 1 - part
      if (part > 0) weights[at + 1] = part
    }
  }
  return { values: tf.matMul(tf.tensor3d(weights, [rows, frames, time]), values), lengths: wanted }
}
