import * as tf from '@tensorflow/tfjs'
import type { Mode, NamedArrays, NamedTensors } from '../engine/types.ts'
import { activation, convLengths, depthwiseConv1d, instanceNorm, type Lengths } from '../ops/index.ts'
import type { RewiConfig } from './config.ts'
import { InitialWeights } from './initial.ts'
import { conv, denseLayer, drop, initialBilstm, initialConv, initialDense, initialNorm, meanOverTime, stackedBilstm, tensor } from './layers.ts'
import type { Output } from './model.ts'

/** Widths of the parallel depthwise convolutions of a block. */
const BRANCHES = [1, 3, 5] as const
const WIDEST = 5

/** Fresh weights; the model has no running statistics. */
export function initialRewi(config: RewiConfig, seed: number): { weights: NamedArrays; state: NamedArrays } {
  const weights = new InitialWeights(seed)
  let inputs = config.channels
  config.widths.forEach((width, stage) => {
    initialConv(weights, `stage${stage}`, 2, inputs, width)
    initialNorm(weights, `stage${stage}.norm`, width)
    for (let block = 0; block < config.depth; block++) {
      const name = `stage${stage}.block${block}`
      for (const branch of BRANCHES) {
        weights.uniform(`${name}.depthwise${branch}.kernel`, [branch, width], branch)
        weights.uniform(`${name}.depthwise${branch}.bias`, [width], branch)
      }
      initialNorm(weights, `${name}.norm`, width)
      initialConv(weights, `${name}.pointwise`, 1, width, width)
    }
    inputs = width
  })
  initialBilstm(weights, inputs, config.hidden, config.layers)
  initialDense(weights, 'classes', 2 * config.hidden, config.classes)
  return { weights: weights.arrays, state: {} }
}

/** Stages of [strided convolution, instance norm, depthwise-separable blocks], BiLSTM layers, one dense layer. */
export function forwardRewi(config: RewiConfig, weights: NamedTensors, input: tf.Tensor3D, inputLengths: Lengths, mode: Mode): Output {
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
  const logits = config.head === 'class' ? denseLayer(weights, 'classes', meanOverTime(x, lengths)) : denseLayer(weights, 'classes', x, lengths)
  return { logits, lengths, layers, state: {} }
}

function residual(config: RewiConfig, weights: NamedTensors, name: string, x: tf.Tensor3D, lengths: Lengths, mode: Mode, layer: number): tf.Tensor3D {
  const { kernel, bias } = foldedBranches(weights, name)
  const mixed = norm(weights, `${name}.norm`, depthwiseConv1d(x, kernel, bias, { lengths }), lengths)
  return drop(activation(conv(weights, `${name}.pointwise`, mixed, { lengths }), 'gelu'), config.dropout, mode, layer)
}

/** Parallel convolutions add up, so their kernels may be added first: one convolution instead of three, in training too. */
function foldedBranches(weights: NamedTensors, name: string): { kernel: tf.Tensor2D; bias: tf.Tensor1D } {
  const kernels = BRANCHES.map((branch) => {
    const margin = (WIDEST - branch) / 2
    return tf.pad(tensor<tf.Tensor2D>(weights, `${name}.depthwise${branch}.kernel`), [[margin, margin], [0, 0]])
  })
  const biases = BRANCHES.map((branch) => tensor<tf.Tensor1D>(weights, `${name}.depthwise${branch}.bias`))
  return { kernel: tf.addN(kernels), bias: tf.addN(biases) }
}

function norm(weights: NamedTensors, name: string, x: tf.Tensor3D, lengths: Lengths): tf.Tensor3D {
  return instanceNorm(x, tensor(weights, `${name}.gamma`), tensor(weights, `${name}.beta`), lengths)
}
