import * as tf from '@tensorflow/tfjs'
import { frameMask, poolLengths, type Lengths } from '../lengths.ts'

/** Pairwise maximum from stock operations; of two equal values the first takes the gradient. */
export function maxPool1dComposite(x: tf.Tensor3D, lengths: Lengths): tf.Tensor3D {
  const [batch, time, channels] = x.shape
  const frames = Math.floor(time / 2)
  const pairs = tf.reshape(tf.slice(x, [0, 0, 0], [batch, frames * 2, channels]), [batch, frames, 2 * channels])
  const first = tf.slice(pairs, [0, 0, 0], [batch, frames, channels])
  const second = tf.slice(pairs, [0, 0, channels], [batch, frames, channels])
  return tf.mul(tf.maximum(first, second), frameMask(poolLengths(lengths, 2), frames))
}
