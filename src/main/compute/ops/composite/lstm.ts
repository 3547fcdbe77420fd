import * as tf from '@tensorflow/tfjs'
import { frameMask, type Lengths } from '../lengths.ts'

/**
 * One direction of an LSTM from stock operations, frame by frame; a frame behind a row's length leaves its state alone.
 */
export function lstmComposite(x: tf.Tensor3D, lengths: Lengths, weights: LstmWeights, reverse: boolean): tf.Tensor3D {
  const [batch, time, inputs] = x.shape
  const hidden = weights.recurrent.shape[0]
  const mask = tf.unstack(frameMask(lengths, time), 1) as tf.Tensor2D[]
  const projected = tf.add(tf.matMul(tf.reshape(x, [batch * time, inputs]), weights.input), weights.bias)
  const gates = tf.unstack(tf.reshape(projected, [batch, time, 4 * hidden]), 1) as tf.Tensor2D[]
  const outputs: tf.Tensor2D[] = new Array(time)
  let h = tf.zeros([batch, hidden]) as tf.Tensor2D
  let c = h
  for (let step = 0; step < time; step++) {
    const at = reverse ? time - 1 - step : step
    const [i, f, g, o] = tf.split(tf.add(gates[at]!, tf.matMul(h, weights.recurrent)), 4, 1) as [
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor2D,
    ]
    const cell = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)))
    const valid = mask[at]!
    c = tf.mul(cell, valid)
    h = tf.mul(tf.mul(tf.sigmoid(o), tf.tanh(cell)), valid)
    outputs[at] = h
  }
  return tf.stack(outputs, 1) as tf.Tensor3D
}

/**
 * Weights of one direction. The four gates stand in PyTorch's order, input, forget, cell, output.
 * `bias` is the sum of PyTorch's two biases (`bias_ih + bias_hh`), which no computation can tell apart.
 */
export interface LstmWeights {
  /** `[in, 4 * hidden]`, the transpose of PyTorch's `weight_ih`. */
  input: tf.Tensor2D
  /** `[hidden, 4 * hidden]`, the transpose of PyTorch's `weight_hh`. */
  recurrent: tf.Tensor2D
  /** `[4 * hidden]`. */
  bias: tf.Tensor1D
}
