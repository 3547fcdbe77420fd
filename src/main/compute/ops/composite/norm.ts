import * as tf from '@tensorflow/tfjs'
import { frameMask, type Lengths } from '../lengths.ts'

/** Added to a variance before its root, as in PyTorch. */
export const NORM_EPSILON = 1e-5

/**
 * Statistics over all valid frames of the batch, then scale and shift; `mean` and `variance` (biased) are `[channels]`.
 */
export function batchNormComposite(
  x: tf.Tensor3D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  lengths: Lengths,
): { y: tf.Tensor3D; mean: tf.Tensor1D; variance: tf.Tensor1D } {
  const mask = frameMask(lengths, x.shape[1])
  const count = Math.max(
    1,
    lengths.reduce((sum, frames) => sum + frames, 0),
  )
  const mean = tf.div(tf.sum(tf.mul(x, mask), [0, 1]), count)
  const centred = tf.mul(tf.sub(x, mean), mask)
  const variance = tf.div(tf.sum(tf.mul(centred, centred), [0, 1]), count)
  const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, NORM_EPSILON)))
  const y = tf.mul(tf.add(tf.mul(centred, scale), beta), mask) as tf.Tensor3D
  return { y, mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D }
}

/** Scale and shift with given statistics. */
export function normaliseComposite(
  x: tf.Tensor3D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  mean: tf.Tensor1D,
  variance: tf.Tensor1D,
  lengths: Lengths,
): tf.Tensor3D {
  const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, NORM_EPSILON)))
  return tf.mul(tf.add(tf.mul(tf.sub(x, mean), scale), beta), frameMask(lengths, x.shape[1]))
}

/** Statistics over each row's own valid frames, channel by channel. */
export function instanceNormComposite(
  x: tf.Tensor3D,
  gamma: tf.Tensor1D | null,
  beta: tf.Tensor1D | null,
  lengths: Lengths,
): tf.Tensor3D {
  const mask = frameMask(lengths, x.shape[1])
  const counts = tf.tensor3d(
    Float32Array.from(lengths, (frames) => Math.max(frames, 1)),
    [lengths.length, 1, 1],
  )
  const mean = tf.div(tf.sum(tf.mul(x, mask), 1, true), counts)
  const centred = tf.mul(tf.sub(x, mean), mask)
  const variance = tf.div(tf.sum(tf.mul(centred, centred), 1, true), counts)
  const normal = tf.mul(centred, tf.rsqrt(tf.add(variance, NORM_EPSILON)))
  const scaled = gamma ? tf.mul(normal, gamma) : normal
  return tf.mul(beta ? tf.add(scaled, beta) : scaled, mask)
}
