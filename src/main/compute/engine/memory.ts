import { instantiateOptimiser } from '../kernels/wasm/module.ts'
import type { OptimiserExports } from '../kernels/wasm/exports.ts'
import { KalamosError } from '../../../shared/errors.ts'

const PAGE = 65_536
const MAXIMUM_PAGES = 65_536

/** What threads need to find their way in the shared memory. */
export interface MemoryPlan {
  memory: WebAssembly.Memory
  weights: number
  state: number
  /** Gradients that there is room for, one a thread. */
  threads: number
}

/** The numbers that all threads share: weights, the optimiser's moments, state, and a gradient of each thread. */
export class SharedNumbers {
  readonly plan: MemoryPlan
  readonly weights: Float32Array
  readonly first: Float32Array
  readonly second: Float32Array
  /** Weights, first and second moments, one behind the other. */
  readonly trained: Float32Array
  readonly state: Float32Array
  readonly gradients: readonly Float32Array[]
  readonly optimiser: OptimiserExports

  constructor(plan: MemoryPlan) {
    this.plan = plan
    let at = 0
    const next = (floats: number) => {
      const view = new Float32Array(plan.memory.buffer, at, floats)
      at += floats * 4
      return view
    }
    this.weights = next(plan.weights)
    this.first = next(plan.weights)
    this.second = next(plan.weights)
    this.trained = new Float32Array(plan.memory.buffer, 0, 3 * plan.weights)
    this.gradients = Array.from({ length: plan.threads }, () => next(plan.weights))
    this.state = next(plan.state)
    this.optimiser = instantiateOptimiser(plan.memory)
  }
}

/** Shared memory for a model; throws `out-of-memory` where the machine has not got it. */
export function allocate(weights: number, state: number, threads: number): MemoryPlan {
  const bytes = 4 * (weights * (3 + threads) + state)
  try {
    const initial = Math.max(1, Math.ceil(bytes / PAGE))
    return {
      memory: new WebAssembly.Memory({ initial, maximum: MAXIMUM_PAGES, shared: true }),
      weights,
      state,
      threads,
    }
  } catch (error) {
    throw new KalamosError(
      'out-of-memory',
      `no room for a model of ${Math.round(bytes / 2 ** 20)} MB with its optimiser`,
      'Use fewer threads or a smaller model.',
      { cause: error },
    )
  }
}
