import type { SimulatedAmong } from '../../shared/api/simulated.ts'
import type { EpochScore, ImageTraining, TrainingConfig } from '../../shared/api/training.ts'
import type { ModelCard, Recipe } from '../ml/checkpoint/card.ts'
import type { StoredModel } from '../ml/checkpoint/model.ts'
import type { Example, LeftOut, RecordingSource } from '../ml/data/types.ts'
import type { Engine, ExtraArray, NamedArrays, ProgramDescription } from '../compute/engine/types.ts'
import type { Checkpoint } from '../ml/checkpoint/checkpoint.ts'
import type { Selection } from '../ml/data/select.ts'

/** Opens an engine for a program; `reason` says why this backend. */
export type OpenEngine = (
  program: ProgramDescription,
  start: { weights: NamedArrays; state: NamedArrays },
) => Promise<{ engine: Engine; reason: string }>

/** A recogniser that is told more than labels while it learns; its weights are those of the plain one. */
export interface Guide {
  program: ProgramDescription
  /** Further inputs of a batch. The same for the same examples and moment. */
  extras(examples: readonly Example[], at: { epoch: number; epochs: number }): Record<string, ExtraArray>
}

/** One training: what to do, on which recordings, and where to keep its checkpoints. */
export interface TrainingJob {
  config: TrainingConfig
  source: RecordingSource
  /** What a session was recorded with; that of a virtual corpus tells whose strokes are behind its recordings. */
  sessionProfile?: (sessionId: number) => unknown
  /** The run's own folder. A checkpoint in it is gone on from; without one the training begins anew. */
  folder: string
  /** The model of `config.startFrom`. */
  base?: StoredModel
  openEngine: OpenEngine
  /**
   * What more is known of the recordings than their labels, where something is; a recipe with another side goes before
   * it.
   */
  guide?: (material: Pick<Material, 'selection'>) => Guide
  codeVersion: string
  /** The longest time between two checkpoints, in ms; 60 s by default. */
  checkpointMillis?: number
}

/** What a training found when it had read its recordings. */
export interface Prepared extends SimulatedAmong {
  trainRecordings: number
  heldOutRecordings: number
  leftOut: LeftOut[]
  parameters: number
  backend: string
  threads: number
  backendReason: string
  /** The epoch it begins with; above 0 after a resume. */
  epoch: number
}

export interface TrainingCallbacks {
  /**
   * After every step of an image network that learns before `prepared`, and once when it is measured or was found
   * ready.
   */
  image?(at: ImageTraining): void
  prepared?(prepared: Prepared): void
  /** After every step. `epochProgress` is the share of the epoch that is done. */
  progress?(at: { epoch: number; epochProgress: number; loss: number }): void
  epoch?(score: EpochScore): void
  /** After a checkpoint is on the disk. */
  saved?(at: { epoch: number; step: number }): void
}

/** What a finished training hands over. */
export interface Trained {
  card: Omit<ModelCard, 'weights'>
  weights: NamedArrays
  state: NamedArrays
}
/** Everything a training needs before its first step. */

export interface Material {
  selection: Selection
  train: Example[]
  heldOut: Example[]
  leftOut: LeftOut[]
  recipe: Omit<Recipe, 'backend' | 'threads'>
  start: { weights: NamedArrays; state: NamedArrays }
  /** Where an earlier part of this training stopped. */
  checkpoint: Checkpoint | null
}
