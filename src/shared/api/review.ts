import * as v from 'valibot'
import { Said } from '../messages/message.ts'
import { command, count, done, event, id, instant, name, nothing, query } from './contract.ts'
import { PlannedPrompt } from './protocols.ts'
import { REASONS, Verdict } from './quality.ts'
import { Label, Recording, RecordingFilter, Session } from './recordings.ts'
import { Simulated } from './simulated.ts'
import { Writer } from './writers.ts'

/**
 * Looking through what was recorded, and mending it. Every edit is a view on samples that stay as they are, and can be
 * taken back.
 */

export const SORTS = [
  'id',
  'label',
  'writer',
  'session',
  'startedAt',
  'durationMs',
  'frames',
  'lostFrames',
  'verdict',
  'tag',
  'excluded',
  'confidence',
] as const

/**
 * `id` is the order of arrival; `verdict` goes from good to redo; `confidence` is that of the model that the filter's
 * `reading` names.
 */
export const Sort = v.strictObject({ by: v.picklist(SORTS), descending: v.boolean() })
export type Sort = v.InferOutput<typeof Sort>

const sort = v.optional(Sort, { by: 'id', descending: true })

/** What a model reads in a recording, kept until its samples are edited. */
export const StoredReading = v.object({
  modelId: id,
  modelName: v.string(),
  text: v.string(),
  /** As the model claims it, 0 to 1. */
  confidence: v.number(),
  /** Whether it is the label; null where there is none. */
  right: v.nullable(v.boolean()),
  at: instant,
})
export type StoredReading = v.InferOutput<typeof StoredReading>

/** One row of the table. `reading` is by the model that the filter names. */
export const ReviewRow = v.object({
  ...Recording.entries,
  deviceName: v.string(),
  reading: v.nullable(v.object({ text: v.string(), confidence: v.number(), right: v.nullable(v.boolean()) })),
})
export type ReviewRow = v.InferOutput<typeof ReviewRow>

/** A place in a sorted list, told by a page; only good for the same filter and sort. */
const Cursor = v.pipe(v.string(), v.maxLength(1000))

/** Recordings by their numbers, or all that match. */
export const Selection = v.union([
  v.strictObject({ ids: v.pipe(v.array(id), v.minLength(1), v.maxLength(100_000)) }),
  v.strictObject({ filter: RecordingFilter }),
])
export type Selection = v.InferOutput<typeof Selection>

export const EDIT_KINDS = ['trim', 'split', 'merge', 'relabel', 'exclude', 'include', 'tag', 'delete'] as const

/** One edit, with what it changed of one recording. */
export const HistoryEntry = v.object({
  editId: id,
  kind: v.picklist(EDIT_KINDS),
  /** In a sentence. */
  description: Said,
  at: instant,
  /** Null while it has an effect. */
  undoneAt: v.nullable(instant),
  /** Recordings that it changed. */
  recordings: count,
})
export type HistoryEntry = v.InferOutput<typeof HistoryEntry>

/** What `undo` and `redo` would do now, in a sentence each; null where there is nothing. */
export const EditState = v.object({ undo: v.nullable(Said), redo: v.nullable(Said) })
export type EditState = v.InferOutput<typeof EditState>

/** What an edit made of the recordings it touched; those that it hid are not among `recordings`. */
export const Edited = v.object({ recordings: v.array(Recording), hidden: v.array(id), state: EditState })
export type Edited = v.InferOutput<typeof Edited>

/** How many recordings an edit of many changed. */
const Changed = v.object({ changed: count, state: EditState })

/** A stretch of what was recorded: frames `first` to `end`, the end excluded, of the samples of a recording. */
export const Piece = v.object({ recordingId: id, first: count, end: count, lostBefore: count })
export type Piece = v.InferOutput<typeof Piece>

const SOUNDNESS = ['checked', 'unchecked', 'damaged'] as const
export type Soundness = (typeof SOUNDNESS)[number]

/** Everything about one recording but its samples (`recordings.get`) and its picture (`review.image`). */
export const ReviewRecording = v.object({
  recording: Recording,
  writer: Writer,
  session: Session,
  device: v.object({
    name: v.string(),
    profile: v.nullable(v.string()),
    penName: v.nullable(v.string()),
    serial: v.nullable(v.string()),
    firmware: v.nullable(v.string()),
    surface: v.nullable(v.string()),
  }),
  protocol: v.nullable(v.object({ id: v.string(), version: count, name: v.string() })),
  prompt: v.nullable(v.object({ ...PlannedPrompt.entries, number: count, of: count, blockName: v.string() })),
  /**
   * Whether the samples are as they were stored; what was stored before there were checksums cannot be checked. Nothing
   * is told of damaged ones.
   */
  samples: v.picklist(SOUNDNESS),
  gaps: v.array(v.object({ at: count, lost: count })),
  /** What of the recorded frames is shown; one piece with all frames where nothing was cut. */
  pieces: v.array(Piece),
  /** Frames that were recorded. */
  rawFrames: count,
  verdict: v.nullable(Verdict),
  notes: v.array(v.object({ text: v.string(), at: instant })),
  /** Newest first. */
  history: v.array(HistoryEntry),
  readings: v.array(StoredReading),
  /** Models that can read its channels. */
  models: v.array(v.object({ id, name: v.string() })),
  /**
   * In the list that was asked with; null at its ends, and where it is not in that list. `total` is exact unless
   * `capped`: then there are more.
   */
  neighbours: v.object({ previous: v.nullable(id), next: v.nullable(id), total: count, capped: v.boolean() }),
})
export type ReviewRecording = v.InferOutput<typeof ReviewRecording>

const Tally = v.object({
  recordings: count,
  excluded: count,
  durationMs: v.number(),
  frames: count,
  lostFrames: count,
  verdicts: v.object({ good: count, check: count, redo: count, none: count }),
})

const Letter = v.object({ letter: v.string(), count })

export const Overview = v.object({
  ...Tally.entries,
  /** In the order of their names. */
  writers: v.array(
    v.object({
      ...Tally.entries,
      writerId: id,
      writerName: name,
      ...Simulated,
      sessions: count,
      /** Letters of the alphabet that none of the labels has. */
      missing: v.array(v.string()),
      /** Different letters of the alphabet that the labels have. */
      letters: count,
      /** No training may touch recordings of this writer. */
      locked: v.boolean(),
    }),
  ),
  /** The newest 500 sessions, newest first. */
  sessions: v.array(
    v.object({
      ...Tally.entries,
      sessionId: id,
      writerId: id,
      writerName: name,
      ...Simulated,
      deviceName: v.string(),
      protocol: v.nullable(v.object({ id: v.string(), version: count })),
      startedAt: instant,
    }),
  ),
  sessionCount: count,
  /** How often each letter is in the labels, those of the alphabet first, with 0 where it is not there. */
  letters: v.array(Letter),
  /** Letters of the alphabet that are in no label. */
  missing: v.array(v.string()),
  unlabelled: count,
  /** `counts[i]` recordings last from `i * binMs` up to `(i + 1) * binMs`; `over` last longer than all bins. */
  durations: v.object({ binMs: v.number(), counts: v.array(count), over: count }),
  reasons: v.array(v.object({ code: v.picklist(REASONS), recordings: count })),
  /** Why recordings are left out. */
  exclusions: v.array(v.object({ reason: v.string(), recordings: count })),
})
export type Overview = v.InferOutput<typeof Overview>

const filter = v.optional(RecordingFilter, {})
const frame = count

export const review = {
  /**
   * A page of the table: from `offset`, or right after or right before a cursor of another page.
   * `total` is exact unless `capped`: then there are more.
   */
  'review.list': query(
    v.strictObject({
      filter,
      sort,
      limit: v.pipe(count, v.minValue(1), v.maxValue(1000)),
      offset: v.optional(count),
      after: v.optional(Cursor),
      before: v.optional(Cursor),
    }),
    v.object({
      total: count,
      capped: v.boolean(),
      rows: v.array(ReviewRow),
      first: v.nullable(Cursor),
      last: v.nullable(Cursor),
    }),
  ),
  /** The filter and sort say in which list its neighbours are looked for. */
  'review.get': query(v.strictObject({ id, filter, sort }), ReviewRecording),
  /**
   * The ink of a virtual recording (`strokes`), else the label as it may look on paper, as a PNG for an `img`; null
   * without a label or where no hand can write it.
   */
  'review.image': query(
    v.strictObject({ id }),
    v.nullable(
      v.object({ dataUrl: v.string(), width: count, height: count, source: v.picklist(['strokes', 'rendered']) }),
    ),
  ),
  /**
   * Reads a recording with every model that can, or with one, and keeps what was read. Those that cannot are told with
   * the reason.
   */
  'review.read': command(
    v.strictObject({ id, modelId: v.optional(id) }),
    v.object({ readings: v.array(StoredReading), refused: v.array(v.object({ modelId: id, reason: Said })) }),
  ),
  /** Reads all recordings of a selection that the model has not read yet; one such reading at a time. */
  'review.readAll': command(
    v.strictObject({ modelId: id, which: Selection }),
    v.object({ read: count, refused: count }),
  ),
  'review.cancelReading': command(nothing, done),
  /** What filters can be set to, with how many recordings there are of each. */
  'review.choices': query(
    nothing,
    v.object({
      tags: v.array(v.object({ tag: v.string(), recordings: count })),
      exclusions: v.array(v.object({ reason: v.string(), recordings: count })),
      protocols: v.array(v.object({ id: v.string(), version: count, name: v.string(), recordings: count })),
      models: v.array(v.object({ id, name: v.string(), readings: count })),
      /** Pens and other devices, by name. */
      devices: v.array(v.object({ name: v.string(), recordings: count })),
      /** Files and folders that were imported, by name. */
      files: v.array(v.object({ name: v.string(), recordings: count })),
    }),
  ),
  'review.overview': query(v.strictObject({ filter }), Overview),

  /** Keeps the frames from `first` to `end`, the end excluded, counted in the recording as it is now. */
  'review.trim': command(v.strictObject({ id, first: frame, end: frame }), Edited),
  /** Makes two of one: frames before `at` stay in this recording, the others go to a new one of the same session. */
  'review.split': command(
    v.strictObject({ id, at: frame, labels: v.tuple([v.nullable(Label), v.nullable(Label)]) }),
    Edited,
  ),
  /** Makes one of two that follow each other in a session; the earlier one stays, the later one is hidden. */
  'review.merge': command(v.strictObject({ ids: v.tuple([id, id]), label: v.nullable(Label) }), Edited),
  'review.relabel': command(v.strictObject({ id, label: v.nullable(Label) }), Edited),
  /** Gives all of them one label. */
  'review.relabelAll': command(v.strictObject({ which: Selection, label: v.nullable(Label) }), Changed),
  /** Marks recordings, in place of what they were marked as before; null takes the mark away. */
  'review.tag': command(
    v.strictObject({
      which: Selection,
      tag: v.nullable(
        v.pipe(v.string(), v.normalize('NFC'), v.trim(), v.nonEmpty('must not be empty'), v.maxLength(60)),
      ),
    }),
    Changed,
  ),
  /** Leaves recordings out of trainings, measurements and exports. */
  'review.exclude': command(
    v.strictObject({
      which: Selection,
      reason: v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'), v.maxLength(200)),
    }),
    Changed,
  ),
  'review.include': command(v.strictObject({ which: Selection }), Changed),
  /** Judges recordings as they are now, such as imported ones that nobody judged; one such work at a time. */
  'review.judge': command(v.strictObject({ which: Selection }), v.object({ judged: count })),
  /** Stops judging, whoever asked for it; verdicts that were given by then stay. */
  'review.cancelJudging': command(nothing, done),
  /** Hides recordings; they go for good 30 days later. */
  'review.delete': command(v.strictObject({ which: Selection }), Changed),
  /**
   * Takes the last edit back, and says which it was and what it changed (of very many recordings, the first 1000); null
   * where there is none.
   */
  'review.undo': command(nothing, v.object({ undone: v.nullable(Said), ids: v.array(id), state: EditState })),
  'review.redo': command(nothing, v.object({ redone: v.nullable(Said), ids: v.array(id), state: EditState })),
  /** The newest edits first, those that were taken back too. */
  'review.history': query(
    v.strictObject({ limit: v.optional(v.pipe(count, v.minValue(1), v.maxValue(1000)), 100) }),
    v.object({ entries: v.array(HistoryEntry), state: EditState }),
  ),
}

export const reviewEvents = {
  /** After every edit, undo and redo. */
  'review.edited': event(EditState),
  /** How far `review.readAll` is. */
  'review.reading': event(v.object({ modelId: id, done: count, total: count })),
  /** How far `review.judge` is. */
  'review.judging': event(v.object({ done: count, total: count })),
}
