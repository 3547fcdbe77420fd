import type { Example, ModelSignature } from '../../ml/data/types.ts'
import type { NamedArrays } from '../../compute/engine/types.ts'
import type { ModelConfig } from '../../ml/models/index.ts'
import type { StyleEstimator } from '../../ml/style/estimate.ts'

/** A network with what it reads. */
export interface KnownModel {
  signature: ModelSignature & { reduction: number }
  network: ModelConfig
  weights: NamedArrays
  state: NamedArrays
  /** Estimates the style of writers by what the network makes of their words; null where none was made for it. */
  styleEstimator: StyleEstimator | null
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
  rehearsalBuffer: readonly Example[]
  /** Words of others, on whom forgetting is measured. */
  others: readonly Example[]
}
