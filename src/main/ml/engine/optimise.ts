import { KalamosError } from '../../../shared/errors.ts'
import { shareOf, trainedRanges, type Layout } from './layout.ts'
import type { SharedNumbers } from './memory.ts'
import type { StepTask } from './tasks.ts'
import type { Team } from './team.ts'

/**
 * The end of a step, when every thread has its gradient in shared memory: each adds up its share of the weights over all
 * threads, and moves them by AdamW. Returns the norm of the mean gradient. Where loss or gradient is not a finite number,
 * no weight is moved and every thread throws `training-failed`.
 */
export function optimise(numbers: SharedNumbers, team: Team, layout: Layout, { options, step, active, part }: StepTask, index: number, loss: number): number {
  const { weights, first, second, gradients, optimiser } = numbers
  const share = shareOf(trainedRanges(layout, options.frozen ?? []), index, active)
  const sum = gradients[0]!
  team.barrier()
  let squares = 0
  for (const { from, to } of share) {
    for (let thread = 1; thread < active; thread++) optimiser.addBlock(to - from, address(gradients[thread]!, from), address(sum, from))
    squares += optimiser.squaredNorm(to - from, address(sum, from))
  }
  const [totalSquares, totalLoss] = team.reduce(Float64Array.of(squares, loss)) as unknown as [number, number]
  if (!Number.isFinite(totalLoss)) throw diverged(`the loss became ${totalLoss}`)
  if (!Number.isFinite(totalSquares)) throw diverged('the gradient is not a finite number')
  const norm = Math.sqrt(totalSquares) / part.totalRows
  const clip = options.clipNorm !== undefined && norm > options.clipNorm ? options.clipNorm / norm : 1
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01 } = options
  const rate = learningRate / (1 - beta1 ** step)
  const perRoot = 1 / Math.sqrt(1 - beta2 ** step)
  for (const { from, to } of share) {
    const blocks = [weights, sum, first, second].map((block) => address(block, from)) as [number, number, number, number]
    optimiser.adamw(to - from, ...blocks, rate, 1 - learningRate * weightDecay, beta1, beta2, epsilon, perRoot, clip / part.totalRows)
  }
  return norm
}

function address(block: Float32Array, index: number): number {
  return block.byteOffset + index * 4
}

function diverged(what: string): KalamosError {
  return new KalamosError('training-failed', `training went wrong: ${what}`, 'Use a lower learning rate, or look for recordings with wild values. The last checkpoint is kept.')
}
