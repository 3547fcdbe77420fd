import * as v from 'valibot'
import { count, id, instant } from './contract.ts'
import { IdRanges, RecordingFilter } from './recordings.ts'

/**
 * What a model is measured on: recordings that it did not learn from; or all, which mixes them with those that it
 * knows.
 */
export const EvaluatedOn = v.picklist(['unseen', 'all'])
export type EvaluatedOn = v.InferOutput<typeof EvaluatedOn>

const rates = { cer: v.number(), wer: v.number(), accuracy: v.number() }

/** One writer, or one hand, apart. */
export const EvaluatedGroup = v.object({
  group: v.string(),
  /** Null for a group that is no writer. */
  writerId: v.nullable(id),
  /** Whether the model learned from recordings of this writer. */
  known: v.boolean(),
  ...rates,
  recordings: count,
  /** The recordings themselves, and those of them that were misread. */
  ids: IdRanges,
  wrong: IdRanges,
})
export type EvaluatedGroup = v.InferOutput<typeof EvaluatedGroup>

/** How a model read stored recordings, held against their labels. */
export const Evaluation = v.object({
  at: instant,
  on: EvaluatedOn,
  filter: RecordingFilter,
  ...rates,
  recordings: count,
  /** Of the recordings that were measured: so many the model learned from. */
  learned: count,
  /** So many were left out because the model learned from them. */
  leftOut: count,
  /** False where a model that this one was made from is gone, so that what it learned from is not known whole. */
  parentKnown: v.boolean(),
  byGroup: v.array(EvaluatedGroup),
  /**
   * The same recordings read with the lexicon; null for a model of single labels, and where the lexicon is of no help
   * to a model's alphabet. Never to be mixed with the figures above.
   */
  lexicon: v.nullable(
    v.object({
      ...rates,
      /** Words of the lexicon that the model's alphabet can write, capitals counted apart. */
      words: count,
      /** Recordings whose label is not in the lexicon: no search in it can read them right. */
      unknown: count,
    }),
  ),
})
export type Evaluation = v.InferOutput<typeof Evaluation>
