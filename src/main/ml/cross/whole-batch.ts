import * as tf from '@tensorflow/tfjs'
import type { Mode, NamedTensors, TensorBatch } from '../../compute/engine/types.ts'
import { tensor } from '../models/layers.ts'
import type { Embedding } from './align.ts'
import { attentionPool } from './attention.ts'
import { gatherRows } from './gather.ts'
import { inBatchContrastive, normalised } from './in-batch.ts'

/** A cross-modal loss of a thread's rows, `[rows]`, and what to record of it, as sums over the rows. */
export interface CrossLoss {
  loss: tf.Tensor1D
  parts: Record<string, tf.Scalar>
}

/**
 * The in-batch contrastive loss between pooled embeddings of pen and pictures, over the rows of all threads.
 * `batch.extra.group` is equal for equal labels. The recorded distances are `1 - cosine`, to the own and to the other
 * pictures.
 */
export function wholeBatch(
  weights: NamedTensors,
  u: Embedding,
  x: Embedding,
  batch: TensorBatch,
  mode: Mode,
): CrossLoss {
  return contrastRows(
    pooled(weights, u, 'pen'),
    pooled(weights, x, 'image'),
    tensor(weights, 'cross.logScale'),
    batch,
    mode,
  )
}

/** One vector of length 1 for each row, `[rows, size]`: what the in-batch loss compares. */
export function pooled(weights: NamedTensors, embedding: Embedding, side: 'pen' | 'image'): tf.Tensor2D {
  return normalised(attentionPool(embedding, tensor(weights, `cross.${side}.query`)))
}

/**
 * The in-batch contrastive loss between two vectors of length 1 for each row, `[rows, size]`, over the rows of all
 * threads.
 */
export function contrastRows(
  u: tf.Tensor2D,
  x: tf.Tensor2D,
  logScale: tf.Tensor1D,
  batch: TensorBatch,
  mode: Mode,
): CrossLoss {
  const pen = gatherRows(u, batch.totalRows, mode)
  const picture = gatherRows(x, batch.totalRows, mode)
  const groups = gatherRows(tf.reshape(batch.extra['group']!, [batch.rows, 1]), batch.totalRows, mode)
  const labels = [...groups.values.dataSync()].map(String)
  const { first, count } = pen
  const parts = distances(tf.slice(pen.values, [first, 0], [count, -1]), picture.values, first)
  if (count === labels.length) return { loss: inBatchContrastive(pen.values, picture.values, labels, logScale), parts }
  // Each thread holds gradients of its own embeddings only, so it sends them the gradient of all rows; the scale is
  // every thread's, so each sends it the gradient of its own rows.
  const scaled = inBatchContrastive(detached(pen.values), detached(picture.values), labels, logScale)
  const embedded = inBatchContrastive(pen.values, picture.values, labels, detached(logScale))
  return { loss: tf.add(tf.slice(scaled, [first], [count]), withoutValue(tf.div(tf.sum(embedded), count))), parts }
}

function distances(own: tf.Tensor2D, pictures: tf.Tensor2D, first: number): Record<string, tf.Scalar> {
  const [count, all] = [own.shape[0], pictures.shape[0]]
  const apart = tf.sub(1, tf.matMul(own, pictures, false, true))
  const mine = tf.cast(
    tf.equal(tf.reshape(tf.range(first, first + count), [count, 1]), tf.reshape(tf.range(0, all), [1, all])),
    'float32',
  )
  const positive = tf.sum(tf.mul(apart, mine)) as tf.Scalar
  return { positive, negative: tf.div(tf.sub(tf.sum(apart), positive), Math.max(1, all - 1)) }
}

/** The same values, through which no gradient goes back. */
function detached<T extends tf.Tensor>(x: T): T {
  return tf.customGrad((input) => ({
    value: (input as tf.Tensor).clone(),
    gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy),
  }))(x) as T
}

/** Zeros, through which gradients go back as if they were the values. */
function withoutValue<T extends tf.Tensor>(x: T): T {
  return tf.customGrad((input) => ({ value: tf.zerosLike(input as tf.Tensor), gradFunc: (dy: tf.Tensor) => dy }))(
    x,
  ) as T
}
