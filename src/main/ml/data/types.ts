import type * as v from 'valibot'
import type { Recording } from '../../../shared/api/recordings.ts'
import type { Split as SplitSchema, TrainingConfig } from '../../../shared/api/training.ts'
import type { Signal } from '../../../shared/signal.ts'

export type Split = v.InferOutput<typeof SplitSchema>
export type { Recording, TrainingConfig }
type Filter = TrainingConfig['filter']

/** Where recordings come from. The store's `recordings` is one. */
export interface RecordingSource {
  each(filter: Filter): Iterable<Recording>
  signal(id: number): Signal
}
