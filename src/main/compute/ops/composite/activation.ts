import * as tf from '@tensorflow/tfjs'

/** The exact GELU, `x * Phi(x)`. */
export function geluComposite<T extends tf.Tensor>(x: T): T {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1)) as T
}

/**
 * ELU with alpha 1. Written out, because not every backend has a gradient for the stock one; at zero the slope is that
 * of `minimum`, 1.
 */
export function eluComposite<T extends tf.Tensor>(x: T): T {
  return tf.add(tf.relu(x), tf.sub(tf.exp(tf.minimum(x, 0)), 1)) as T
}
