import * as tf from '@tensorflow/tfjs'
import type { Mode, NamedTensors } from '../../compute/engine/types.ts'
import { activation, convLengths, depthwiseConv1d, instanceNorm, type Lengths } from '../../compute/ops/index.ts'
import type { RewiConfig } from './config.ts'
import { BRANCHES } from './initial-rewi.ts'
import { conv, denseLayer, drop, meanOverTime, stackedBilstm, tensor } from './layers.ts'
import type { Output } from './output.ts'

const WIDEST = 5

/**
 * Stages of [strided convolution, instance norm, depthwise-separable blocks], BiLSTM layers, one dense layer. With
 * `expand: 2` and no affine norms it has the published number of weights once the depthwise branches are folded.
 */
export function forwardRewi(
  config: RewiConfig,
  weights: NamedTensors,
  input: tf.Tensor3D,
  inputLengths: Lengths,
  mode: Mode,
): Output {
  let x = input
  let lengths = inputLengths
  const layers: Record<string, tf.Tensor> = {}
  config.widths.forEach((_, stage) => {
    x = conv(weights, `stage${stage}`, x, { stride: 2, padding: 'valid', lengths })
    lengths = convLengths(lengths, 2, 2, 'valid')
    x = norm(weights, `stage${stage}.norm`, x, lengths)
    for (let block = 0; block < config.depth; block++) {
      x = tf.add(x, residual(config, weights, `stage${stage}.block${block}`, x, lengths, mode, 10 * stage + block))
    }
    layers[`cnn${stage}`] = x
  })
  x = stackedBilstm(weights, x, lengths, config.layers, config.dropout, mode)
  layers['lstm'] = x
  const logits =
    config.head === 'class'
      ? denseLayer(weights, 'classes', meanOverTime(x, lengths))
      : denseLayer(weights, 'classes', x, lengths)
  return { logits, lengths, layers, state: {} }
}

function residual(
  config: RewiConfig,
  weights: NamedTensors,
  name: string,
  x: tf.Tensor3D,
  lengths: Lengths,
  mode: Mode,
  layer: number,
): tf.Tensor3D {
  const spread = depthwiseConv1d(x, foldedBranches(weights, name), null, { lengths })
  const mixed = conv(weights, `${name}.pointwise`, norm(weights, `${name}.norm`, spread, lengths), { lengths })
  return drop(activation(mixed, 'gelu'), config.dropout, mode, layer)
}

/**
 * Parallel convolutions add up, so their kernels may be added first: one convolution instead of three, in training too.
 * They have no bias: the norm behind them would take it away again.
 */
function foldedBranches(weights: NamedTensors, name: string): tf.Tensor2D {
  return tf.addN(
    BRANCHES.map((branch) => {
      const margin = (WIDEST - branch) / 2
      return tf.pad(tensor<tf.Tensor2D>(weights, `${name}.depthwise${branch}`), [
        [margin, margin],
        [0, 0],
      ])
    }),
  )
}

function norm(weights: NamedTensors, name: string, x: tf.Tensor3D, lengths: Lengths): tf.Tensor3D {
  const affine = `${name}.gamma` in weights
  return instanceNorm(
    x,
    affine ? tensor(weights, `${name}.gamma`) : null,
    affine ? tensor(weights, `${name}.beta`) : null,
    lengths,
  )
}
