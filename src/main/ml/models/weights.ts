import type { NamedArrays } from '../../compute/engine/types.ts'
import type { ModelConfig } from './config.ts'
import { initialOtt } from './initial-ott.ts'
import { initialRewi } from './initial-rewi.ts'

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

/** Number of trained values. */
export function parameterCount(config: ModelConfig): number {
  return Object.values(initialWeights(config, 0)).reduce((sum, { values }) => sum + values.length, 0)
}

/** The same as it is counted in print: REWI's parallel depthwise kernels folded into the widest one. */
export function publishedCount(config: ModelConfig): number {
  const folded = Object.entries(initialWeights(config, 0)).filter(([name]) => /\.depthwise[13]$/.test(name))
  return parameterCount(config) - folded.reduce((sum, [, { values }]) => sum + values.length, 0)
}
