import type * as tf from '@tensorflow/tfjs'
import type { Mode, NamedTensors } from '../../compute/engine/types.ts'
import { activation, batchNorm, maxPool1d, poolLengths, type Lengths } from '../../compute/ops/index.ts'
import type { OttConfig } from './config.ts'
import { conv, denseLayer, drop, meanOverTime, stackedBilstm, tensor } from './layers.ts'
import type { Output } from './output.ts'

/** Blocks of [convolution, ReLU, max-pool, batch norm, dropout], BiLSTM layers, two dense layers. */
export function forwardOtt(
  config: OttConfig,
  weights: NamedTensors,
  input: tf.Tensor3D,
  inputLengths: Lengths,
  mode: Mode,
): Output {
  let x = input
  let lengths = inputLengths
  const layers: Record<string, tf.Tensor> = {}
  const state: NamedTensors = {}
  for (let block = 0; block < config.blocks; block++) {
    x = activation(conv(weights, `conv${block}`, x, { lengths }), 'relu')
    x = maxPool1d(x, 2, lengths)
    lengths = poolLengths(lengths, 2)
    const norm = `norm${block}`
    const running = {
      mean: tensor<tf.Tensor1D>(weights, `${norm}.mean`),
      variance: tensor<tf.Tensor1D>(weights, `${norm}.variance`),
    }
    const { y, mean, variance } = batchNorm(
      x,
      tensor(weights, `${norm}.gamma`),
      tensor(weights, `${norm}.beta`),
      running,
      { ...mode, lengths },
    )
    Object.assign(state, { [`${norm}.mean`]: mean, [`${norm}.variance`]: variance })
    x = drop(y, config.dropout, mode, block)
    layers[`cnn${block}`] = x
  }
  x = stackedBilstm(weights, x, lengths, config.layers, config.dropout, mode)
  layers['lstm'] = x
  if (config.head === 'class') {
    const pooled = denseLayer(weights, 'dense', meanOverTime(x, lengths))
    return { logits: denseLayer(weights, 'classes', pooled), lengths, layers: { ...layers, dense: pooled }, state }
  }
  const features = denseLayer(weights, 'dense', x, lengths)
  return {
    logits: denseLayer(weights, 'classes', features, lengths),
    lengths,
    layers: { ...layers, dense: features },
    state,
  }
}
