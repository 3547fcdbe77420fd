import type { NamedArrays } from '../../compute/engine/types.ts'
import type { RewiConfig } from './config.ts'
import { InitialWeights, initialBilstm, initialConv, initialDense, initialNorm } from './initial.ts'

/** Widths of the parallel depthwise convolutions of a block. */
export const BRANCHES = [1, 3, 5] as const

/** Fresh weights; the model has no running statistics. */
export function initialRewi(config: RewiConfig, seed: number): { weights: NamedArrays; state: NamedArrays } {
  const weights = new InitialWeights(seed)
  let inputs = config.channels
  config.widths.forEach((width, stage) => {
    initialConv(weights, `stage${stage}`, 2, inputs, width)
    if (config.affine) initialNorm(weights, `stage${stage}.norm`, width)
    for (let block = 0; block < config.depth; block++) {
      const name = `stage${stage}.block${block}`
      const inner = width * config.expand
      for (const branch of BRANCHES) weights.uniform(`${name}.depthwise${branch}`, [branch, inner], branch)
      if (config.affine) initialNorm(weights, `${name}.norm`, inner)
      initialConv(weights, `${name}.pointwise`, 1, inner, width)
    }
    inputs = width
  })
  initialBilstm(weights, inputs, config.hidden, config.layers)
  initialDense(weights, 'classes', 2 * config.hidden, config.classes)
  return { weights: weights.arrays, state: {} }
}
