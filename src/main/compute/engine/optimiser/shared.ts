import * as tf from '@tensorflow/tfjs'
import { adoptFloats, readFloats } from '../../kernels/transfer.ts'
import { adamwFactors } from '../../ops/adamw.ts'
import { shareOf, trainedRanges, type Layout } from '../layout.ts'
import { readLoss } from '../loss.ts'
import type { SharedNumbers } from '../memory.ts'
import type { LossSums, StepTask, ThreadSetup } from '../tasks.ts'
import type { Team } from '../team.ts'
import type { NamedTensors } from '../types.ts'
import { diverged, type Optimiser, type Outcome } from './optimiser.ts'

/** Weights, moments and state in shared memory, moved by all threads together; each has tensors of its own. */
export class SharedOptimiser implements Optimiser {
  readonly #setup: ThreadSetup
  readonly #numbers: SharedNumbers
  readonly #team: Team
  readonly #tensors: NamedTensors = {}
  #version = -1

  constructor(setup: ThreadSetup, numbers: SharedNumbers, team: Team) {
    this.#setup = setup
    this.#numbers = numbers
    this.#team = team
  }

  tensors(version: number): NamedTensors {
    if (version === this.#version) return this.#tensors
    this.#load(this.#setup.weights, this.#numbers.weights)
    this.#load(this.#setup.state, this.#numbers.state)
    this.#version = version
    return this.#tensors
  }

  async step({ names, gradients, loss }: Outcome, task: StepTask): Promise<LossSums> {
    const { index, weights, state } = this.#setup
    const offsets = new Map(weights.entries.map(({ name, offset }) => [name, offset]))
    try {
      await readFloats(
        gradients.map((tensor, i) => ({ tensor, offset: offsets.get(names[i]!)! })),
        this.#numbers.gradients[index]!,
      )
    } finally {
      tf.dispose(gradients)
    }
    const sums = await readLoss(loss)
    const fresh = await readState(state, loss.state ?? {})
    const gradientNorm = moveShared(this.#numbers, this.#team, weights, task, index, sums.loss)
    if (index === 0) for (const [offset, values] of fresh) this.#numbers.state.set(values, offset)
    return { ...sums, gradientNorm }
  }

  /** Everything is there already. */
  async publish(): Promise<void> {}

  dispose(): void {
    tf.dispose(Object.values(this.#tensors))
  }

  #load(layout: Layout, block: Float32Array): void {
    for (const { name, shape, offset, size } of layout.entries) {
      this.#tensors[name] = adoptFloats(this.#tensors[name], block.subarray(offset, offset + size), shape)
    }
  }
}

/**
 * The end of a step, when every thread has its gradient in shared memory: each adds up its share of the weights over
 * all threads, and moves them by AdamW. Returns the norm of the mean gradient. Where loss or gradient is not a finite
 * number, no weight is moved and every thread throws `training-failed`.
 */
export function moveShared(
  numbers: SharedNumbers,
  team: Team,
  layout: Layout,
  { options, step, active, part }: StepTask,
  index: number,
  loss: number,
): number {
  const { weights, first, second, gradients, optimiser } = numbers
  const share = shareOf(trainedRanges(layout, options.frozen ?? []), index, active)
  const sum = gradients[0]!
  team.barrier()
  let squares = 0
  for (const { from, to } of share) {
    for (let thread = 1; thread < active; thread++)
      optimiser.addBlock(to - from, address(gradients[thread]!, from), address(sum, from))
    squares += optimiser.squaredNorm(to - from, address(sum, from))
  }
  const [totalSquares, totalLoss] = team.reduce(Float64Array.of(squares, loss)) as unknown as [number, number]
  if (!Number.isFinite(totalLoss)) throw diverged(`the loss became ${totalLoss}`)
  if (!Number.isFinite(totalSquares)) throw diverged('the gradient is not a finite number')
  const norm = Math.sqrt(totalSquares) / part.totalRows
  const clip = options.clipNorm !== undefined && norm > options.clipNorm ? options.clipNorm / norm : 1
  const { rate, shrink, beta1, beta2, epsilon, perRoot } = adamwFactors(options, step)
  for (const { from, to } of share) {
    const blocks = [weights, sum, first, second].map((block) => address(block, from)) as [
      number,
      number,
      number,
      number,
    ]
    optimiser.adamw(to - from, ...blocks, rate, shrink, beta1, beta2, epsilon, perRoot, clip / part.totalRows)
  }
  return norm
}

function address(block: Float32Array, index: number): number {
  return block.byteOffset + index * 4
}

async function readState(layout: Layout, state: NamedTensors): Promise<[offset: number, values: Float32Array][]> {
  const read: [number, Float32Array][] = []
  for (const { name, offset } of layout.entries) {
    const tensor = state[name]
    if (tensor) read.push([offset, (await tensor.data()) as Float32Array])
  }
  return read
}
