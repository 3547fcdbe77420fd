import { createHash } from 'node:crypto'
import type { Recording, RecordingFilter, RecordingState } from '../../shared/api/recordings.ts'
import { KalamosError } from '../../shared/errors.ts'
import { isRate, RATES_HZ, type Channel, type Signal } from '../../shared/signal.ts'
import { joinStretches, measure, type Stretch } from './block.ts'
import { ChannelLists } from './channel-lists.ts'
import type { Connection } from './connection.ts'
import type { Edits } from './edits.ts'
import type { History } from './history.ts'
import type { Holdout } from './holdout.ts'
import { validLabel } from './label.ts'
import { OpenRecording } from './open-recording.ts'
import { countOf } from './recording-list.ts'
import { condition } from './recording-query.ts'
import type { Samples } from './samples.ts'
import { keepBlock } from './stored-block.ts'
import type { WriteQueue } from './write-queue.ts'

interface Row {
  id: number
  session_id: number
  writer_id: number
  writer_name: string
  virtual: number
  reenacted: number
  label: string | null
  state: RecordingState
  started_at: number
  duration_ms: number
  frames: number
  lost_frames: number
  rate_hz: number
  channel_list_id: number
  tag: string | null
  verdict: Recording['verdict']
  excluded: string | null
  cut: number
  untimed: number | null
}

export interface NewRecording {
  sessionId: number
  /** What is to be written; null where nobody knows yet. */
  label: string | null
  channels: readonly Channel[]
  /** Nominal rate, frames a second. */
  rateHz: number
}

const SELECT = `SELECT r.id, r.session_id, r.writer_id, w.name AS writer_name, s.virtual, s.reenacted, r.label, r.state, r.started_at, r.duration_ms,
  r.frames, r.lost_frames, r.rate_hz, r.channel_list_id, r.tag, r.verdict, r.excluded, r.cut,
  CASE WHEN s.origin <> 'recorded' THEN r.started_at >= (s.profile ->> 'importedAt') END AS untimed
  FROM recordings r JOIN writers w ON w.id = r.writer_id JOIN sessions s ON s.id = r.session_id`

const PAGE = 500

/** Written things and their samples. */
export class Recordings {
  readonly #database: Connection
  readonly #queue: WriteQueue
  readonly #channelLists: ChannelLists
  readonly #samples: Samples
  readonly #edits: Edits
  readonly #history: History
  readonly #holdout: Holdout

  constructor(
    database: Connection,
    queue: WriteQueue,
    parts: { samples: Samples; edits: Edits; history: History; holdout: Holdout },
  ) {
    this.#database = database
    this.#queue = queue
    this.#channelLists = new ChannelLists(database)
    this.#samples = parts.samples
    this.#edits = parts.edits
    this.#history = parts.history
    this.#holdout = parts.holdout
  }

  /**
   * Begins a recording that grows frame by frame. Throws `invalid-input` for a label that is none, `not-found` for no
   * such session.
   */
  begin(recording: NewRecording): OpenRecording {
    const id = this.#database.transaction(() => this.#add(recording, 'open', null))
    return new OpenRecording(id, recording.channels, recording.rateHz, this.#database, this.#queue)
  }

  /**
   * Stores a whole recording. With a `sourceId`, one that is there already (same id, label and samples) is not stored
   * again; with a `sourceKey`, one that has that key. `startedAt` (ms since 1970) counts where the signal has no host
   * times. Throws `empty-recording` where there is no frame.
   */
  insert(recording: {
    sessionId: number
    label: string | null
    signal: Signal
    sourceId?: string
    sourceKey?: Uint8Array
    startedAt?: number
    state?: 'finished' | 'interrupted'
  }): number | 'duplicate' {
    const { signal, sessionId, label } = recording
    if (signal.frames === 0)
      throw new KalamosError('empty-recording', 'A recording without samples cannot be stored.', 'Leave it out.')
    if (!signal.gaps.every(isGap))
      throw new KalamosError(
        'invalid-input',
        'A recording with gaps that are no counts of frames cannot be stored.',
        'The file is damaged: get it anew where it came from.',
      )
    const sourceKey =
      recording.sourceKey ??
      (recording.sourceId === undefined ? null : contentKey(recording.sourceId, validLabel(label), signal))
    return this.#database.transaction(() => {
      if (sourceKey !== null && this.#has(sourceKey)) return 'duplicate'
      const id = this.#add(
        { sessionId, label, channels: signal.channels, rateHz: signal.rateHz },
        recording.state ?? 'finished',
        sourceKey,
      )
      const figures = measure(signal, signal.rateHz)
      keepBlock(this.#database, 'samples', id, signal, signal.channels.length)
      this.#database.run(
        'UPDATE recordings SET frames = ?, lost_frames = ?, duration_ms = ?, started_at = coalesce(?, ' +
          'started_at) WHERE id = ?',
        signal.frames,
        figures.lostFrames,
        figures.durationMs,
        Number.isFinite(figures.startedAt) ? figures.startedAt : (recording.startedAt ?? null),
        id,
      )
      return id
    })
  }

  /**
   * What tells this recording from others of files: a hash of its id there, its label and its samples. Throws
   * `invalid-input` for a label that is none.
   */
  keyOf(recording: { label: string | null; signal: Signal; sourceId: string }): Uint8Array {
    return contentKey(recording.sourceId, validLabel(recording.label), recording.signal)
  }

  /** Whether `insert` would find a recording with this key to be a duplicate. */
  hasKey(key: Uint8Array): boolean {
    return this.#has(key)
  }

  /** Who wrote the recording with this key; undefined where there is none. */
  writerOfKey(key: Uint8Array): number | undefined {
    return this.#database.get<{ id: number }>(
      'SELECT s.writer_id AS id FROM recordings r JOIN sessions s ON s.id = r.session_id WHERE r.source_key = ?',
      key,
    )?.id
  }

  /**
   * These recordings, and all that show frames which one of them shows or was made of: halves, merged words, and what
   * they were cut from.
   */
  sharingFrames(ids: ReadonlySet<number>): Set<number> {
    const named = JSON.stringify([...ids])
    const raw =
      'SELECT value FROM json_each(?) UNION SELECT raw_id FROM pieces WHERE recording_id IN (SELECT value FROM ' +
      'json_each(?))'
    const sharing = this.#database.column<number>(
      `WITH raw AS (${raw}) SELECT value FROM raw UNION SELECT recording_id FROM pieces WHERE raw_id IN (SELECT ` +
        'value FROM raw)',
      named,
      named,
    )
    return new Set(sharing)
  }

  /** Everything that was ever recorded of a writer, deleted ones too. */
  idsOfWriter(writerId: number): Set<number> {
    return new Set(this.#database.column<number>('SELECT id FROM recordings WHERE writer_id = ?', writerId))
  }

  /** Those who wrote them, as far as they are here. */
  writersOf(ids: ReadonlySet<number>): Set<number> {
    return new Set(
      this.#database.column<number>(
        'SELECT DISTINCT writer_id FROM recordings WHERE id IN (SELECT value FROM json_each(?))',
        JSON.stringify([...ids]),
      ),
    )
  }

  /** Gives a key to all that were recorded here and have none yet, so that they are known again after an export. */
  giveKeys(): void {
    this.#database.run("UPDATE recordings SET source_key = randomblob(16) WHERE source_key IS NULL AND state <> 'open'")
  }

  /** The key of a recording; null where it has none. Throws `not-found`. */
  key(id: number): Uint8Array | null {
    const row = this.#database.get<{ source_key: Uint8Array | null }>(
      'SELECT source_key FROM recordings WHERE id = ?',
      id,
    )
    if (row === undefined) throw new KalamosError('not-found', `There is no recording ${id}.`)
    return row.source_key
  }

  /** Throws `not-found`. */
  get(id: number): Recording {
    const row = this.#database.get<Row>(`${SELECT} WHERE r.id = ? AND r.deleted_by IS NULL`, id)
    if (row === undefined) throw new KalamosError('not-found', `There is no recording ${id}.`)
    return this.#recording(row)
  }

  /**
   * Which prompt of its session's plan it belongs to, from 0; null where it belongs to none. A part of a split
   * recording belongs where the whole did.
   */
  prompt(id: number): number | null {
    const own =
      this.#database.get<{ prompt: number | null }>('SELECT prompt FROM recordings WHERE id = ?', id)?.prompt ?? null
    if (own !== null) return own
    return (
      this.#database.get<{ prompt: number | null }>(
        'SELECT r.prompt FROM pieces p JOIN recordings r ON r.id = p.raw_id WHERE p.recording_id = ? ORDER BY ' +
          'p.position LIMIT 1',
        id,
      )?.prompt ?? null
    )
  }

  /**
   * The samples, as edits show them; of an open recording, those on the disk. Throws `not-found`, or `database-damaged`
   * where the block does not add up.
   */
  signal(id: number): Signal {
    const { channels, rateHz } = this.get(id)
    return { channels, rateHz, ...this.#samples.view(id, channels.length) }
  }

  /** The same; null where the samples are damaged, for whoever goes on with the others. Throws `not-found`. */
  soundSignal(id: number): Signal | null {
    try {
      return this.signal(id)
    } catch (error) {
      if (error instanceof KalamosError && error.code === 'database-damaged') return null
      throw error
    }
  }

  /** What was recorded, whatever was cut since: the samples that the recording shows some of, one after the other. */
  rawSignal(id: number): Signal {
    return this.raw(id).signal
  }

  /** The same, with the stretches of it that are shown: first frame, and the one behind the last. */
  raw(id: number): { signal: Signal; shown: [number, number][] } {
    const { channels, rateHz } = this.get(id)
    const pieces = this.#samples.pieces(id, channels.length)
    const starts = new Map<number, number>()
    const stretches: Stretch[] = []
    let frames = 0
    for (const { rawId } of pieces) {
      if (starts.has(rawId)) continue
      const stretch = this.#samples.raw(rawId, channels.length)
      starts.set(rawId, frames)
      stretches.push(stretch)
      frames += stretch.frames
    }
    const shown = pieces.map(({ rawId, first, end }): [number, number] => [
      starts.get(rawId)! + first,
      starts.get(rawId)! + end,
    ])
    return { signal: { channels, rateHz, ...joinStretches(stretches, channels.length) }, shown }
  }

  /** A page of the matching recordings, newest first, and how many there are in all. */
  list(filter: RecordingFilter, offset: number, limit: number): { total: number; recordings: Recording[] } {
    const { where, values } = condition(filter)
    const rows = this.#database.all<Row>(
      `${SELECT} WHERE ${where} ORDER BY r.id DESC LIMIT ? OFFSET ?`,
      ...values,
      limit,
      offset,
    )
    return { total: countOf(this.#database, filter), recordings: this.#all(rows) }
  }

  /**
   * All recordings that match now, oldest first. Other queries may run in between; what is deleted meanwhile is left
   * out.
   */
  *each(filter: RecordingFilter): Iterable<Recording> {
    const { where, values } = condition(filter)
    const ids = this.#database.column<number>(`SELECT r.id FROM recordings r WHERE ${where} ORDER BY r.id`, ...values)
    for (let at = 0; at < ids.length; at += PAGE) yield* this.byIds(ids.slice(at, at + PAGE))
  }

  /** Recordings by their numbers, in that order; those that are not there are left out. */
  byIds(ids: readonly number[]): Recording[] {
    const rows = this.#database.all<Row>(
      `${SELECT} WHERE r.id IN (SELECT value FROM json_each(?)) AND r.deleted_by IS NULL`,
      JSON.stringify(ids),
    )
    const byId = new Map(this.#all(rows).map((recording) => [recording.id, recording]))
    return ids.flatMap((id) => byId.get(id) ?? [])
  }

  count(filter: RecordingFilter): number {
    return countOf(this.#database, filter)
  }

  /**
   * Gives a new label; an empty one says that it is not known. Throws `not-found`, or `invalid-input` for a label that
   * is none.
   */
  relabel(id: number, label: string | null): Recording {
    this.#edits.relabel(id, label)
    return this.get(id)
  }

  /** Hides recordings until they are purged. Throws `not-found`, or `conflict` for one that is still open. */
  delete(ids: readonly number[]): void {
    this.#edits.delete({ ids })
  }

  /** Takes the last edit back and says which it was; null where there is none. */
  undo(): string | null {
    return this.#history.undo()?.description ?? null
  }

  /** Removes for good what was deleted before `instant` (ms since 1970). */
  purge(instant: number): number {
    return this.#history.purge(instant)
  }

  #add(recording: NewRecording, state: RecordingState, sourceKey: Uint8Array | null): number {
    const label = validLabel(recording.label)
    const { least, most } = RATES_HZ
    if (!isRate(recording.rateHz))
      throw new KalamosError(
        'invalid-input',
        `${recording.rateHz} is no rate of a pen.`,
        `A pen takes ${least} to ${most} frames a second.`,
      )
    const session = this.#database.get<{ writer_id: number }>(
      'SELECT writer_id FROM sessions WHERE id = ?',
      recording.sessionId,
    )
    if (session === undefined) throw new KalamosError('not-found', `There is no session ${recording.sessionId}.`)
    return this.#database.run(
      'INSERT INTO recordings (session_id, writer_id, label, state, started_at, rate_hz, channel_list_id, ' +
        'source_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      recording.sessionId,
      session.writer_id,
      label,
      state,
      Date.now(),
      recording.rateHz,
      this.#channelLists.add(recording.channels),
      sourceKey,
    ).id
  }

  /** One that was merged into another is still there. */
  #has(sourceKey: Uint8Array): boolean {
    return (
      this.#database.get('SELECT 1 FROM recordings WHERE source_key = ? AND deleted_by IS NULL', sourceKey) !==
        undefined ||
      this.#database.get(
        'SELECT 1 FROM recordings r JOIN edits e ON e.id = r.deleted_by WHERE r.source_key = ? AND r.deleted_by ' +
          "IS NOT NULL AND e.kind = 'merge'",
        sourceKey,
      ) !== undefined
    )
  }

  #all(rows: readonly Row[]): Recording[] {
    const locked = this.#holdout.writers()
    return rows.map((row) => this.#recording(row, locked))
  }

  #recording(row: Row, locked: ReadonlySet<string> = this.#holdout.writers()): Recording {
    return {
      id: row.id,
      sessionId: row.session_id,
      writerId: row.writer_id,
      writerName: row.writer_name,
      virtual: row.virtual === 1,
      ...(row.reenacted === 1 ? { reenacted: true } : {}),
      label: row.label,
      state: row.state,
      startedAt: row.started_at,
      durationMs: row.duration_ms,
      frames: row.frames,
      lostFrames: row.lost_frames,
      rateHz: row.rate_hz,
      channels: this.#channelLists.get(row.channel_list_id),
      tag: row.tag,
      verdict: row.verdict,
      excluded: row.excluded,
      locked: locked.has(row.writer_name),
      cut: row.cut === 1,
      ...(row.untimed === 1 ? { untimed: true } : {}),
    }
  }
}

/** What makes two imported recordings the same one: where they came from, and all that was measured. */
function contentKey(sourceId: string, label: string | null, signal: Signal): Uint8Array {
  const hash = createHash('sha256')
  hash.update(
    JSON.stringify([
      sourceId,
      label,
      signal.rateHz,
      signal.frames,
      signal.channels.map(({ name, unit }) => [name, unit]),
      signal.gaps,
    ]),
  )
  for (const part of [signal.values, signal.deviceMicros])
    hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength))
  return hash.digest().subarray(0, 16)
}

/** Frames that were lost are counted in 32 bits, as blocks keep them. */
function isGap({ lost }: Signal['gaps'][number]): boolean {
  return Number.isInteger(lost) && lost >= 0 && lost <= 0xffffffff
}
