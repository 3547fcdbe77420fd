import { basename } from 'node:path'
import { KalamosError } from '../../shared/errors.ts'
import type { Store } from '../store/index.ts'
import { fileBytes, type LineLimits } from './bounded-lines.ts'
import { readNdjson, type NdjsonEntry, type SensorRecording } from './ndjson.ts'

export interface ImportResult {
  imported: number
  duplicates: number
  /** Lines that were not taken, and why; of very many only the first. */
  refused: { line: number; reason: string }[]
}

export interface ImportOptions {
  /** Put before every writer's name: pseudonyms such as w01 are somebody else in another file. */
  writerPrefix?: string
  progress?: (now: { share: number; imported: number }) => void
  /** Aborting stops between lines, with `cancelled`; what was imported by then stays. */
  signal?: AbortSignal
  limits?: LineLimits
}

const BATCH = 200
const REFUSED_LISTED = 1000

/**
 * Imports an NDJSON file of sensor recordings, gzipped or not: one session for each writer and device.
 * Recordings that are there already (same id, label and samples) count as duplicates.
 * Throws what `boundedLines` throws, `cancelled`, and what the store refuses as a whole, such as `disk-full`.
 */
export async function importNdjson(store: Store, path: string, options: ImportOptions = {}): Promise<ImportResult> {
  const total = await fileBytes(path)
  const intake = new Intake(store, path, options.writerPrefix ?? '')
  try {
    let batch: NdjsonEntry[] = []
    for await (const entry of readNdjson(path, options.limits)) {
      if (options.signal?.aborted === true) {
        throw new KalamosError('cancelled', `The import of ${path} was cancelled after ${intake.result.imported} recordings.`, 'Import it again to get the rest: what is there is not taken twice.')
      }
      batch.push(entry)
      if (batch.length < BATCH) continue
      intake.take(batch)
      batch = []
      options.progress?.({ share: Math.min(1, entry.read / total), imported: intake.result.imported })
      // Others have their turn: pens that are recording, windows that ask.
      await new Promise((resolve) => setImmediate(resolve))
    }
    intake.take(batch)
    options.progress?.({ share: 1, imported: intake.result.imported })
    return intake.result
  } finally {
    intake.close()
  }
}

/** Takes entries into the store and keeps count. */
class Intake {
  readonly result: ImportResult = { imported: 0, duplicates: 0, refused: [] }
  readonly #store: Store
  readonly #path: string
  readonly #prefix: string
  readonly #sessions = new Map<string, number>()
  #unlisted = 0

  constructor(store: Store, path: string, prefix: string) {
    this.#store = store
    this.#path = path
    this.#prefix = prefix
  }

  /** All entries of a batch in one transaction. */
  take(batch: readonly NdjsonEntry[]): void {
    this.#store.transaction(() => {
      for (const entry of batch) {
        if ('reason' in entry) this.#refuse(entry.line, entry.reason)
        else this.#takeOne(entry.line, entry.recording)
      }
    })
  }

  close(): void {
    if (this.#unlisted > 0) this.result.refused.push({ line: 0, reason: `${this.#unlisted} more lines were refused` })
    for (const session of this.#sessions.values()) this.#store.sessions.end(session)
  }

  #takeOne(line: number, recording: SensorRecording): void {
    const { id, label, signal } = recording
    try {
      const entry = { label, signal, sourceId: id }
      if (this.#store.recordings.holds(entry)) {
        this.result.duplicates++
        return
      }
      this.#store.recordings.insert({ ...entry, sessionId: this.#sessionOf(recording) })
      this.result.imported++
    } catch (error) {
      if (!(error instanceof KalamosError && error.code === 'invalid-input')) throw error
      this.#refuse(line, error.message)
    }
  }

  #refuse(line: number, reason: string): void {
    if (this.result.refused.length < REFUSED_LISTED) this.result.refused.push({ line, reason })
    else this.#unlisted++
  }

  #sessionOf({ writer, device, signal }: SensorRecording): number {
    const name = this.#prefix + writer
    const key = JSON.stringify([name, device])
    const known = this.#sessions.get(key)
    if (known !== undefined) return known
    const session = this.#store.sessions.create({
      writerId: this.#store.writers.findOrCreate(name, { handedness: 'unknown', virtual: false }).id,
      deviceName: device,
      origin: 'imported',
      profile: { id: device, source: basename(this.#path), rateHz: signal.rateHz, channels: signal.channels },
    })
    this.#sessions.set(key, session.id)
    return session.id
  }
}
