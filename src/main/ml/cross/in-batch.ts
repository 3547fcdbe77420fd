import * as tf from '@tensorflow/tfjs'

/** Similarities are multiplied by at most this, or the loss would feed on ever sharper contrasts (as in CLIP). */
const LARGEST_SCALE = 100

/** What the logarithm of the learnable scale starts from: a temperature of 0.07 (ECHWR). */
export const INITIAL_LOG_SCALE = Math.log(1 / 0.07)

/** Rows scaled to length 1. */
export function normalised<T extends tf.Tensor>(x: T): T {
  const axis = x.rank - 1
  return tf.mul(x, tf.rsqrt(tf.add(tf.sum(tf.mul(x, x), axis, true), 1e-8))) as T
}

/** The factor that a learnable `[1]` logarithm stands for. */
export function scaleOf(logScale: tf.Tensor): tf.Tensor {
  return tf.exp(tf.minimum(logScale, Math.log(LARGEST_SCALE)))
}

/**
 * Symmetric in-batch contrastive loss, `[rows]`: each `u` row must find its own `x` row among all of the batch, and
 * the other way round; mean of the two cross entropies. `u` and `x` are `[rows, size]` and of length 1.
 * Rows with the same label as the anchor, other than its own, count neither for it nor against it.
 */
export function inBatchContrastive(
  u: tf.Tensor2D,
  x: tf.Tensor2D,
  labels: readonly string[],
  logScale: tf.Tensor,
): tf.Tensor1D {
  const rows = labels.length
  const similarity = tf.mul(tf.matMul(u, x, false, true), scaleOf(logScale))
  const hidden = new Float32Array(rows * rows)
  const own = new Float32Array(rows * rows)
  labels.forEach((label, i) =>
    labels.forEach((other, j) => {
      hidden[i * rows + j] = i !== j && label === other ? -1e9 : 0
      own[i * rows + j] = i === j ? 1 : 0
    }),
  )
  const logits = tf.add(similarity, tf.tensor2d(hidden, [rows, rows])) as tf.Tensor2D
  const diagonal = tf.tensor2d(own, [rows, rows])
  const entropy = (of: tf.Tensor2D): tf.Tensor => tf.neg(tf.sum(tf.mul(tf.logSoftmax(of), diagonal), 1))
  return tf.div(tf.add(entropy(logits), entropy(tf.transpose(logits))), 2)
}

/**
 * Error-based contrastive loss, `[rows]`: each `u` row `[rows, size]` must tell its true text `[rows, size]` from
 * spoilt ones `[rows, texts, size]`; all of length 1.
 */
export function errorContrastive(
  u: tf.Tensor2D,
  truth: tf.Tensor2D,
  spoilt: tf.Tensor3D,
  logScale: tf.Tensor,
): tf.Tensor1D {
  const [rows, size] = u.shape
  const candidates = tf.concat([tf.reshape(truth, [rows, 1, size]), spoilt], 1)
  const similarity = tf.sum(tf.mul(candidates, tf.reshape(u, [rows, 1, size])), 2)
  const logits = tf.mul(similarity, scaleOf(logScale)) as tf.Tensor2D
  return tf.neg(tf.reshape(tf.slice(tf.logSoftmax(logits), [0, 0], [rows, 1]), [rows]))
}
