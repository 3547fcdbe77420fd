import type { RecordingState, Session } from '../../shared/api/recordings.ts'
import type { Said } from '../../shared/messages/index.ts'
import type { Handedness } from '../../shared/api/writers.ts'
import type { Channel, Signal } from '../../shared/signal.ts'
import type { SessionProvenance, RecordingProvenance } from '../store/provenance.ts'

/** The session that a recording belongs to, as a file tells it. */
export interface ExchangeSession {
  /** Tells two sessions of one writer apart within a file; may be empty. */
  key: string
  device: string
  /** ms since 1970; null where the file does not say. */
  startedAt: number | null
  endedAt: number | null
  origin: Session['origin']
  /** The device profile, or what is known of the source; anything that can be JSON. */
  profile: unknown
  /**
   * By which protocol, with which pen, on what, and what the writer answered and agreed to; absent where nothing is
   * known.
   */
  provenance?: SessionProvenance
}

/** A recording on its way in or out, with all that a file may say of it. Every format reads and writes this. */
export interface ExchangeRecording {
  /**
   * Its name in the source; may be empty. Kalamos names its own `kalamos-` and 32 hexadecimal digits, which stay with
   * it.
   */
  id: string
  writer: string
  handedness: Handedness
  virtual: boolean
  /** See `Simulated`; never without `virtual`. */
  reenacted?: boolean
  session: ExchangeSession
  /** Null: nobody knows what was written. */
  label: string | null
  state: Exclude<RecordingState, 'open'>
  /** ms since 1970; null where the file does not say. */
  startedAt: number | null
  /** How it is marked and judged, what was shown, what was noted; absent where nothing is known. */
  provenance?: RecordingProvenance
  signal: Signal
}

/** Something of a file that was not taken, and why. `where` says the place: a line, a row, a member. */
export interface Refusal {
  where: Said
  reason: Said
}

/** What a person should know of something that was taken all the same. */
export interface Note {
  where: Said
  note: Said
}

/**
 * What a reader gives, one after the other: a recording, why there is none, or what a person should know of one that
 * comes in all the same. `share` is how much of the file is read, 0 to 1.
 */
export type Entry = { where: Said; share: number } & (
  { recording: ExchangeRecording } | { reason: Said } | { note: Said }
)

/** What a writer is told before the first recording comes. */
export interface WriteContext {
  /** Where to write; a temporary place that takes its name when all is written. */
  path: string
  /** What will come, as counted before: recordings, their frames, and the lists of channels that they have. */
  expected: { recordings: number; frames: number; channelLists: readonly (readonly Channel[])[] }
  /** Tells that this recording is not in the file. */
  refuse(refusal: Refusal): void
}

/** Writes recordings one by one. `close` makes the file whole; after a throw the caller removes what is there. */
export interface RecordingSink {
  write(recording: ExchangeRecording): void | Promise<void>
  close(): void | Promise<void>
  /** Lets go of what is open after something failed. */
  abort(): void | Promise<void>
}
