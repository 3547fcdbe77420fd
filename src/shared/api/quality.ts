import * as v from 'valibot'
import { Said } from '../messages/message.ts'

/** Whether a recording can be used: `good` as it is, `check` it, write it again (`redo`). */
export const Level = v.picklist(['good', 'check', 'redo'])
export type Level = v.InferOutput<typeof Level>

/** Two figures from 0 to `most`: from where on it is worth a look, and from where on it is to be written again. */
function pair(check: number, redo: number, most = 1_000_000) {
  const figure = v.pipe(v.number(), v.minValue(0), v.maxValue(most))
  return v.optional(v.strictObject({ check: v.optional(figure, check), redo: v.optional(figure, redo) }), {})
}

/**
 * From where on a figure of a recording is worth a look, and from where on the word is to be written again.
 * The defaults are assumed: no study that sets them is known to us.
 */
export const Thresholds = v.strictObject({
  /** Share of the frames that are lost. */
  lostShare: pair(0.005, 0.05, 1),
  /** Longest hole, ms. */
  gapMs: pair(40, 150),
  /** Share of the frames in which some channel is at the end of its range. */
  clippedShare: pair(0.005, 0.05, 1),
  /** How far the rate is from the nominal one, as a share of it. */
  rateOff: pair(0.03, 0.15),
  /** Standard deviation of the time between frames, as a share of it. */
  jitter: pair(0.25, 1),
  /** Share of the frames in which the tip is down; less is worse. */
  tipDownShare: pair(0.1, 0.02, 1),
  /** Shorter than this a letter, ms. */
  shortestLetterMs: pair(90, 40),
  /** Longer than this a letter, ms. */
  longestLetterMs: pair(2500, 8000),
  /** Share of the word that is the word before over again. */
  copiedShare: pair(0.2, 0.5, 1),
  /** How sure a model is that this is not what was to be written, 0 to 1. */
  doubt: pair(0.5, 0.9, 1),
})
export type Thresholds = v.InferOutput<typeof Thresholds>

export const REASONS = [
  'lost-frames',
  'gap',
  'clipping',
  'rate',
  'jitter',
  'no-force',
  'little-force',
  'cut',
  'too-short',
  'too-long',
  'copy',
  'doubt',
] as const

/** Why a recording is not simply good. */
export const Reason = v.object({
  code: v.picklist(REASONS),
  level: v.picklist(['check', 'redo']),
  /** In a sentence, with the figure and what it was held against. */
  message: Said,
})
export type Reason = v.InferOutput<typeof Reason>

export const Verdict = v.object({ level: Level, reasons: v.array(Reason) })
export type Verdict = v.InferOutput<typeof Verdict>
