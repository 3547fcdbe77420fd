import type { Signal } from '../../shared/signal.ts'
import type { Said } from '../../shared/messages/index.ts'
import type { LineLimits } from './bounded-lines.ts'
import { readNdjsonEntries } from './ndjson/read.ts'

/** A recording for those who play or rehearse it: what was written, by whom, and the signal. */
export interface SensorRecording {
  /** The id in the file; may be empty. */
  id: string
  writer: string
  /** May be empty: not known. */
  label: string
  device: string
  /** Whether it is a simulation. */
  virtual: boolean
  signal: Signal
}

/** `read` counts the bytes of the file up to here. */
export type NdjsonEntry =
  { line: number; read: number; recording: SensorRecording } | { line: number; read: number; reason: Said }

/**
 * Reads sensor recordings line by line, gzipped or not, with bounded memory; lines that do not fit come with the
 * reason. Throws what `boundedLines` throws for the file as a whole.
 */
export async function* readNdjson(path: string, limits?: LineLimits): AsyncGenerator<NdjsonEntry> {
  for await (const entry of readNdjsonEntries(path, limits === undefined ? {} : { limits })) {
    const { line, read } = entry
    if ('reason' in entry) yield { line, read, reason: entry.reason }
    else if ('recording' in entry) {
      const { id, writer, label, session, virtual, signal } = entry.recording
      yield { line, read, recording: { id, writer, label: label ?? '', device: session.device, virtual, signal } }
    }
  }
}
