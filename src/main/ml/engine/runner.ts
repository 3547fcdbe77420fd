import * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import { useBackend } from '../backend.ts'
import { adoptFloats, readFloats } from '../kernels/transfer.ts'
import { explainFailure } from '../kernels/wasm/memory.ts'
import { isFrozen, type Layout } from './layout.ts'
import { SharedNumbers } from './memory.ts'
import { optimise } from './optimise.ts'
import { buildProgram } from './registry.ts'
import type { BatchPart } from './split.ts'
import type { EvaluateTask, LossSums, PredictTask, StepTask, Task, TaskResults, ThreadSetup } from './tasks.ts'
import { Team } from './team.ts'
import type { Loss, Mode, NamedTensors, PredictedArrays, Program, TensorBatch } from './types.ts'

/** One thread's part of every step: its rows forwards and backwards, then its share of the weights. */
export class Runner {
  readonly team: Team
  readonly #program: Program
  readonly #setup: ThreadSetup
  readonly #numbers: SharedNumbers
  #tensors: NamedTensors = {}
  #version = -1

  private constructor(setup: ThreadSetup) {
    this.#setup = setup
    this.#program = buildProgram(setup.program)
    this.#numbers = new SharedNumbers(setup.memory)
    this.team = new Team(setup.team, setup.index)
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
      this.#load(task.version)
      switch (task.kind) {
        case 'step':
          return await this.#step(task)
        case 'evaluate':
          return await this.#evaluate(task)
        case 'predict':
          return await this.#predict(task)
      }
    } catch (error) {
      this.team.abort()
      throw explainFailure(error)
    }
  }

  dispose(): void {
    tf.dispose(this.#tensors)
    this.#tensors = {}
  }

  async #step(task: StepTask): Promise<LossSums> {
    const { part, options } = task
    const { frozen = [] } = options
    const names = this.#setup.weights.entries.map(({ name }) => name).filter((name) => !isFrozen(name, frozen))
    const batch = tensorBatch(part)
    let result: Loss | undefined
    const scalar = (...trained: tf.Tensor[]): tf.Scalar => {
      const weights = { ...this.#tensors, ...Object.fromEntries(names.map((name, index) => [name, trained[index]!])) }
      result = this.#program.loss(weights, batch, this.#mode(part, true, task.seed))
      keepAll(result)
      return result.loss
    }
    try {
      const { grads } = tf.valueAndGrads(scalar)(names.map((name) => this.#tensors[name]!))
      try {
        const own = this.#numbers.gradients[this.#setup.index]!
        await readFloats(grads.map((tensor, index) => ({ tensor, offset: this.#entry(names[index]!).offset })), own)
      } finally {
        tf.dispose(grads)
      }
      const sums = await lossSums(result!)
      const state = await readState(this.#setup.state, result!.state ?? {})
      const gradientNorm = optimise(this.#numbers, this.team, this.#setup.weights, task, this.#setup.index, sums.loss)
      if (this.#setup.index === 0) for (const [offset, values] of state) this.#numbers.state.set(values, offset)
      return { ...sums, gradientNorm }
    } finally {
      disposeBatch(batch)
      if (result) disposeAll(result)
    }
  }

  async #evaluate({ part }: EvaluateTask): Promise<LossSums> {
    const batch = tensorBatch(part)
    let result: Loss | undefined
    try {
      tf.tidy(() => {
        // Its state is left: without training it may be the very tensors that this runner keeps.
        const { loss, parts } = this.#program.loss(this.#tensors, batch, this.#mode(part, false, 0))
        result = parts ? { loss, parts } : { loss }
        keepAll(result)
      })
      return { ...(await lossSums(result!)), gradientNorm: 0 }
    } finally {
      if (result) disposeAll(result)
      disposeBatch(batch)
    }
  }

  async #predict({ part, layers }: PredictTask): Promise<PredictedArrays> {
    const batch = tensorBatch(part)
    let lengths: Int32Array | undefined
    let outputs: [string, tf.Tensor][] = []
    try {
      tf.tidy(() => {
        const prediction = this.#program.predict(this.#tensors, batch, this.#mode(part, false, 0))
        lengths = prediction.lengths
        outputs = Object.entries(prediction.outputs).filter(([name]) => name === 'logits' || layers.includes(name))
        for (const [, tensor] of outputs) tf.keep(tensor)
      })
      const missing = layers.find((layer) => !outputs.some(([name]) => name === layer))
      if (missing !== undefined) throw new KalamosError('not-found', `the model has no layer "${missing}"`)
      const arrays: PredictedArrays['outputs'] = {}
      for (const [name, tensor] of outputs) arrays[name] = { shape: tensor.shape, values: (await tensor.data()) as Float32Array }
      return { outputs: arrays, ...(lengths ? { lengths } : {}) }
    } finally {
      tf.dispose(outputs.map(([, tensor]) => tensor))
      disposeBatch(batch)
    }
  }

  #mode(part: BatchPart, training: boolean, seed: number): Mode {
    return { training, seed, rowOffset: part.rowOffset, reduce: this.team.reduce }
  }

  /** Brings weights and state over from shared memory when they have changed. */
  #load(version: number): void {
    if (version === this.#version) return
    const { weights, state } = this.#setup
    const blocks = [
      [weights, this.#numbers.weights],
      [state, this.#numbers.state],
    ] as const
    for (const [layout, block] of blocks) {
      for (const { name, shape, offset, size } of layout.entries) {
        this.#tensors[name] = adoptFloats(this.#tensors[name], block.subarray(offset, offset + size), shape)
      }
    }
    this.#version = version
  }

  #entry(name: string): Layout['entries'][number] {
    return this.#setup.weights.entries.find((entry) => entry.name === name)!
  }
}

function tensorBatch({ rows, time, channels, x, lengths, labels, extra, totalRows }: BatchPart): TensorBatch {
  return {
    rows,
    totalRows,
    lengths,
    labels,
    x: tf.tensor3d(x, [rows, time, channels]),
    extra: Object.fromEntries(Object.entries(extra).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape], values instanceof Float32Array ? 'float32' : 'int32')])),
  }
}

function disposeBatch({ x, extra }: TensorBatch): void {
  tf.dispose([x, ...Object.values(extra)])
}

function tensorsOf({ loss, parts = {}, state = {} }: Loss): tf.Tensor[] {
  return [loss, ...Object.values(parts), ...Object.values(state)]
}

function keepAll(result: Loss): void {
  for (const tensor of tensorsOf(result)) tf.keep(tensor)
}

function disposeAll(result: Loss): void {
  for (const tensor of tensorsOf(result)) tensor.dispose()
}

async function lossSums({ loss, parts = {} }: Loss): Promise<{ loss: number; parts: Record<string, number> }> {
  const numbers: Record<string, number> = {}
  for (const [name, part] of Object.entries(parts)) numbers[name] = (await part.data())[0]!
  return { loss: (await loss.data())[0]!, parts: numbers }
}

async function readState(layout: Layout, state: NamedTensors): Promise<[offset: number, values: Float32Array][]> {
  const read: [number, Float32Array][] = []
  for (const { name, offset } of layout.entries) {
    const tensor = state[name]
    if (tensor) read.push([offset, (await tensor.data()) as Float32Array])
  }
  return read
}
