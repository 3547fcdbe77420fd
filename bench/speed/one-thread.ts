import { layoutOf, write, type Layout } from '../../src/main/compute/engine/layout.ts'
import { allocate, SharedNumbers } from '../../src/main/compute/engine/memory.ts'
import { moveShared } from '../../src/main/compute/engine/optimiser/shared.ts'
import { buildProgram } from '../../src/main/compute/engine/registry.ts'
import { Runner } from '../../src/main/compute/engine/runner.ts'
import { splitBatch } from '../../src/main/compute/engine/split.ts'
import type { StepTask } from '../../src/main/compute/engine/tasks.ts'
import { planTeam, Team } from '../../src/main/compute/engine/team.ts'
import type { Batch } from '../../src/main/compute/engine/types.ts'
import type { ModelConfig } from '../../src/main/ml/models/index.ts'
import '../../src/main/ml/programs/index.ts'

/** A compute thread's work, done in this very thread, where it can be looked into. */
export class OneThread {
  readonly #runner: Runner
  readonly #numbers: SharedNumbers
  readonly #team: Team
  readonly #weights: Layout
  #version = 0

  private constructor(runner: Runner, numbers: SharedNumbers, team: Team, weights: Layout) {
    this.#runner = runner
    this.#numbers = numbers
    this.#team = team
    this.#weights = weights
  }

  static async start(model: ModelConfig): Promise<OneThread> {
    const program = { name: 'recogniser', config: { model } }
    const initial = buildProgram(program).initial(0)
    const [weights, state] = [layoutOf(initial.weights), layoutOf(initial.state)]
    const memory = allocate(weights.size, state.size, 1)
    const numbers = new SharedNumbers(memory)
    write(weights, initial.weights, numbers.weights)
    write(state, initial.state, numbers.state)
    const team = planTeam(1)
    const runner = await Runner.start({ program, backend: 'kernels', weights, state, memory, team, index: 0 })
    return new OneThread(runner, numbers, new Team(team, 0), weights)
  }

  async step(batch: Batch): Promise<void> {
    this.#version++
    await this.#runner.run(this.#task(batch))
  }

  /** The end of a step alone: the gradient's norm, and AdamW. */
  optimise(batch: Batch): void {
    moveShared(this.#numbers, this.#team, this.#weights, this.#task(batch), 0, 1)
  }

  async read(batch: Batch): Promise<void> {
    await this.#runner.run({
      kind: 'predict',
      part: splitBatch(batch, 1, true)[0]!,
      active: 1,
      version: this.#version,
      layers: [],
    })
  }

  dispose(): void {
    this.#runner.dispose()
  }

  #task(batch: Batch): StepTask {
    return {
      kind: 'step',
      part: splitBatch(batch, 1, true)[0]!,
      active: 1,
      version: this.#version,
      options: { learningRate: 1e-3 },
      seed: this.#version,
      step: this.#version,
    }
  }
}
