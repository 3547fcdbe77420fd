import * as tf from '@tensorflow/tfjs'
import { frameMask, type Lengths } from '../lengths.ts'

/** Matrix product and bias over the last axis from stock operations. */
export function denseComposite(
  x: tf.Tensor,
  weight: tf.Tensor2D,
  bias: tf.Tensor1D | null,
  lengths: Lengths | undefined,
): tf.Tensor {
  const [inputs, outputs] = weight.shape
  const product = tf.matMul(tf.reshape(x, [-1, inputs]), weight)
  const y = tf.reshape(bias ? tf.add(product, bias) : product, [...x.shape.slice(0, -1), outputs])
  return lengths === undefined ? y : tf.mul(y, frameMask(lengths, x.shape[1] ?? 0))
}
