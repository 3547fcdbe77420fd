import type { Example, Interface } from '../../ml/data/types.ts'
import type { NamedArrays } from '../../ml/engine/types.ts'
import type { ModelConfig } from '../../ml/models/index.ts'

/** A network with what it reads. */
export interface KnownModel {
  face: Interface & { reduction: number }
  network: ModelConfig
  weights: NamedArrays
  state: NamedArrays
}

/** One writer whom a model has never seen, and what it is adapted and measured with. */
export interface Subject {
  model: KnownModel
  leftHanded: boolean
  /** What may be adapted with, in its order. */
  pool: readonly Example[]
  /** The same whatever the number of words; never adapted with. */
  test: readonly Example[]
  /** What is rehearsed beside some of the pool. */
  replay: readonly Example[]
  /** Words of others, on whom forgetting is measured. */
  others: readonly Example[]
}
