import * as tf from '@tensorflow/tfjs'
import type { Mode, NamedTensors } from '../../compute/engine/types.ts'
import {
  bilstm,
  conv1d,
  dense,
  dropout,
  type Lengths,
  type LstmWeights,
  type Padding,
} from '../../compute/ops/index.ts'
import { frameMask } from '../../compute/ops/lengths.ts'

/** One tensor of a named record; a missing name is a defect of the caller. */
export function tensor<T extends tf.Tensor>(weights: NamedTensors, name: string): T {
  const found = weights[name]
  if (!found) throw new Error(`the weights hold no "${name}"`)
  return found as T
}

export function conv(
  weights: NamedTensors,
  name: string,
  x: tf.Tensor3D,
  options: { stride?: number; padding?: Padding; lengths: Lengths },
): tf.Tensor3D {
  return conv1d(x, tensor(weights, `${name}.kernel`), tensor(weights, `${name}.bias`), options)
}

export function denseLayer<T extends tf.Tensor2D | tf.Tensor3D>(
  weights: NamedTensors,
  name: string,
  x: T,
  lengths?: Lengths,
): T {
  return dense(x, tensor(weights, `${name}.weight`), tensor(weights, `${name}.bias`), lengths)
}

/** The stacked layers, with dropout between them as in PyTorch; `[batch, time, 2 * hidden]`. */
export function stackedBilstm(
  weights: NamedTensors,
  x: tf.Tensor3D,
  lengths: Lengths,
  layers: number,
  rate: number,
  mode: Mode,
): tf.Tensor3D {
  let y = x
  for (let layer = 0; layer < layers; layer++) {
    if (layer > 0) y = drop(y, rate, mode, 100 + layer)
    y = bilstm(y, lengths, lstmWeights(weights, `lstm${layer}.forward`), lstmWeights(weights, `lstm${layer}.backward`))
  }
  return y
}

function lstmWeights(weights: NamedTensors, name: string): LstmWeights {
  return {
    input: tensor(weights, `${name}.input`),
    recurrent: tensor(weights, `${name}.recurrent`),
    bias: tensor(weights, `${name}.bias`),
  }
}

/** Dropout in training; `layer` sets this place's pattern apart from the others of a step. */
export function drop(x: tf.Tensor3D, rate: number, mode: Mode, layer: number): tf.Tensor3D {
  return mode.training ? dropout(x, rate, { seed: mode.seed * 1000 + layer, rowOffset: mode.rowOffset }) : x
}

/** Mean over each row's valid frames: `[batch, time, channels]` -> `[batch, channels]`. */
export function meanOverTime(x: tf.Tensor3D, lengths: Lengths): tf.Tensor2D {
  const counts = tf.tensor2d(
    Float32Array.from(lengths, (frames) => Math.max(frames, 1)),
    [lengths.length, 1],
  )
  return tf.div(tf.sum(tf.mul(x, frameMask(lengths, x.shape[1])), 1), counts)
}
