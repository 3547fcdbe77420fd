import type * as v from 'valibot'
import type { Recording } from '../../../shared/api/recordings.ts'
import type { Pose, Split as SplitSchema, TrainingConfig } from '../../../shared/api/training.ts'
import type { Normalisation } from './normalise.ts'
import type { Signal } from '../../../shared/signal.ts'

export type { Recording, TrainingConfig }
export type Split = v.InferOutput<typeof SplitSchema>
export type Task = TrainingConfig['task']
export type Filter = TrainingConfig['filter']

/** Where recordings come from. The store's `recordings` is one. */
export interface RecordingSource {
  each(filter: Filter): Iterable<Recording>
  signal(id: number): Signal
}

/** A recording that has a label. */
export type Labelled = Recording & { label: string }

/** Recordings that cannot be used, and why. */
export interface LeftOut {
  reason: string
  recordings: number
}

/** What a recogniser takes in and gives out. */
export interface ModelSignature {
  task: Task
  /** Names of the channels in the order of the network's inputs. */
  channels: readonly string[]
  rateHz: number
  /** What it can say: the letters of words (`ctc`), or whole labels (`classes`). */
  classes: readonly string[]
  /** Shorter recordings are continued with rest up to this many frames, in training and in reading alike. */
  minimumFrames: number
  /** How its inputs are scaled; by the recording where nothing is said. */
  normalisation?: Normalisation
  /** How the pen's own turn about its long axis is dealt with; kept as it is where nothing is said. */
  pose?: Pose
}

/** A recording ready for batches: `values` is `[frames, channels]` at the model's rate, in the channels' units. */
export interface Example {
  id: number
  writerId: number
  writerName: string
  label: string
  /** Class indices of the label: letters counted from 1 (0 is the blank), or one class counted from 0. */
  target: readonly number[]
  frames: number
  values: Float32Array
}
/**
 * Recordings drawn before, by their ids: a training that is resumed goes on with these, one that is repeated begins
 * with them.
 */

export interface Drawn {
  train: { has(id: number): boolean }
  heldOut: { has(id: number): boolean }
}
