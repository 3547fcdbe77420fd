import type { Verdict } from '../../shared/api/quality.ts'
import type { RecordingFilter, RecordingState } from '../../shared/api/recordings.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { Channel, Signal } from '../../shared/signal.ts'
import { measure, type Stretch } from './block.ts'
import type { Connection, Value } from './connection.ts'
import { condition } from './recording-query.ts'
import type { Fields, History } from './history.ts'
import { validLabel } from './label.ts'
import { cutPieces, framesOf, joinPieces, wholePiece, type Piece } from './pieces.ts'
import type { Samples } from './samples.ts'

/** Recordings by their numbers, or all that match. */
export type Which = { ids: readonly number[] } | { filter: RecordingFilter }

/** Judges what an edit made of a recording; null where nothing can be said. */
export type Rejudge = (edited: {
  recordingId: number
  sessionId: number
  label: string | null
  signal: Signal
}) => Verdict | null

/** Words that belong together are written within this time of each other; assumed. */
const LONGEST_PAUSE_MS = 10_000

interface Row {
  id: number
  session_id: number
  writer_id: number
  label: string | null
  state: RecordingState
  started_at: number
  frames: number
  rate_hz: number
  channel_list_id: number
  channels: readonly Channel[]
  tag: string | null
  excluded: string | null
  verdict: string | null
}

/**
 * What a person may do to recordings. Samples stay as they were recorded: an edit says what of them is shown, and can
 * be taken back. Each throws `not-found` for a recording that is not there, and `conflict` for one that is still being
 * written.
 */
export class Edits {
  readonly #database: Connection
  readonly #samples: Samples
  readonly #history: History

  constructor(database: Connection, samples: Samples, history: History) {
    this.#database = database
    this.#samples = samples
    this.#history = history
  }

  /** Hides recordings; `purge` removes them later. Returns how many. */
  delete(which: Which): number {
    return this.#history.editMany(
      'delete',
      '1',
      (changed) =>
        changed === 1 && 'ids' in which ? `Deletion of recording ${which.ids[0]}` : `Deletion of ${changed} recordings`,
      this.#closed(which),
    )
  }

  /**
   * Leaves recordings out of trainings, measurements and exports. Returns how many were not left out for this reason
   * before.
   */
  exclude(which: Which, reason: string): number {
    const why = reason.normalize('NFC').trim()
    if (why === '')
      throw new KalamosError(
        'invalid-input',
        'The reason is empty.',
        'Say why the recordings are left out: others will read it.',
      )
    return this.#history.editMany(
      'exclude',
      why,
      (changed) => `Exclusion of ${several(changed, which)}: ${why}`,
      this.#closed(which),
    )
  }

  /** Takes recordings in again. */
  include(which: Which): number {
    return this.#history.editMany(
      'include',
      null,
      (changed) => `Inclusion of ${several(changed, which)}`,
      this.#closed(which),
    )
  }

  /** Marks recordings; null takes the mark away. */
  tag(which: Which, tag: string | null): number {
    return this.#history.editMany(
      'tag',
      tag,
      (changed) =>
        tag === null ? `Tag of ${several(changed, which)} taken away` : `Tag of ${several(changed, which)}: ${tag}`,
      this.#closed(which),
    )
  }

  /** Gives all of them one label. Returns how many had another. */
  relabelAll(which: Which, label: string | null, rejudge?: Rejudge): number {
    const wanted = validLabel(label)
    const rows = this.idsOf(which)
      .map((id) => this.#row(id))
      .filter((row) => row.label !== wanted)
    if (rows.length === 0) return 0
    this.#history.edit('relabel', `Label of ${several(rows.length, which)} to ${quoted(wanted)}`, ({ change }) => {
      for (const row of rows) change(row.id, this.#relabelled(row, wanted, rejudge))
    })
    return rows.length
  }

  /** The same label again is no edit. */
  relabel(id: number, label: string | null, rejudge?: Rejudge): void {
    const wanted = validLabel(label)
    const row = this.#row(id)
    if (row.label === wanted) return
    this.#history.edit(
      'relabel',
      `Label of recording ${id} from ${quoted(row.label)} to ${quoted(wanted)}`,
      ({ change }) => {
        change(id, this.#relabelled(row, wanted, rejudge))
      },
    )
  }

  /**
   * Keeps the frames from `first` to `end` (excluded), counted in the recording as it is now. Throws `invalid-input`
   * where nothing would be left or cut.
   */
  trim(id: number, first: number, end: number, rejudge?: Rejudge): void {
    const row = this.#closedRow(id)
    checkFrame(row, first)
    checkFrame(row, end)
    if (first >= end)
      throw new KalamosError(
        'invalid-input',
        `Nothing of recording ${id} would be left between frame ${first} and frame ${end}.`,
        'Choose an end behind the beginning, or delete the recording.',
      )
    if (first === 0 && end === row.frames)
      throw new KalamosError(
        'invalid-input',
        `Recording ${id} has no more than these ${row.frames} frames: there is nothing to cut off.`,
        'Move the beginning or the end.',
      )
    const pieces = cutPieces(this.#samples.pieces(id, row.channels.length), first, end)
    this.#history.edit(
      'trim',
      `Trimming of recording ${id} from ${row.frames} to ${end - first} frames`,
      ({ change }) => change(id, this.#cut(row, pieces, rejudge)),
    )
  }

  /**
   * Makes two of one: frames before `at` stay in this recording, the others go to a new one of the same session.
   * Returns the new one's number. Throws `invalid-input` where one of them would be empty, or for a label that is none.
   */
  split(id: number, at: number, labels: readonly [string | null, string | null], rejudge?: Rejudge): number {
    const row = this.#closedRow(id)
    const [first, second] = [validLabel(labels[0]), validLabel(labels[1])]
    checkFrame(row, at)
    if (at === 0 || at === row.frames)
      throw new KalamosError(
        'invalid-input',
        `Recording ${id} cannot be split at frame ${at}: one part would be empty.`,
        `Choose a frame from 1 to ${row.frames - 1}.`,
      )
    const pieces = this.#samples.pieces(id, row.channels.length)
    let added = 0
    this.#history.edit('split', `Split of recording ${id} at frame ${at}`, (edit) => {
      added = this.#database.run(
        'INSERT INTO recordings (session_id, writer_id, label, state, started_at, rate_hz, channel_list_id, ' +
          'tag, excluded, deleted_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        row.session_id,
        row.writer_id,
        null,
        row.state,
        row.started_at,
        row.rate_hz,
        row.channel_list_id,
        row.tag,
        row.excluded,
        edit.id,
      ).id
      edit.change(id, { label: first, ...this.#cut({ ...row, label: first }, cutPieces(pieces, 0, at), rejudge) })
      edit.change(added, {
        label: second,
        ...this.#cut({ ...row, id: added, label: second }, cutPieces(pieces, at, row.frames), rejudge),
        hidden: 0,
      })
    })
    return added
  }

  /**
   * Makes one of two that follow each other in a session; the earlier one stays and its number is returned, the later
   * one is hidden. Throws `conflict` where they are of two writers, sessions, rates or channel lists, where another
   * recording lies between them, or where they are too far apart.
   */
  merge(ids: readonly [number, number], label: string | null, rejudge?: Rejudge): number {
    const wanted = validLabel(label)
    const [one, other] = [this.#closedRow(ids[0]), this.#closedRow(ids[1])]
    const [before, after] =
      one.started_at < other.started_at || (one.started_at === other.started_at && one.id < other.id)
        ? [one, other]
        : [other, one]
    this.#refuseStrangers(before, after)
    const [head, tail] = [before, after].map((row) => this.#samples.pieces(row.id, row.channels.length)) as [
      Piece[],
      Piece[],
    ]
    const pause = this.#lostBetween(before, after)
    const pieces = joinPieces(head, tail, (rawId) => this.#samples.raw(rawId, before.channels.length).gaps, pause)
    this.#history.edit('merge', `Merging of recordings ${before.id} and ${after.id}`, ({ change }) => {
      change(before.id, { label: wanted, ...this.#cut({ ...before, label: wanted }, pieces, rejudge) })
      change(after.id, { hidden: 1 })
    })
    return before.id
  }

  /** The numbers of recordings that may be edited, the oldest first. */
  idsOf(which: Which): number[] {
    const { sql, values } = this.#closed(which)
    return this.#database
      .all<{ id: number }>(`SELECT id FROM recordings WHERE id IN (${sql}) ORDER BY id`, ...values)
      .map(({ id }) => id)
  }

  #relabelled(row: Row, label: string | null, rejudge: Rejudge | undefined): Fields {
    if (rejudge === undefined || row.verdict === null) return { label }
    return { label, ...this.#judged({ ...row, label }, this.#samples.view(row.id, row.channels.length), rejudge) }
  }

  #cut(row: Row, pieces: readonly Piece[], rejudge: Rejudge | undefined): Fields {
    const stretch = this.#samples.assemble(pieces, row.channels.length)
    const { startedAt, durationMs, lostFrames } = measure(stretch, row.rate_hz)
    const own = isWhole(row.id, pieces, this.#samples, row.channels.length)
    return {
      pieces: own ? null : pieces,
      frames: stretch.frames,
      durationMs,
      lostFrames,
      ...(Number.isFinite(startedAt) ? { startedAt } : {}),
      ...this.#judged(row, stretch, rejudge),
    }
  }

  /** A verdict on frames that are no longer shown would mislead; where there was one, there is a new one or none. */
  #judged(row: Row, stretch: Stretch, rejudge: Rejudge | undefined): Fields {
    if (row.verdict === null) return {}
    const verdict =
      rejudge?.({
        recordingId: row.id,
        sessionId: row.session_id,
        label: row.label,
        signal: { ...stretch, channels: row.channels, rateHz: row.rate_hz },
      }) ?? null
    return { verdict: verdict?.level ?? null, reasons: verdict === null ? null : JSON.stringify(verdict.reasons) }
  }

  #refuseStrangers(before: Row, after: Row): void {
    const refuse = (reason: string, hint: string): never => {
      throw new KalamosError('conflict', `Recordings ${before.id} and ${after.id} cannot be merged: ${reason}.`, hint)
    }
    const neighbours = 'Merge two recordings that follow each other in one session.'
    if (before.id === after.id) refuse('they are one and the same', neighbours)
    if (before.writer_id !== after.writer_id) refuse('two writers wrote them', neighbours)
    if (before.session_id !== after.session_id) refuse('they are of two sessions', neighbours)
    if (before.rate_hz !== after.rate_hz)
      refuse(
        `one has ${before.rate_hz} frames a second, the other ${after.rate_hz}`,
        'Only recordings of one rate make one recording.',
      )
    if (before.channel_list_id !== after.channel_list_id)
      refuse('their channels differ', 'Only recordings with the same channels make one recording.')
    const between = this.#database.get<{ id: number }>(
      'SELECT id FROM recordings WHERE session_id = ? AND deleted_by IS NULL AND (started_at, id) > (?, ?) AND ' +
        '(started_at, id) < (?, ?) LIMIT 1',
      before.session_id,
      before.started_at,
      before.id,
      after.started_at,
      after.id,
    )
    if (between !== undefined) refuse(`recording ${between.id} lies between them`, neighbours)
  }

  /**
   * Frames that a pen would have sent between two recordings, by its clock, else by arrival; where neither tells, what
   * is known to be lost.
   */
  #lostBetween(before: Row, after: Row): number {
    const [a, b] = [
      this.#samples.view(before.id, before.channels.length),
      this.#samples.view(after.id, after.channels.length),
    ]
    const byPen = (b.deviceMicros[0]! - a.deviceMicros[a.frames - 1]!) / 1000
    const byArrival = b.hostMillis[0]! - a.hostMillis[a.frames - 1]!
    const pauseMs = [byPen, byArrival].find((pause) => Number.isFinite(pause) && pause > 0)
    if (pauseMs === undefined) return b.gaps.find(({ at }) => at === 0)?.lost ?? 0
    if (pauseMs > LONGEST_PAUSE_MS) {
      throw new KalamosError(
        'conflict',
        `Recordings ${before.id} and ${after.id} cannot be merged: they are ${Math.round(pauseMs / 1000)} s apart.`,
        `Merge recordings that are at most ${LONGEST_PAUSE_MS / 1000} s apart.`,
      )
    }
    return Math.max(0, Math.round((pauseMs / 1000) * before.rate_hz) - 1)
  }

  #row(id: number): Row {
    const row = this.#database.get<Omit<Row, 'channels'> & { channels: string }>(
      `SELECT r.id, session_id, writer_id, label, state, started_at, frames, rate_hz, channel_list_id, c.channels, tag, excluded, verdict
       FROM recordings r JOIN channel_lists c ON c.id = r.channel_list_id WHERE r.id = ? AND deleted_by IS NULL`,
      id,
    )
    if (row === undefined) throw new KalamosError('not-found', `There is no recording ${id}.`)
    return { ...row, channels: JSON.parse(row.channels) as Channel[] }
  }

  #closedRow(id: number): Row {
    const row = this.#row(id)
    if (row.state === 'open') throw stillOpen(id)
    return row
  }

  /** A query for the numbers of recordings that may be edited. */
  #closed(which: Which): { sql: string; values: Value[] } {
    if ('filter' in which) {
      const { where, values } = condition(which.filter)
      return { sql: `SELECT r.id FROM recordings r WHERE ${where} AND r.state <> 'open'`, values }
    }
    const ids = [...new Set(which.ids)]
    for (const id of ids) {
      const row = this.#database.get<{ state: RecordingState }>(
        'SELECT state FROM recordings WHERE id = ? AND deleted_by IS NULL',
        id,
      )
      if (row === undefined) throw new KalamosError('not-found', `There is no recording ${id}.`)
      if (row.state === 'open') throw stillOpen(id)
    }
    return { sql: 'SELECT value FROM json_each(?)', values: [JSON.stringify(ids)] }
  }
}

function stillOpen(id: number): KalamosError {
  return new KalamosError(
    'conflict',
    `Recording ${id} is still being written.`,
    'Finish the word or stop the session first.',
  )
}

function checkFrame({ id, frames }: Row, frame: number): void {
  if (Number.isInteger(frame) && frame >= 0 && frame <= frames) return
  throw new KalamosError(
    'invalid-input',
    `Frame ${frame} is not in recording ${id}, which has ${frames} frames.`,
    `Choose a frame from 0 to ${frames}.`,
  )
}

function isWhole(id: number, pieces: readonly Piece[], samples: Samples, channels: number): boolean {
  const [piece] = pieces
  if (pieces.length !== 1 || piece!.rawId !== id || piece!.first !== 0) return false
  const whole = wholePiece(id, samples.raw(id, channels))
  return framesOf(pieces) === framesOf([whole]) && piece!.lostBefore === whole.lostBefore
}

function several(changed: number, which: Which): string {
  return changed === 1 && 'ids' in which && which.ids.length === 1
    ? `recording ${which.ids[0]}`
    : `${changed} recordings`
}

function quoted(label: string | null): string {
  return label === null ? 'none' : `“${label}”`
}
