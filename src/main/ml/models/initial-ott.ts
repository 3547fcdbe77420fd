import type { NamedArrays } from '../../compute/engine/types.ts'
import type { OttConfig } from './config.ts'
import { InitialWeights, initialBilstm, initialConv, initialDense, initialNorm } from './initial.ts'

/** Fresh weights and running statistics. */
export function initialOtt(config: OttConfig, seed: number): { weights: NamedArrays; state: NamedArrays } {
  const weights = new InitialWeights(seed)
  const state = new InitialWeights(seed)
  for (let block = 0; block < config.blocks; block++) {
    initialConv(weights, `conv${block}`, config.kernel, block === 0 ? config.channels : config.filters, config.filters)
    initialNorm(weights, `norm${block}`, config.filters)
    state.constant(`norm${block}.mean`, config.filters, 0)
    state.constant(`norm${block}.variance`, config.filters, 1)
  }
  initialBilstm(weights, config.filters, config.hidden, config.layers)
  initialDense(weights, 'dense', 2 * config.hidden, config.dense)
  initialDense(weights, 'classes', config.dense, config.classes)
  return { weights: weights.arrays, state: state.arrays }
}
