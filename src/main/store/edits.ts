import { KalamosError } from '../../shared/errors.ts'
import type { Connection } from './connection.ts'

/** Deletions and new labels, each of which can be taken back, the last one first. */
export class Edits {
  readonly #database: Connection

  constructor(database: Connection) {
    this.#database = database
  }

  /** Hides the recordings; `purge` removes them later. Throws `not-found`, or `conflict` for one that is still open. */
  delete(ids: readonly number[]): void {
    const wanted = [...new Set(ids)]
    this.#database.transaction(() => {
      const edit = this.#add('delete', wanted.length === 1 ? `Deletion of recording ${wanted[0]}` : `Deletion of ${wanted.length} recordings`)
      for (const id of wanted) {
        const row = this.#database.get<{ state: string }>('SELECT state FROM recordings WHERE id = ? AND deleted_by IS NULL', id)
        if (row === undefined) throw new KalamosError('not-found', `There is no recording ${id}.`)
        if (row.state === 'open') {
          throw new KalamosError('conflict', `Recording ${id} is still being written.`, 'Finish the word or stop the session first.')
        }
        this.#database.run('UPDATE recordings SET deleted_by = ? WHERE id = ?', edit, id)
      }
    })
  }

  /** Throws `not-found`. */
  relabel(id: number, label: string | null): void {
    this.#database.transaction(() => {
      const row = this.#database.get<{ label: string | null }>('SELECT label FROM recordings WHERE id = ? AND deleted_by IS NULL', id)
      if (row === undefined) throw new KalamosError('not-found', `There is no recording ${id}.`)
      if (row.label === label) return
      const edit = this.#add('relabel', `Label of recording ${id} from ${quoted(row.label)} to ${quoted(label)}`)
      this.#change(id, edit, row.label, label)
    })
  }

  /** Takes the last edit back that still has an effect, and says which; null where there is none. */
  undo(): string | null {
    return this.#database.transaction(() => {
      for (;;) {
        const edit = this.#database.get<{ id: number; kind: string; description: string }>(
          'SELECT id, kind, description FROM edits WHERE undone_at IS NULL ORDER BY id DESC LIMIT 1',
        )
        if (edit === undefined) return null
        this.#database.run('UPDATE edits SET undone_at = ? WHERE id = ?', Date.now(), edit.id)
        if ((edit.kind === 'delete' ? this.#restore(edit.id) : this.#unlabel(edit.id)) > 0) return edit.description
      }
    })
  }

  /** Removes for good what was deleted before `instant` (ms since 1970). Returns how many recordings that were. */
  purge(instant: number): number {
    return this.#database.transaction(() => {
      const old = `SELECT id FROM edits WHERE kind = 'delete' AND undone_at IS NULL AND at < ?`
      const { changes } = this.#database.run(`DELETE FROM recordings WHERE deleted_by IN (${old})`, instant)
      this.#database.run(`DELETE FROM edits WHERE id IN (${old})`, instant)
      return changes
    })
  }

  /** A recording that came into the store a second time since stays deleted: there is one of it. */
  #restore(edit: number): number {
    return this.#database.run('UPDATE OR IGNORE recordings SET deleted_by = NULL WHERE deleted_by = ?', edit).changes
  }

  #unlabel(edit: number): number {
    const changes = this.#database.all<{ recording_id: number; before: string | null; after: string | null }>(
      'SELECT recording_id, before, after FROM labels WHERE edit_id = ?',
      edit,
    )
    for (const { recording_id, before, after } of changes) this.#change(recording_id, null, after, before)
    return changes.length
  }

  #change(id: number, edit: number | null, before: string | null, after: string | null): void {
    this.#database.run('UPDATE recordings SET label = ? WHERE id = ?', after, id)
    this.#database.run('INSERT INTO labels (recording_id, edit_id, before, after, at) VALUES (?, ?, ?, ?, ?)', id, edit, before, after, Date.now())
  }

  #add(kind: 'delete' | 'relabel', description: string): number {
    return this.#database.run('INSERT INTO edits (kind, description, at) VALUES (?, ?, ?)', kind, description, Date.now()).id
  }
}

function quoted(label: string | null): string {
  return label === null ? 'none' : `“${label}”`
}
