import * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import { lstmComposite } from './composite/lstm.ts'
import { checkLengths, type Lengths } from './lengths.ts'

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

/** LSTM over whole sequences from a zero state: x `[batch, time, in]` -> `[batch, time, hidden]`; reversed, a row starts at its last valid frame. */
export function lstm(x: tf.Tensor3D, lengths: Lengths, weights: LstmWeights, options: { reverse?: boolean } = {}): tf.Tensor3D {
  check(x, lengths, weights)
  return lstmComposite(x, lengths, weights, options.reverse ?? false)
}

/** Both directions side by side: x `[batch, time, in]` -> `[batch, time, 2 * hidden]`, the forward half first. */
export function bilstm(x: tf.Tensor3D, lengths: Lengths, forward: LstmWeights, backward: LstmWeights): tf.Tensor3D {
  check(x, lengths, forward)
  check(x, lengths, backward)
  return tf.concat([lstmComposite(x, lengths, forward, false), lstmComposite(x, lengths, backward, true)], 2)
}

function check(x: tf.Tensor3D, lengths: Lengths, { input, recurrent, bias }: LstmWeights): void {
  checkLengths(lengths, x.shape[0], x.shape[1])
  const hidden = recurrent.shape[0]
  if (input.shape[0] !== x.shape[2] || input.shape[1] !== 4 * hidden || recurrent.shape[1] !== 4 * hidden || bias.shape[0] !== 4 * hidden) {
    throw new KalamosError(
      'invalid-input',
      `LSTM weights [${input.shape.join(', ')}], [${recurrent.shape.join(', ')}], [${bias.shape.join(', ')}] do not fit an input of ${x.shape[2]} channels`,
    )
  }
}
