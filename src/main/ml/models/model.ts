import type * as tf from '@tensorflow/tfjs'
import type { Mode, NamedArrays, NamedTensors } from '../engine/types.ts'
import type { Lengths } from '../ops/index.ts'
import { outputLengths, type ModelConfig } from './config.ts'
import { forwardOtt, initialOtt } from './ott.ts'
import { forwardRewi, initialRewi } from './rewi.ts'

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

/** Freshly drawn weights of a model, and its state: what is kept but not trained (running statistics). */
export function initialModel(config: ModelConfig, seed: number): { weights: NamedArrays; state: NamedArrays } {
  return config.kind === 'ott' ? initialOtt(config, seed) : initialRewi(config, seed)
}

/** `initialModel(...).weights`. */
export function initialWeights(config: ModelConfig, seed: number): NamedArrays {
  return initialModel(config, seed).weights
}

/** `initialModel(...).state`. */
export function initialState(config: ModelConfig): NamedArrays {
  return initialModel(config, 0).state
}

/**
 * Runs a model on frames `[batch, time, channels]`; `weights` holds weights and state by name.
 * Throws `empty-recording` for a row that is too short for the model.
 */
export function forward(config: ModelConfig, weights: NamedTensors, x: tf.Tensor3D, lengths: Lengths, mode: Mode): Output {
  outputLengths(config, lengths)
  return config.kind === 'ott' ? forwardOtt(config, weights, x, lengths, mode) : forwardRewi(config, weights, x, lengths, mode)
}

/** Number of trained values. */
export function parameterCount(config: ModelConfig): number {
  return Object.values(initialWeights(config, 0)).reduce((sum, { values }) => sum + values.length, 0)
}

/** The same as it is counted in print: REWI's parallel depthwise kernels folded into the widest one. */
export function publishedCount(config: ModelConfig): number {
  const folded = Object.entries(initialWeights(config, 0)).filter(([name]) => /\.depthwise[13]$/.test(name))
  return parameterCount(config) - folded.reduce((sum, [, { values }]) => sum + values.length, 0)
}
