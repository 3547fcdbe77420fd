import { readFileSync, statSync } from 'node:fs'
import type { ErasureReport } from '../../shared/api/writers.ts'
import { errorShape } from '../../shared/errors.ts'
import type { Store } from './store.ts'

/**
 * Deletes a writer with all that was recorded, agreed to, answered and noted, for good: the freed places of the file are
 * overwritten, the file is written anew without them, and the log beside it is emptied. Takes a moment for a large file.
 * Throws `not-found`, or `conflict` while a session of theirs is running; then nothing was changed.
 */
export function eraseWriter(store: Store, id: number): ErasureReport {
  const { connection } = store
  const { name } = store.writers.get(id)
  const bytesBefore = statSync(store.path).size
  const counts = connection.get<Pick<ErasureReport, 'sessions' | 'recordings' | 'frames' | 'consents' | 'notes'>>(
    `SELECT (SELECT count(*) FROM sessions WHERE writer_id = ?) AS sessions,
       count(*) AS recordings, coalesce(sum(frames), 0) AS frames,
       (SELECT count(*) FROM consents WHERE writer_id = ?) AS consents,
       (SELECT count(*) FROM notes n JOIN sessions s ON s.id = n.session_id WHERE s.writer_id = ?) AS notes
     FROM recordings WHERE writer_id = ?`,
    id,
    id,
    id,
    id,
  )!
  const models = modelsThatLearnedFrom(store, new Set(store.connection.column<number>('SELECT id FROM recordings WHERE writer_id = ?', id)))
  connection.pragma('secure_delete = ON')
  try {
    store.transaction(() => {
      store.writers.delete(id)
      connection.run('DELETE FROM settings WHERE name LIKE ? OR name = ?', `pauses of writer ${id} with %`, `words of writer ${id}`)
      // Descriptions of edits hold labels; one that also concerns somebody else's recordings stays.
      connection.run('DELETE FROM edits WHERE NOT EXISTS (SELECT 1 FROM changes WHERE edit_id = edits.id) AND NOT EXISTS (SELECT 1 FROM recordings WHERE deleted_by = edits.id)')
    })
    store.holdout.forget(name)
    return { writer: name, ...counts, models, at: Date.now(), bytesBefore, ...compact(store) }
  } finally {
    connection.pragma('secure_delete = OFF')
  }
}

/** Writes the file anew without what was deleted at any time. What keeps it from that is told, not thrown: the rows are gone already. */
function compact(store: Store): Pick<ErasureReport, 'bytesAfter' | 'traces'> {
  let traces: string | null = null
  try {
    store.connection.execute('VACUUM')
    const busy = store.connection.pragma('wal_checkpoint(TRUNCATE)')
    if (busy !== 0) traces = 'Another program reads the database: until it ends, the log beside the file still holds deleted samples. Delete any other writer, or start Kalamos again, to empty it.'
  } catch (error) {
    const { message, hint } = errorShape(error)
    traces = `The file could not be written anew, so older copies of deleted samples may be left in its unused parts. ${message} ${hint ?? ''}`.trim()
  }
  return { bytesAfter: statSync(store.path).size, traces }
}

/** Models whose cards name any of these recordings as what they learned from or were measured on. Weights hold no samples: where a writer is deleted they stay, and are named. */
export function modelsThatLearnedFrom(store: Store, recordings: ReadonlySet<number>): ErasureReport['models'] {
  if (recordings.size === 0) return []
  return store.models.list().flatMap(({ id, name }) => (idsOnCard(store.models.paths(id)[1]).some((recording) => recordings.has(recording)) ? [{ id, name }] : []))
}

function idsOnCard(path: string | undefined): number[] {
  if (path === undefined) return []
  try {
    const card = JSON.parse(readFileSync(path, 'utf8')) as { trainedOn?: { ids?: number[]; heldOutIds?: number[] } }
    return [...(card.trainedOn?.ids ?? []), ...(card.trainedOn?.heldOutIds ?? [])]
  } catch {
    // A card that is gone or damaged is told where the model is used.
    return []
  }
}
