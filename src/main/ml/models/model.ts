import type * as tf from '@tensorflow/tfjs'
import type { Mode, NamedTensors } from '../../compute/engine/types.ts'
import type { Lengths } from '../../compute/ops/index.ts'
import { outputLengths, type ModelConfig } from './config.ts'
import { forwardOtt } from './ott.ts'
import { forwardRewi } from './rewi.ts'
import type { Output } from './output.ts'

/**
 * Runs a model on frames `[batch, time, channels]`; `weights` holds weights and state by name.
 * Throws `empty-recording` for a row that is too short for the model.
 */
export function forward(
  config: ModelConfig,
  weights: NamedTensors,
  x: tf.Tensor3D,
  lengths: Lengths,
  mode: Mode,
): Output {
  outputLengths(config, lengths)
  return config.kind === 'ott'
    ? forwardOtt(config, weights, x, lengths, mode)
    : forwardRewi(config, weights, x, lengths, mode)
}
