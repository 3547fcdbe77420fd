import type * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../../shared/errors.ts'
import type { BackendName } from '../../backend.ts'
import type { LossSums, StepTask } from '../tasks.ts'
import type { Loss, NamedTensors } from '../types.ts'

/** What a thread's rows of a step came to. */
export interface Outcome {
  /** The weights that are trained. */
  names: readonly string[]
  /** One for each of them; the optimiser disposes of them. */
  gradients: tf.Tensor[]
  loss: Loss
}

/** Keeps a thread's weights and state as tensors, and moves them at the end of a step. */
export interface Optimiser {
  /**
   * Weights and state by name, read anew when shared memory has another version than the last time. Not to be disposed
   * of.
   */
  tensors(version: number): NamedTensors
  /**
   * Ends a step: AdamW on the mean gradient over all rows, and the new state. Where loss or gradient is not a finite
   * number, nothing is moved and `training-failed` is thrown.
   */
  step(outcome: Outcome, task: StepTask): Promise<LossSums>
  /** Brings what changed elsewhere to shared memory. */
  publish(): Promise<void>
  dispose(): void
}

/**
 * Whether weights, moments and state of a backend stay on its device from step to step, and shared memory only passes
 * them on.
 */
export function staysOnDevice(backend: BackendName): boolean {
  return backend === 'webgpu'
}

/** The reason why a step ended without moving anything. */
export function diverged(what: string): KalamosError {
  return new KalamosError(
    'training-failed',
    `training went wrong: ${what}`,
    'Use a lower learning rate, or look for recordings with wild values. The last checkpoint is kept.',
  )
}
