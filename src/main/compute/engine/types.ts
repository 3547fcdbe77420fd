import type * as tf from '@tensorflow/tfjs'
import type { BackendName } from '../backend.ts'
import type { Lengths } from '../ops/lengths.ts'
import type { Reduce } from '../kernels/names.ts'

/** Numbers with a shape, as they cross threads and reach files. */
export interface NamedArray {
  shape: readonly number[]
  values: Float32Array
}
export type NamedArrays = Record<string, NamedArray>
export type NamedTensors = Record<string, tf.Tensor>

/** A further input of a batch, one entry per row: `shape[0]` is the number of rows. */
export interface ExtraArray {
  shape: readonly number[]
  values: Float32Array | Int32Array
}

/**
 * One batch as plain arrays. Rows are what threads share out between them, so everything of a row
 * (its frames, its label, its extra inputs such as word images) stays together.
 */
export interface Batch {
  rows: number
  /** Frames of the longest row: the middle axis of `x`. */
  time: number
  channels: number
  /** `[rows, time, channels]`, zero behind each row's length. */
  x: Float32Array
  /** Valid frames of each row. */
  lengths: Int32Array
  /** Class indices of each row: the letters of a word (0 is the blank), or one class. */
  labels: readonly (readonly number[])[]
  extra?: Readonly<Record<string, ExtraArray>>
}

/** A thread's rows of a batch, as tensors. */
export interface TensorBatch {
  rows: number
  x: tf.Tensor3D
  lengths: Lengths
  labels: readonly (readonly number[])[]
  extra: NamedTensors
  /** Rows of the whole batch, over all threads. */
  totalRows: number
}

/** How a program is being run. */
export interface Mode {
  training: boolean
  /** Another one for each step; layers derive their own from it. */
  seed: number
  /** Index of this thread's first row within the whole batch. */
  rowOffset: number
  /** Sums over the threads of this step; see `Reduce`. */
  reduce?: Reduce
}

export interface Loss {
  /** Sum over the rows of this batch (the engine divides by the rows of the whole batch). */
  loss: tf.Scalar
  /** Named parts of it for the record, also sums over rows. */
  parts?: Record<string, tf.Scalar>
  /** New values of the program's state, such as running statistics. The same on every thread. */
  state?: NamedTensors
}

export interface Prediction {
  /** Valid output frames of each row, where the logits have a time axis. */
  lengths?: Lengths
  /** `logits` and named layers; the first axis is the rows. */
  outputs: { logits: tf.Tensor } & NamedTensors
}

/** A model with its loss, in tensors: what the engine runs on every thread. */
export interface Program {
  /** Fresh weights (trained) and state (not trained, such as running statistics). */
  initial(seed: number): { weights: NamedArrays; state: NamedArrays }
  /** `weights` holds the trained weights and the state, by name. */
  loss(weights: NamedTensors, batch: TensorBatch, mode: Mode): Loss
  predict(weights: NamedTensors, batch: Omit<TensorBatch, 'labels'>, mode: Mode): Prediction
  /** Throws `label-unfit`, `empty-recording` or `invalid-input` for a batch that this program cannot learn from. */
  check?(batch: Batch): void
}

/** A program by name and settings, so that each thread can build its own. */
export interface ProgramDescription {
  name: string
  config: unknown
}

export interface EngineOptions {
  program: ProgramDescription
  /** Where to start; the program's own initial weights of seed 0 by default. */
  weights?: NamedArrays
  state?: NamedArrays
  /** Worker threads; only the backend `kernels` uses more than one. By default all cores. */
  threads?: number
  /** By default what `chooseBackend('auto')` picks. */
  backend?: BackendName
}

export interface StepOptions {
  learningRate: number
  weightDecay?: number
  beta1?: number
  beta2?: number
  epsilon?: number
  /** The largest norm of the whole gradient; longer ones are scaled down to it. */
  clipNorm?: number
  /** Weights whose names start with one of these are left as they are. */
  frozen?: readonly string[]
  /** Drives dropout; the number of the step by default. */
  seed?: number
}

export interface StepResult {
  /** Mean over the rows of the batch. */
  loss: number
  parts: Record<string, number>
  gradientNorm: number
}

/** All that training needs to go on. */
export interface Snapshot {
  weights: NamedArrays
  state: NamedArrays
  optimiser: { step: number; first: NamedArrays; second: NamedArrays }
}

export interface PredictedArrays {
  lengths?: Int32Array
  outputs: NamedArrays
}

/** Trains and runs one program. Calls must not overlap: await each. */
export interface Engine {
  readonly backend: BackendName
  readonly threads: number
  /** One step of AdamW on a batch. A failed step leaves weights, state and optimiser as they were. */
  step(batch: Batch, options: StepOptions): Promise<StepResult>
  /** The loss without learning. */
  evaluate(batch: Batch): Promise<{ loss: number; parts: Record<string, number> }>
  /** Logits and, if asked for, named layers. Labels are not looked at. */
  predict(batch: Batch, options?: { layers?: readonly string[] }): Promise<PredictedArrays>
  snapshot(): Promise<Snapshot>
  restore(snapshot: Snapshot): Promise<void>
  dispose(): Promise<void>
}
