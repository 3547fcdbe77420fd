import * as tf from '@tensorflow/tfjs'
import type { Lengths } from '../lengths.ts'

/** Stands for the logarithm of zero: finite, so that no product with zero becomes NaN. */
const LOG_ZERO = -1e30

/** The forward recursion of CTC (Graves et al. 2006) from stock operations; `[batch]` negative log likelihoods. */
export function ctcLossComposite(
  logits: tf.Tensor3D,
  labels: readonly (readonly number[])[],
  lengths: Lengths,
  blank: number,
): tf.Tensor1D {
  const [batch, time, classes] = logits.shape
  const states = 2 * Math.max(0, ...labels.map((label) => label.length)) + 1
  const floored = tf.maximum(logits, LOG_ZERO)
  const top = tf.max(floored, 2, true)
  const logProbabilities = tf.sub(floored, tf.add(top, tf.log(tf.sum(tf.exp(tf.sub(floored, top)), 2, true))))
  const { symbols, skip, last } = lattice(labels, states, blank)
  const emission = tf.unstack(
    tf.matMul(logProbabilities, tf.oneHot(symbols, classes) as tf.Tensor3D, false, true),
    1,
  ) as tf.Tensor2D[]
  const start = tf.tensor2d(
    Array.from({ length: batch * states }, (_, i) => (i % states < 2 ? 0 : LOG_ZERO)),
    [batch, states],
  )
  let alpha = tf.maximum(tf.add(start, emission[0]!), LOG_ZERO) as tf.Tensor2D
  for (let t = 1; t < time; t++) {
    const moved = logAddExp(logAddExp(alpha, shift(alpha, 1)), tf.add(shift(alpha, 2), skip))
    const valid = tf.tensor2d(
      Float32Array.from(lengths, (frames) => (t < frames ? 1 : 0)),
      [batch, 1],
    )
    const next = tf.maximum(tf.add(moved, emission[t]!), LOG_ZERO)
    alpha = tf.add(tf.mul(next, valid), tf.mul(alpha, tf.sub(1, valid)))
  }
  const ends = tf.add(alpha, last)
  const best = tf.max(ends, 1, true)
  const loss = tf.neg(
    tf.reshape(tf.add(best, tf.log(tf.sum(tf.exp(tf.sub(ends, best)), 1, true))), [batch]),
  ) as tf.Tensor1D
  return infiniteWhereImpossible(loss)
}

/**
 * Label with blanks between: the symbol of each state, where a blank may be skipped, and in which states a row may end.
 */
function lattice(
  labels: readonly (readonly number[])[],
  states: number,
  blank: number,
): { symbols: tf.Tensor2D; skip: tf.Tensor2D; last: tf.Tensor2D } {
  const size = labels.length * states
  const symbols = new Int32Array(size).fill(blank)
  const skip = new Float32Array(size).fill(LOG_ZERO)
  const last = new Float32Array(size).fill(LOG_ZERO)
  labels.forEach((label, row) => {
    label.forEach((symbol, index) => {
      const at = row * states + 2 * index + 1
      symbols[at] = symbol
      if (index > 0 && label[index - 1] !== symbol) skip[at] = 0
    })
    last[row * states + 2 * label.length] = 0
    if (label.length > 0) last[row * states + 2 * label.length - 1] = 0
  })
  const shape: [number, number] = [labels.length, states]
  return {
    symbols: tf.tensor2d(symbols, shape, 'int32'),
    skip: tf.tensor2d(skip, shape),
    last: tf.tensor2d(last, shape),
  }
}

function shift(alpha: tf.Tensor2D, by: number): tf.Tensor2D {
  const [batch, states] = alpha.shape
  const kept = Math.max(states - by, 0)
  return tf.pad(
    tf.slice(alpha, [0, 0], [batch, kept]),
    [
      [0, 0],
      [states - kept, 0],
    ],
    LOG_ZERO,
  )
}

function logAddExp(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return tf.add(tf.maximum(a, b), tf.log1p(tf.exp(tf.neg(tf.abs(tf.sub(a, b))))))
}

/** A row of probability zero: an infinite loss, and no gradient instead of a huge one. */
const infiniteWhereImpossible = tf.customGrad((x, save) => {
  const loss = x as tf.Tensor1D
  const impossible = tf.greater(loss, -LOG_ZERO / 1e6)
  ;(save as tf.GradSaveFunc)([impossible])
  return {
    value: tf.where(impossible, tf.fill(loss.shape, Infinity), loss),
    gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) => tf.where(saved!, tf.zerosLike(dy), dy),
  }
}) as (loss: tf.Tensor1D) => tf.Tensor1D
