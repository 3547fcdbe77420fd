import type * as tf from '@tensorflow/tfjs'
import type { Mode, NamedTensors } from '../../compute/engine/types.ts'
import type { Lengths } from '../../compute/ops/index.ts'
import { outputLengths, type ModelConfig } from './config.ts'
import { forwardOtt } from './ott.ts'
import { forwardRewi } from './rewi.ts'

export interface Output {
  /** `[batch, frames, classes]`, or `[batch, classes]` with the `class` head. No softmax. */
  logits: tf.Tensor3D | tf.Tensor2D
  /** Valid output frames of each row. */
  lengths: Lengths
  /** What lies between, by name, for embeddings: `cnn0`, `cnn1`, …, `lstm`, `dense`. */
  layers: Record<string, tf.Tensor>
  /** New running statistics. */
  state: NamedTensors
}

/**
 * Runs a model on frames `[batch, time, channels]`; `weights` holds weights and state by name.
 * Throws `empty-recording` for a row that is too short for the model.
 */
export function forward(config: ModelConfig, weights: NamedTensors, x: tf.Tensor3D, lengths: Lengths, mode: Mode): Output {
  outputLengths(config, lengths)
  return config.kind === 'ott' ? forwardOtt(config, weights, x, lengths, mode) : forwardRewi(config, weights, x, lengths, mode)
}
