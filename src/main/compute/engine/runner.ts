import * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import { useBackend } from '../backend.ts'
import { explainFailure } from '../kernels/wasm/memory.ts'
import { isFrozen } from './layout.ts'
import { disposeLoss, keepLoss, readLoss } from './loss.ts'
import { SharedNumbers } from './memory.ts'
import { DeviceOptimiser } from './optimiser/device.ts'
import { staysOnDevice, type Optimiser } from './optimiser/optimiser.ts'
import { SharedOptimiser } from './optimiser/shared.ts'
import { buildProgram } from './registry.ts'
import type { BatchPart } from './split.ts'
import type { EvaluateTask, LossSums, PredictTask, StepTask, Task, TaskResults, ThreadSetup } from './tasks.ts'
import { Team } from './team.ts'
import type { Loss, Mode, NamedTensors, PredictedArrays, Program, TensorBatch } from './types.ts'

/** One thread's part of every task: its rows forwards and, in a step, backwards; the optimiser does the rest. */
export class Runner {
  readonly team: Team
  readonly #program: Program
  readonly #setup: ThreadSetup
  readonly #optimiser: Optimiser

  private constructor(setup: ThreadSetup) {
    this.#setup = setup
    this.#program = buildProgram(setup.program)
    this.team = new Team(setup.team, setup.index)
    const numbers = new SharedNumbers(setup.memory)
    this.#optimiser = staysOnDevice(setup.backend)
      ? new DeviceOptimiser(setup, numbers)
      : new SharedOptimiser(setup, numbers, this.team)
  }

  /** Activates the backend in this thread and builds the program. */
  static async start(setup: ThreadSetup): Promise<Runner> {
    await useBackend(setup.backend)
    return new Runner(setup)
  }

  async run<Kind extends Task['kind']>(task: Extract<Task, { kind: Kind }>): Promise<TaskResults[Kind]>
  async run(task: Task): Promise<TaskResults[Task['kind']]> {
    this.team.begin(task.active)
    try {
      const tensors = this.#optimiser.tensors(task.version)
      switch (task.kind) {
        case 'step':
          return await this.#step(task, tensors)
        case 'evaluate':
          return await this.#evaluate(task, tensors)
        case 'predict':
          return await this.#predict(task, tensors)
        case 'publish':
          await this.#optimiser.publish()
          return undefined
      }
    } catch (error) {
      this.team.abort()
      throw explainFailure(error)
    }
  }

  dispose(): void {
    this.#optimiser.dispose()
  }

  async #step(task: StepTask, tensors: NamedTensors): Promise<LossSums> {
    const { part, options } = task
    const { frozen = [] } = options
    const names = this.#setup.weights.entries.map(({ name }) => name).filter((name) => !isFrozen(name, frozen))
    const batch = tensorBatch(part)
    let loss: Loss | undefined
    const scalar = (...trained: tf.Tensor[]): tf.Scalar => {
      const weights = { ...tensors, ...Object.fromEntries(names.map((name, index) => [name, trained[index]!])) }
      loss = this.#program.loss(weights, batch, this.#mode(part, true, task.seed))
      keepLoss(loss)
      return loss.loss
    }
    try {
      const { grads } = tf.valueAndGrads(scalar)(names.map((name) => tensors[name]!))
      return await this.#optimiser.step({ names, gradients: grads, loss: loss! }, task)
    } finally {
      disposeBatch(batch)
      if (loss) disposeLoss(loss)
    }
  }

  async #evaluate({ part }: EvaluateTask, tensors: NamedTensors): Promise<LossSums> {
    const batch = tensorBatch(part)
    let result: Loss | undefined
    try {
      tf.tidy(() => {
        // Its state is left: without training it may be the very tensors that this runner keeps.
        const { loss, parts } = this.#program.loss(tensors, batch, this.#mode(part, false, 0))
        result = parts ? { loss, parts } : { loss }
        keepLoss(result)
      })
      return { ...(await readLoss(result!)), gradientNorm: 0 }
    } finally {
      if (result) disposeLoss(result)
      disposeBatch(batch)
    }
  }

  async #predict({ part, layers }: PredictTask, tensors: NamedTensors): Promise<PredictedArrays> {
    const batch = tensorBatch(part)
    let lengths: Int32Array | undefined
    let outputs: [string, tf.Tensor][] = []
    try {
      tf.tidy(() => {
        const prediction = this.#program.predict(tensors, batch, this.#mode(part, false, 0))
        lengths = prediction.lengths
        outputs = Object.entries(prediction.outputs).filter(([name]) => name === 'logits' || layers.includes(name))
        for (const [, tensor] of outputs) tf.keep(tensor)
      })
      const missing = layers.find((layer) => !outputs.some(([name]) => name === layer))
      if (missing !== undefined) throw new KalamosError('not-found', `the model has no layer "${missing}"`)
      const arrays: PredictedArrays['outputs'] = {}
      for (const [name, tensor] of outputs)
        arrays[name] = { shape: tensor.shape, values: (await tensor.data()) as Float32Array }
      return { outputs: arrays, ...(lengths ? { lengths } : {}) }
    } finally {
      tf.dispose(outputs.map(([, tensor]) => tensor))
      disposeBatch(batch)
    }
  }

  #mode(part: BatchPart, training: boolean, seed: number): Mode {
    return { training, seed, rowOffset: part.rowOffset, reduce: this.team.reduce }
  }
}

function tensorBatch({ rows, time, channels, x, lengths, labels, extra, totalRows }: BatchPart): TensorBatch {
  return {
    rows,
    totalRows,
    lengths,
    labels,
    x: tf.tensor3d(x, [rows, time, channels]),
    extra: Object.fromEntries(
      Object.entries(extra).map(([name, { shape, values }]) => [
        name,
        tf.tensor(values, [...shape], values instanceof Float32Array ? 'float32' : 'int32'),
      ]),
    ),
  }
}

function disposeBatch({ x, extra }: TensorBatch): void {
  tf.dispose([x, ...Object.values(extra)])
}
