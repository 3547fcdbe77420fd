import type { StoredModel } from '../../ml/checkpoint/model.ts'
import type { TrainingConfig } from '../../ml/data/types.ts'
import type { TrainingJob } from '../types.ts'

/** An adaptation: a training whose config says whom to fit the base to. */

export interface AdaptationJob extends TrainingJob {
  config: TrainingConfig & { adapt: NonNullable<TrainingConfig['adapt']> }
  base: StoredModel
}
