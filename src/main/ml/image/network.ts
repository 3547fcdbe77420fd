import * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import type { Mode, NamedArrays, NamedTensors } from '../../compute/engine/types.ts'
import { InitialWeights, initialConv, initialDense, initialNorm } from '../models/initial.ts'
import { denseLayer, tensor } from '../models/layers.ts'
import type { Output } from '../models/index.ts'
import { activation, dropout, type Lengths } from '../../compute/ops/index.ts'
import { outputColumns, type ImageConfig } from './config.ts'
import { conv2d, instanceNorm2d, maxPool2d, type Pictures } from './conv2d.ts'
import { resampleTime } from './resample.ts'

const KERNEL = 3
/** Gates start nearly shut, as in the family's published form: `tanh(a) * sigmoid(b - 2)`. */
const GATE_BIAS = 2
/** Where across a picture the `class` head looks. */
const PLACES = 4
/** Sets this network's dropout apart from that of the pen's network in the same step. */
const DROPOUT_PLACE = 300

/** Fresh weights. All networks of this family keep no running state. */
export function initialImageNetwork(config: ImageConfig, seed: number): NamedArrays {
  const weights = new InitialWeights(seed)
  initialConv(weights, 'stem', KERNEL, KERNEL, config.stem)
  initialNorm(weights, 'stem.norm', config.stem)
  let inputs = config.stem
  config.blocks.forEach((channels, block) => {
    initialConv(weights, `block${block}`, KERNEL, KERNEL * inputs, 2 * channels)
    initialNorm(weights, `block${block}.norm`, channels)
    inputs = channels
  })
  initialDense(
    weights,
    'features',
    config.head === 'class' ? PLACES * finalHeight(config) * inputs : inputs,
    config.features,
  )
  initialDense(weights, 'classes', config.features, config.classes)
  return weights.arrays
}

/**
 * Reads pictures, `[rows, width, height]` with ink 1 and paper 0, `widths` valid columns each.
 * Layers by name: `block0`, `block1`, … as `[rows, columns, channels]` (mean over the height), `features`.
 */
export function forwardImages(
  config: ImageConfig,
  weights: NamedTensors,
  pictures: tf.Tensor3D,
  widths: Lengths,
  mode: Mode,
): Output {
  outputColumns(config, widths)
  const [rows, width, height] = pictures.shape
  if (height !== config.height)
    throw new KalamosError(
      'invalid-input',
      `the pictures are ${height} pixels high, the network was made for ${config.height}`,
    )
  const layers: Record<string, tf.Tensor> = {}
  let x = normed(
    weights,
    'stem',
    convolved(weights, 'stem', { values: tf.reshape(pictures, [rows, width, height, 1]), widths }, 2),
  )
  config.blocks.forEach((_, block) => {
    const name = `block${block}`
    x = normed(weights, name, gated(convolved(weights, name, x, 1)))
    if (config.pools.includes(block)) x = maxPool2d(x)
    layers[name] = tf.mean(x.values, 2)
  })
  if (config.head === 'class') {
    const features = activation(denseLayer(weights, 'features', dropped(atPlaces(x), config.dropout, mode)), 'elu')
    return {
      logits: denseLayer(weights, 'classes', features),
      lengths: x.widths,
      layers: { ...layers, features },
      state: {},
    }
  }
  const columns = dropped(tf.mean(x.values, 2) as tf.Tensor3D, config.dropout, mode)
  const features = activation(denseLayer(weights, 'features', columns, x.widths), 'elu')
  return {
    logits: denseLayer(weights, 'classes', features, x.widths),
    lengths: x.widths,
    layers: { ...layers, features },
    state: {},
  }
}

function convolved(weights: NamedTensors, name: string, x: Pictures, stride: number): Pictures {
  return conv2d(x, tensor(weights, `${name}.kernel`), tensor(weights, `${name}.bias`), KERNEL, stride)
}

function normed(weights: NamedTensors, name: string, x: Pictures): Pictures {
  const { values, widths } = instanceNorm2d(
    x,
    tensor(weights, `${name}.norm.gamma`),
    tensor(weights, `${name}.norm.beta`),
  )
  return { values: activation(values, 'elu'), widths }
}

/**
 * A whole picture as one vector, `[rows, PLACES * height * channels]`: what is seen at evenly spread places from left
 * to right.
 */
function atPlaces({ values, widths }: Pictures): tf.Tensor2D {
  const [rows, columns, height, channels] = values.shape
  const sequence = { values: tf.reshape(values, [rows, columns, height * channels]) as tf.Tensor3D, lengths: widths }
  return tf.reshape(
    resampleTime(
      sequence,
      widths.map(() => PLACES),
    ).values,
    [rows, PLACES * height * channels],
  )
}

function dropped<T extends tf.Tensor>(x: T, rate: number, mode: Mode): T {
  return mode.training ? dropout(x, rate, { seed: mode.seed * 1000 + DROPOUT_PLACE, rowOffset: mode.rowOffset }) : x
}

function finalHeight({ height, pools }: ImageConfig): number {
  return pools.reduce((lines) => Math.floor(lines / 2), Math.ceil(height / 2))
}

/** Half of the channels open and shut the other half. Zero stays zero, so columns behind a picture stay empty. */
function gated({ values, widths }: Pictures): Pictures {
  const [content, gate] = tf.split(values, 2, 3) as [tf.Tensor4D, tf.Tensor4D]
  return { values: tf.mul(tf.tanh(content), tf.sigmoid(tf.sub(gate, GATE_BIAS))), widths }
}
