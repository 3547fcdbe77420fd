import * as tf from '@tensorflow/tfjs'
import { frameMask, type Lengths } from '../ops/lengths.ts'
import { align, type Embedding } from './align.ts'

export const DISTANCES = ['mse', 'cosine', 'pearson', 'kl'] as const
export type Distance = (typeof DISTANCES)[number]

/** Keeps square roots and quotients away from zero. */
const EPSILON = 1e-8

/**
 * How far two embeddings are apart, `[rows]`: compared frame by frame at the shorter one's length, mean over the frames.
 * - `mse`: mean squared difference over the channels;
 * - `cosine`: 1 - cosine of the angle between the two vectors, 0 to 2;
 * - `pearson`: 1 - correlation of the two vectors over their channels, 0 to 2;
 * - `kl`: Kullback-Leibler divergence KL(softmax u || softmax x) over the channels.
 */
export function distance(kind: Distance, u: Embedding, x: Embedding): tf.Tensor1D {
  const aligned = align(u, x)
  return meanOverFrames(perFrame(kind, aligned.u, aligned.x), aligned.lengths)
}

/** `[rows, time]` distances between vectors `[rows, time, size]`. */
function perFrame(kind: Distance, u: tf.Tensor3D, x: tf.Tensor3D): tf.Tensor2D {
  switch (kind) {
    case 'mse':
      return tf.mean(tf.squaredDifference(u, x), 2)
    case 'cosine':
      return tf.sub(1, cosine(u, x))
    case 'pearson':
      return tf.sub(1, cosine(centred(u), centred(x)))
    case 'kl': {
      const [p, q] = [tf.logSoftmax(u), tf.logSoftmax(x)]
      return tf.sum(tf.mul(tf.exp(p), tf.sub(p, q)), 2)
    }
  }
}

function cosine(u: tf.Tensor3D, x: tf.Tensor3D): tf.Tensor2D {
  const square = (a: tf.Tensor3D): tf.Tensor => tf.sum(tf.mul(a, a), 2)
  return tf.mul(tf.sum(tf.mul(u, x), 2), tf.rsqrt(tf.add(tf.mul(square(u), square(x)), EPSILON)))
}

function centred(x: tf.Tensor3D): tf.Tensor3D {
  return tf.sub(x, tf.mean(x, 2, true))
}

function meanOverFrames(values: tf.Tensor2D, lengths: Lengths): tf.Tensor1D {
  const [rows, time] = values.shape
  const mask = tf.reshape(frameMask(lengths, time), [rows, time])
  return tf.div(tf.sum(tf.mul(values, mask), 1), tf.tensor1d(Float32Array.from(lengths, (length) => Math.max(1, length))))
}
