import * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import type { Mode, NamedArrays, NamedTensors } from '../engine/types.ts'
import { InitialWeights } from '../models/initial.ts'
import { denseLayer, drop, initialConv, initialDense, initialNorm, meanOverTime, tensor } from '../models/layers.ts'
import type { Output } from '../models/index.ts'
import { activation, type Lengths } from '../ops/index.ts'
import { outputColumns, type ImageConfig } from './config.ts'
import { conv2d, instanceNorm2d, maxPool2d, type Pictures } from './conv2d.ts'

const KERNEL = 3
/** Gates start nearly shut, as in the family's published form: `tanh(a) * sigmoid(b - 2)`. */
const GATE_BIAS = 2

/** Fresh weights. All networks of this family keep no running state. */
export function initialImageNetwork(config: ImageConfig, seed: number): NamedArrays {
  const weights = new InitialWeights(seed)
  initialConv(weights, 'stem', KERNEL, KERNEL, config.stem)
  initialNorm(weights, 'stem.norm', config.stem)
  let inputs = config.stem
  config.blocks.forEach((channels, block) => {
    initialConv(weights, `block${block}`, KERNEL, KERNEL * inputs, 2 * channels)
    initialNorm(weights, `block${block}.norm`, 2 * channels)
    inputs = channels
  })
  initialDense(weights, 'features', inputs, config.features)
  initialDense(weights, 'classes', config.features, config.classes)
  return weights.arrays
}

/**
 * Reads pictures, `[rows, width, height]` with ink 1 and paper 0, `widths` valid columns each.
 * Layers by name: `block0`, `block1`, … as `[rows, columns, channels]` (mean over the height), `features`.
 */
export function forwardImages(config: ImageConfig, weights: NamedTensors, pictures: tf.Tensor3D, widths: Lengths, mode: Mode): Output {
  outputColumns(config, widths)
  const [rows, width, height] = pictures.shape
  if (height !== config.height) throw new KalamosError('invalid-input', `the pictures are ${height} pixels high, the network was made for ${config.height}`)
  const layers: Record<string, tf.Tensor> = {}
  let x = normed(weights, 'stem', convolved(weights, 'stem', { values: tf.reshape(pictures, [rows, width, height, 1]), widths }, 2))
  x = { ...x, values: activation(x.values, 'elu') }
  config.blocks.forEach((_, block) => {
    const name = `block${block}`
    x = gated(normed(weights, name, convolved(weights, name, x, 1)))
    if (config.pools.includes(block)) x = maxPool2d(x)
    layers[name] = tf.mean(x.values, 2)
  })
  const columns = drop(tf.mean(x.values, 2), config.dropout, mode, 300)
  if (config.head === 'class') {
    const features = activation(denseLayer(weights, 'features', meanOverTime(columns, x.widths)), 'elu')
    return { logits: denseLayer(weights, 'classes', features), lengths: x.widths, layers: { ...layers, features }, state: {} }
  }
  const features = activation(denseLayer(weights, 'features', columns, x.widths), 'elu')
  return { logits: denseLayer(weights, 'classes', features, x.widths), lengths: x.widths, layers: { ...layers, features }, state: {} }
}

function convolved(weights: NamedTensors, name: string, x: Pictures, stride: number): Pictures {
  return conv2d(x, tensor(weights, `${name}.kernel`), tensor(weights, `${name}.bias`), KERNEL, stride)
}

function normed(weights: NamedTensors, name: string, x: Pictures): Pictures {
  return instanceNorm2d(x, tensor(weights, `${name}.norm.gamma`), tensor(weights, `${name}.norm.beta`))
}

/** Half of the channels open and shut the other half. Zero stays zero, so columns behind a picture stay empty. */
function gated({ values, widths }: Pictures): Pictures {
  const [content, gate] = tf.split(values, 2, 3) as [tf.Tensor4D, tf.Tensor4D]
  return { values: tf.mul(tf.tanh(content), tf.sigmoid(tf.sub(gate, GATE_BIAS))), widths }
}
