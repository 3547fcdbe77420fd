import * as v from 'valibot'
import { Problem, Said } from '../messages/message.ts'
import { Channel } from './devices.ts'
import { command, count, done, event, id, instant, name, nothing, query } from './contract.ts'
import { IdRanges as Ranges } from '../id-ranges.ts'
import { SessionStep, OpenPromptedSession } from './protocols.ts'
import { Level, REASONS, Verdict } from './quality.ts'
import { Simulated } from './simulated.ts'

/** A label is what was to be written. NFC, no line breaks. */
export const Label = v.pipe(
  v.string(),
  v.normalize('NFC'),
  v.maxLength(200),
  v.regex(/^[^\p{Cc}]*$/u, 'must not contain control characters'),
)

export const RecordingState = v.picklist(['open', 'finished', 'interrupted'])
export type RecordingState = v.InferOutput<typeof RecordingState>

/** One written thing, without its samples. */
export const Recording = v.object({
  id,
  sessionId: id,
  writerId: id,
  writerName: name,
  ...Simulated,
  /** Null until somebody says what was written. */
  label: v.nullable(Label),
  state: RecordingState,
  startedAt: instant,
  durationMs: v.number(),
  frames: count,
  lostFrames: count,
  rateHz: v.number(),
  channels: v.array(Channel),
  /** What its block of a protocol marks it as, such as `enrolment`. */
  tag: v.nullable(v.string()),
  /** Null where it was never judged. */
  verdict: v.nullable(Level),
  /** Why it is left out of trainings, measurements and exports; null where it is not. */
  excluded: v.nullable(v.string()),
  /** Whether its writer is in the locked holdout, which no training may touch. */
  locked: v.boolean(),
  /** Whether its frames are not those that were recorded: it was trimmed, split or merged. */
  cut: v.boolean(),
  /** True where nobody knows when it was written: `startedAt` is when it was imported. */
  untimed: v.exactOptional(v.boolean()),
})
export type Recording = v.InferOutput<typeof Recording>

/** Samples for the eye: `values` is `[rows, channels]`, row by row; `timesMs` from the first frame. */
export const RecordingSignal = v.object({
  recording: Recording,
  /** A row is one of so many frames: 1 unless the recording is very long. */
  every: v.pipe(count, v.minValue(1)),
  timesMs: v.array(v.number()),
  values: v.array(v.number()),
  /** The first gaps, each before a frame, and what all of them are together. */
  gaps: v.array(v.object({ at: count, lost: count })),
  allGaps: v.object({ gaps: count, lost: count }),
})
export type RecordingSignal = v.InferOutput<typeof RecordingSignal>

export const Session = v.object({
  id,
  writerId: id,
  writerName: name,
  ...Simulated,
  deviceName: v.string(),
  /** How the recordings came: recorded with a pen here, or imported from a file. */
  origin: v.picklist(['recorded', 'imported', 'simulated']),
  startedAt: instant,
  endedAt: v.nullable(instant),
  recordings: count,
})
export type Session = v.InferOutput<typeof Session>

/**
 * Where recordings come from. `real`: a person wrote them, here (`recorded`) or elsewhere (`imported`). `re-enacted`:
 * the path is a person's, the sensors are simulated. `virtual`: all is simulated.
 */
export const ORIGINS = ['real', 'recorded', 'imported', 're-enacted', 'virtual'] as const
/** Ids of recordings in order, neighbours put together: `1-24 30 32-40`. */
export const IdRanges = v.pipe(
  v.string(),
  v.maxLength(10_000_000),
  v.regex(/^(\d+(-\d+)?( \d+(-\d+)?)*)?$/, 'must be ids like 1-24 30'),
)
/** More recordings than these nobody names one by one. */
const MOST_NAMED = 200_000

export const RecordingFilter = v.strictObject({
  /** These very recordings. */
  ids: v.optional(
    v.pipe(
      IdRanges,
      v.check((text) => new Ranges(text).count <= MOST_NAMED, 'names too many recordings'),
    ),
  ),
  writerId: v.optional(id),
  sessionId: v.optional(id),
  /** Part of a label. */
  label: v.optional(v.string()),
  /** A letter, or a text, that a label has; other than in `label`, o and O are different letters. */
  letter: v.optional(v.pipe(v.string(), v.maxLength(20))),
  state: v.optional(RecordingState),
  /** Whether it has a label. */
  labelled: v.optional(v.boolean()),
  /** `none`: never judged. */
  verdict: v.optional(v.picklist(['good', 'check', 'redo', 'none'])),
  /** One of the reasons of its verdict. */
  reason: v.optional(v.picklist(REASONS)),
  tag: v.optional(v.string()),
  /** Recorded by this protocol; by any version of it where none is named. */
  protocol: v.optional(v.strictObject({ id: v.string(), version: v.optional(count) })),
  /** The name of the pen or device that recorded it. */
  device: v.optional(v.pipe(v.string(), v.maxLength(200))),
  /** The name of the file or folder that it was imported from. */
  file: v.optional(v.pipe(v.string(), v.maxLength(1000))),
  origin: v.optional(v.picklist(ORIGINS)),
  /** Begun at this instant or later. */
  from: v.optional(instant),
  /** Begun before this instant. */
  to: v.optional(instant),
  /** Lasting so long or longer, ms. */
  durationFrom: v.optional(v.number()),
  /** Shorter than this, ms. */
  durationTo: v.optional(v.number()),
  /** Only those that are left out, or only those that are not. */
  excluded: v.optional(v.boolean()),
  /** How a model reads it; only readings that are stored count. */
  reading: v.optional(
    v.strictObject({
      modelId: id,
      /** Held against the label. `none`: not read yet. */
      outcome: v.optional(v.picklist(['right', 'wrong', 'none'])),
      confidenceFrom: v.optional(v.number()),
      /** Excluded itself. */
      confidenceTo: v.optional(v.number()),
    }),
  ),
})
export type RecordingFilter = v.InferOutput<typeof RecordingFilter>

/** A list of prompts that ships with the app or was given by the user. */
export const PromptList = v.object({ id: v.string(), name, prompts: v.array(Label) })
export type PromptList = v.InferOutput<typeof PromptList>

/** A prompted session while it runs. `index` counts the prompts done or skipped. */
export const RecorderState = v.object({
  sessionId: id,
  deviceId: v.string(),
  writerId: id,
  /** The protocol it runs by; null for a plain list of prompts. */
  protocol: v.nullable(v.object({ id: v.string(), version: count, name: v.string() })),
  prompts: v.array(Label),
  index: count,
  /** The block of the present prompt; null where there is only one. */
  block: v.nullable(v.object({ name: v.string(), number: count, of: count })),
  /**
   * `sessionStep`: something is to be read or answered, or a break is taken. `waiting` for the pen to touch, `writing`,
   * `paused` because the pen is away, `done` after the last prompt.
   */
  phase: v.picklist(['sessionStep', 'waiting', 'writing', 'paused', 'done']),
  sessionStep: v.nullable(SessionStep),
  /** Since when the session step has been going on. */
  sessionStepSince: v.nullable(instant),
  /** How a word of the present prompt ends. */
  advance: v.picklist(['pause', 'key']),
  recordedIds: v.array(id),
  skipped: v.array(count),
  /** Of the latest recordings, newest last. */
  verdicts: v.array(v.object({ recordingId: id, verdict: Verdict })),
  tally: v.object({ good: count, check: count, redo: count }),
  lostFrames: count,
  /** As this writer goes; null until that is known. */
  secondsLeft: v.nullable(v.number()),
  problem: v.nullable(Problem),
})
export type RecorderState = v.InferOutput<typeof RecorderState>

/** How a session was set up: by a protocol, or by plain prompts where that is null. */
export const UsualSetup = v.object({ protocolId: v.nullable(v.string()), surface: v.nullable(v.string()) })
export type UsualSetup = v.InferOutput<typeof UsualSetup>

export const recordings = {
  'recordings.list': query(
    v.strictObject({ filter: RecordingFilter, offset: count, limit: v.pipe(count, v.minValue(1), v.maxValue(1000)) }),
    v.object({ total: count, recordings: v.array(Recording) }),
  ),
  /** As edited; `raw`: as it was recorded, whatever was cut since. */
  'recordings.get': query(v.strictObject({ id, raw: v.optional(v.boolean(), false) }), RecordingSignal),
  'recordings.relabel': command(v.strictObject({ id, label: Label }), Recording),
  'recordings.delete': command(v.strictObject({ ids: v.pipe(v.array(id), v.minLength(1)) }), done),
  /** Takes the last edit back. */
  'recordings.undo': command(nothing, v.object({ undone: v.nullable(Said) })),
  'sessions.list': query(nothing, v.array(Session)),
  'prompts.lists': query(nothing, v.array(PromptList)),
  /** By a protocol, or by a plain list of prompts. */
  'record.start': command(
    v.pipe(
      v.strictObject({
        deviceId: v.string(),
        writerId: id,
        protocolId: v.optional(v.string()),
        prompts: v.optional(v.pipe(v.array(Label), v.minLength(1), v.maxLength(10_000))),
        /** `pause`: a word ends after a rest. `key`: only `record.next` ends it. A protocol says this itself. */
        advance: v.optional(v.picklist(['pause', 'key'])),
        /** What is written on. */
        surface: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(200))),
        /** A model whose doubts about labels count among the reasons of verdicts. */
        modelId: v.optional(id),
      }),
      v.check(
        ({ protocolId, prompts }) => (protocolId === undefined) !== (prompts === undefined),
        'must have a protocol or a list of prompts',
      ),
    ),
    RecorderState,
  ),
  /** How the newest session was set up: the next one is likely to be set up so too. Null before the first. */
  'record.lastSetup': query(nothing, v.nullable(UsualSetup)),
  /** Sessions that ended before their last prompt, newest first. */
  'record.unfinished': query(nothing, v.array(OpenPromptedSession)),
  /** Goes on with a session that was interrupted, at the prompt it had reached. */
  'record.resume': command(
    v.strictObject({ sessionId: id, deviceId: v.string(), modelId: v.optional(id) }),
    RecorderState,
  ),
  /** Leaves an interrupted session as it is for good. */
  'record.leave': command(v.strictObject({ sessionId: id }), done),
  /** The writer agrees to the text that is shown. */
  'record.agree': command(nothing, RecorderState),
  'record.answer': command(
    v.strictObject({ answers: v.record(v.string(), v.pipe(v.string(), v.trim(), v.maxLength(500))) }),
    RecorderState,
  ),
  /** Notes something down, with the latest recording where it is about that. */
  'record.note': command(
    v.strictObject({
      text: v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'), v.maxLength(2000)),
      aboutLast: v.optional(v.boolean(), false),
    }),
    RecorderState,
  ),
  /** Takes a break now; `record.next` ends it. */
  'record.break': command(nothing, RecorderState),
  /** The running session, or null. */
  'record.state': query(nothing, v.nullable(RecorderState)),
  /** Ends the current word, or what is read in between, and goes on. */
  'record.next': command(nothing, RecorderState),
  /** Throws the last word away and asks for it again. */
  'record.redo': command(nothing, RecorderState),
  'record.skip': command(nothing, RecorderState),
  'record.stop': command(nothing, done),
}

export const recordingEvents = {
  'record.changed': event(v.nullable(RecorderState)),
  'recordings.changed': event(v.object({ total: count })),
}
