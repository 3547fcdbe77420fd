import * as tf from '@tensorflow/tfjs'
import { frameMask } from '../../compute/ops/lengths.ts'
import type { Embedding } from './align.ts'

/**
 * One vector a row, `[rows, size]`: the mean of its frames, weighted by a softmax of `values . query` (`query` is
 * `[size, 1]`).
 */
export function attentionPool({ values, lengths }: Embedding, query: tf.Tensor2D): tf.Tensor2D {
  const [rows, time, size] = values.shape
  const scores = tf.reshape(tf.matMul(tf.reshape(values, [rows * time, size]), query), [rows, time])
  const mask = tf.reshape(frameMask(lengths, time), [rows, time])
  const weights = tf.softmax(tf.add(scores, tf.mul(tf.sub(mask, 1), 1e9)) as tf.Tensor2D)
  return tf.reshape(tf.matMul(tf.reshape(weights, [rows, 1, time]), values), [rows, size])
}
