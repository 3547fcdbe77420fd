import type { EditState, HistoryEntry } from '../../shared/api/review.ts'
import type { Connection, Value } from './connection.ts'
import type { Piece } from './pieces.ts'
import type { Samples } from './samples.ts'

export type EditKind = HistoryEntry['kind']

/** What an edit may change of a recording. `pieces` null: all of its own samples. */
export interface Fields {
  label?: string | null
  tag?: string | null
  excluded?: string | null
  verdict?: string | null
  reasons?: string | null
  hidden?: 0 | 1
  startedAt?: number
  durationMs?: number
  frames?: number
  lostFrames?: number
  pieces?: readonly Piece[] | null
}

const COLUMNS = {
  label: 'label',
  tag: 'tag',
  excluded: 'excluded',
  verdict: 'verdict',
  reasons: 'reasons',
  startedAt: 'started_at',
  durationMs: 'duration_ms',
  frames: 'frames',
  lostFrames: 'lost_frames',
} as const
type Scalar = keyof typeof COLUMNS

/** Edits of many recordings at once set one field of theirs. */
const FIELD_OF = { exclude: 'excluded', include: 'excluded', tag: 'tag', delete: 'hidden' } as const
type ManyKind = keyof typeof FIELD_OF

interface EditRow {
  id: number
  kind: EditKind
  description: string
}

/** So many recordings of an edit are named when it is taken back or done again. */
const NAMED = 1000

/**
 * The history of edits: what each changed of which recording, before and after. Edits are taken back the last one first
 * and done again in their order; a new edit ends what could be done again.
 */
export class History {
  readonly #database: Connection
  readonly #samples: Samples

  constructor(database: Connection, samples: Samples) {
    this.#database = database
    this.#samples = samples
  }

  /** One edit, all or nothing: `work` changes recordings through what it is given. Returns the edit's number. */
  edit(
    kind: EditKind,
    description: string,
    work: (edit: { id: number; change: (recordingId: number, fields: Fields) => void }) => void,
  ): number {
    return this.#database.transaction(() => {
      const id = this.#add(kind, description)
      const before = new Map<number, Fields>()
      const after = new Map<number, Fields>()
      work({
        id,
        change: (recordingId, fields) => {
          before.set(recordingId, { ...this.#present(recordingId, fields), ...before.get(recordingId) })
          after.set(recordingId, { ...after.get(recordingId), ...fields })
          this.#apply(id, recordingId, fields)
        },
      })
      for (const [recordingId, fields] of before) {
        this.#database.run(
          'INSERT INTO changes (edit_id, recording_id, before, after) VALUES (?, ?, ?, ?)',
          id,
          recordingId,
          JSON.stringify(fields),
          JSON.stringify(after.get(recordingId)),
        )
      }
      return id
    })
  }

  /**
   * One edit that sets one field of many recordings, those that `ids` (a query for numbers) gives, to the same value.
   * Returns how many changed; where none does, there is no edit.
   */
  editMany(
    kind: ManyKind,
    value: string | null,
    describe: (changed: number) => string,
    ids: { sql: string; values: readonly Value[] },
  ): number {
    return this.#database.transaction(() => {
      const id = this.#add(kind, '')
      const field = FIELD_OF[kind]
      const column = field === 'hidden' ? 'deleted_by IS NOT NULL' : field
      const { changes } = this.#database.run(
        `INSERT INTO changes SELECT ?, id, json_object('${field}', ${column}), json_object('${field}', ?) FROM recordings
         WHERE id IN (${ids.sql}) AND deleted_by IS NULL ${field === 'hidden' ? 'AND ? IS NULL' : `AND ${field} IS NOT ?`}`,
        id,
        field === 'hidden' ? 1 : value,
        ...ids.values,
        field === 'hidden' ? null : value,
      )
      if (changes === 0) this.#database.run('DELETE FROM edits WHERE id = ?', id)
      else {
        this.#database.run('UPDATE edits SET description = ? WHERE id = ?', describe(changes), id)
        this.#applyMany(id, kind, 'after')
      }
      return changes
    })
  }

  /** Takes the last edit back that still has an effect; null where there is none. */
  undo(): { description: string; ids: number[] } | null {
    return this.#database.transaction(() => {
      for (let edit = this.#undoable(); edit !== undefined; edit = this.#undoable()) {
        this.#database.run('UPDATE edits SET undone_at = ? WHERE id = ?', Date.now(), edit.id)
        if (this.#restore(edit, 'before') > 0) return { description: edit.description, ids: this.#idsOf(edit.id) }
      }
      return null
    })
  }

  /** Does the edit again that was taken back last; null where there is none. */
  redo(): { description: string; ids: number[] } | null {
    return this.#database.transaction(() => {
      for (let edit = this.#redoable(); edit !== undefined; edit = this.#redoable()) {
        this.#database.run('UPDATE edits SET undone_at = NULL WHERE id = ?', edit.id)
        if (this.#restore(edit, 'after') > 0) return { description: edit.description, ids: this.#idsOf(edit.id) }
      }
      return null
    })
  }

  state(): EditState {
    return { undo: this.#undoable()?.description ?? null, redo: this.#redoable()?.description ?? null }
  }

  /** The newest first, of all recordings or of one. */
  entries(limit: number, recordingId?: number): HistoryEntry[] {
    const of = recordingId === undefined ? '' : 'WHERE e.id IN (SELECT edit_id FROM changes WHERE recording_id = ?)'
    return this.#database.all<HistoryEntry>(
      `SELECT e.id AS editId, e.kind, e.description, e.at, e.undone_at AS undoneAt, (SELECT count(*) FROM changes c WHERE c.edit_id = e.id) AS recordings
       FROM edits e ${of} ORDER BY e.id DESC LIMIT ?`,
      ...(recordingId === undefined ? [] : [recordingId]),
      limit,
    )
  }

  /**
   * Removes for good what was deleted before `instant` (ms since 1970), and what only edits know of that can neither be
   * taken back nor done again. Samples that another recording shows a part of stay. Returns how many recordings went.
   */
  purge(instant: number): number {
    return this.#database.transaction(() => {
      const gone =
        `SELECT id FROM edits WHERE (undone_at IS NULL AND kind = 'delete' AND at < ?) OR (abandoned = 1 AND ` +
        'undone_at < ?)'
      const purged = this.#database.all<{ id: number }>(
        `SELECT id FROM recordings WHERE deleted_by IN (${gone}) AND NOT EXISTS (SELECT 1 FROM pieces WHERE ` +
          'raw_id = recordings.id AND recording_id <> recordings.id)',
        instant,
        instant,
      )
      for (const { id } of purged) this.#purgeOne(id)
      this.#database.run(
        `DELETE FROM edits WHERE (id IN (${gone}) OR NOT EXISTS (SELECT 1 FROM changes WHERE edit_id = ` +
          'edits.id)) AND NOT EXISTS (SELECT 1 FROM recordings WHERE deleted_by = edits.id)',
        instant,
        instant,
      )
      return purged.length
    })
  }

  /** A recording goes together with those that were merged into it. */
  #purgeOne(id: number): void {
    this.#database.run(
      'DELETE FROM recordings WHERE deleted_by IN (SELECT e.id FROM changes c JOIN edits e ON e.id = c.edit_id ' +
        "WHERE c.recording_id = ? AND e.kind = 'merge' AND e.undone_at IS NULL)",
      id,
    )
    this.#database.run('DELETE FROM recordings WHERE id = ?', id)
  }

  #add(kind: EditKind, description: string): number {
    this.#database.run('UPDATE edits SET abandoned = 1 WHERE undone_at IS NOT NULL AND abandoned = 0')
    return this.#database.run(
      'INSERT INTO edits (kind, description, at) VALUES (?, ?, ?)',
      kind,
      description,
      Date.now(),
    ).id
  }

  #undoable(): EditRow | undefined {
    return this.#database.get<EditRow>(
      'SELECT id, kind, description FROM edits WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1',
    )
  }

  #redoable(): EditRow | undefined {
    return this.#database.get<EditRow>(
      'SELECT id, kind, description FROM edits WHERE undone_at IS NOT NULL AND abandoned = 0 ORDER BY id LIMIT 1',
    )
  }

  #idsOf(editId: number): number[] {
    return this.#database
      .all<{ id: number }>('SELECT recording_id AS id FROM changes WHERE edit_id = ? LIMIT ?', editId, NAMED)
      .map(({ id }) => id)
  }

  #restore({ id, kind }: EditRow, side: 'before' | 'after'): number {
    if (isOfMany(kind)) return this.#applyMany(id, kind, side)
    const changes = this.#database.all<{ recording_id: number; fields: string }>(
      `SELECT recording_id, ${side} AS fields FROM changes WHERE edit_id = ?`,
      id,
    )
    for (const { recording_id, fields } of changes) this.#apply(id, recording_id, JSON.parse(fields) as Fields)
    return changes.length
  }

  /** A deleted recording that came into the store a second time since stays deleted: there is one of it. */
  #applyMany(editId: number, kind: ManyKind, side: 'before' | 'after'): number {
    const changed = 'id IN (SELECT recording_id FROM changes WHERE edit_id = ?)'
    const field = FIELD_OF[kind]
    if (field !== 'hidden') {
      return this.#database.run(
        `UPDATE recordings SET ${field} = (SELECT ${side} ->> '${field}' FROM changes WHERE edit_id = ? AND ` +
          `recording_id = recordings.id) WHERE ${changed}`,
        editId,
        editId,
      ).changes
    }
    if (side === 'after')
      return this.#database.run(
        `UPDATE recordings SET deleted_by = ? WHERE ${changed} AND deleted_by IS NULL`,
        editId,
        editId,
      ).changes
    return this.#database.run(
      'UPDATE recordings SET deleted_by = NULL WHERE deleted_by = ? AND (source_key IS NULL OR NOT EXISTS ' +
        '(SELECT 1 FROM recordings o WHERE o.source_key = recordings.source_key AND o.deleted_by IS NULL))',
      editId,
    ).changes
  }

  #present(id: number, fields: Fields): Fields {
    const scalars = scalarsOf(fields)
    const columns = scalars.map((name) => `${COLUMNS[name]} AS ${name}`)
    const row = this.#database.get<Fields>(
      `SELECT ${['(deleted_by IS NOT NULL) AS hidden', ...columns].join(', ')} FROM recordings WHERE id = ?`,
      id,
    )!
    const present: Fields = Object.fromEntries(scalars.map((name) => [name, row[name]]))
    if (fields.hidden !== undefined && row.hidden !== undefined) present.hidden = row.hidden
    if (fields.pieces !== undefined) present.pieces = this.#samples.cutPieces(id)
    return present
  }

  #apply(editId: number, id: number, fields: Fields): void {
    const scalars = scalarsOf(fields)
    if (scalars.length > 0) {
      this.#database.run(
        `UPDATE recordings SET ${scalars.map((name) => `${COLUMNS[name]} = ?`).join(', ')} WHERE id = ?`,
        ...scalars.map((name) => fields[name] ?? null),
        id,
      )
    }
    if (fields.hidden !== undefined)
      this.#database.run('UPDATE recordings SET deleted_by = ? WHERE id = ?', fields.hidden === 1 ? editId : null, id)
    if (fields.pieces !== undefined) {
      this.#samples.keepPieces(id, fields.pieces)
      this.#database.run('DELETE FROM readings WHERE recording_id = ?', id)
    }
  }
}

function isOfMany(kind: EditKind): kind is ManyKind {
  return kind in FIELD_OF
}

function scalarsOf(fields: Fields): Scalar[] {
  return (Object.keys(COLUMNS) as Scalar[]).filter((name) => fields[name] !== undefined)
}
