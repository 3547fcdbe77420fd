import * as v from 'valibot'
import { count, id } from './contract.ts'

/** A recording of the pen, a picture or a text, as a point of the shared embedding. */
export const EmbeddedPoint = v.object({
  side: v.picklist(['pen', 'image', 'text']),
  /** Which of the words. */
  word: count,
  /** Of the pen's points; null of the others. */
  recordingId: v.nullable(id),
  /** Who wrote it, as they are called now; not kept with the picture, so that no name outlives its writer. */
  writer: v.nullable(v.string()),
})
export type EmbeddedPoint = v.InferOutput<typeof EmbeddedPoint>

/** Where all points lay after an epoch. */
export const EmbeddingFrame = v.object({
  epoch: count,
  /**
   * On the two axes along which the points differ most. Turned so that points move as little as possible from frame to
   * frame.
   */
  at: v.array(v.tuple([v.number(), v.number()])),
  /**
   * For each point of the pen, the point of the other side that lies nearest to it in the whole embedding; null for the
   * others.
   */
  nearest: v.array(v.nullable(count)),
  /** Share of all differences between the points that the two axes show, 0 to 1. */
  explained: v.number(),
  /**
   * Mean squared distances in the whole embedding from the pen's points to those of their own word, and to those of
   * other words.
   */
  own: v.number(),
  other: v.number(),
})
export type EmbeddingFrame = v.InferOutput<typeof EmbeddingFrame>

/** The shared embedding of a cross-modal training, looked at through a few words of held-out recordings. */
export const EmbeddingPicture = v.object({
  words: v.array(v.object({ text: v.string(), /** Whether recordings of it were trained on. */ trained: v.boolean() })),
  points: v.array(EmbeddedPoint),
  /** By epoch; the last one is the newest. */
  frames: v.pipe(v.array(EmbeddingFrame), v.minLength(1)),
  /** Values of the embedding that two axes stand for. */
  size: count,
})
export type EmbeddingPicture = v.InferOutput<typeof EmbeddingPicture>

/**
 * Why a run has no picture: trained by its task alone, nothing held out to look at, not so far yet, or never that far.
 */
export const NoEmbedding = v.picklist(['plain', 'nothing-held-out', 'not-yet', 'never'])
export type NoEmbedding = v.InferOutput<typeof NoEmbedding>

export const EmbeddingAnswer = v.variant('is', [
  v.object({ is: v.literal('there'), picture: EmbeddingPicture }),
  v.object({ is: v.literal('missing'), why: NoEmbedding }),
])
export type EmbeddingAnswer = v.InferOutput<typeof EmbeddingAnswer>
