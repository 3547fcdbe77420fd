import type { ErrorShape } from '../../../shared/errors.ts'
import type { BackendName } from '../backend.ts'
import type { Layout } from './layout.ts'
import type { MemoryPlan } from './memory.ts'
import type { BatchPart } from './split.ts'
import type { TeamPlan } from './team.ts'
import type { PredictedArrays, ProgramDescription, StepOptions } from './types.ts'

/** What a thread is told when it starts. */
export interface ThreadSetup {
  program: ProgramDescription
  backend: BackendName
  weights: Layout
  state: Layout
  memory: MemoryPlan
  team: TeamPlan
  index: number
}

interface Common {
  /** Threads that take part. */
  active: number
  /** Changes whenever weights or state in shared memory do, other than by `publish`. */
  version: number
}

interface BatchTask extends Common {
  part: BatchPart
}

export interface StepTask extends BatchTask {
  kind: 'step'
  options: StepOptions
  seed: number
  /** Which step of the optimiser this is, from 1. */
  step: number
}

export interface EvaluateTask extends BatchTask {
  kind: 'evaluate'
}

export interface PredictTask extends BatchTask {
  kind: 'predict'
  layers: readonly string[]
}

/** Brings weights, moments and state from wherever they are to shared memory. */
export interface PublishTask extends Common {
  kind: 'publish'
}

export type Task = StepTask | EvaluateTask | PredictTask | PublishTask

/** Sums over the rows of a thread's part; the norm is that of the whole batch. */
export interface LossSums {
  loss: number
  parts: Record<string, number>
  gradientNorm: number
}

export interface TaskResults {
  step: LossSums
  evaluate: LossSums
  predict: PredictedArrays
  publish: undefined
}

/** What a thread answers. `abandoned`: another thread failed, and says why. */
export type Answer =
  { ok: true; result: TaskResults[Task['kind']] } | { ok: false; error: ErrorShape; abandoned: boolean }
