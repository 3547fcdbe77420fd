import { rmSync } from 'node:fs'
import { join, sep } from 'node:path'
import * as v from 'valibot'
import { errorShape } from '../../shared/errors.ts'
import { english } from '../../shared/messages/index.ts'
import type { Store } from './store.ts'

/**
 * Under this name stands what of an erasure is still to be done; it is there from the moment the rows are gone until
 * nothing is left.
 */
const NAME = 'erasing'
const Owed = v.object({
  /** Whom to forget in the frozen folds; null once that is done. */
  name: v.nullable(v.string()),
  /** What was fitted to the writer. */
  models: v.array(v.number()),
  runs: v.array(v.number()),
  /** Files and folders to delete, below the store's own. */
  files: v.array(v.string()),
})
type Owed = v.InferOutput<typeof Owed>

/**
 * Notes down, in the transaction that deletes a writer, what is to follow. One that was not finished is gone on with,
 * too.
 */
export function oweErasure(
  store: Store,
  owed: { name: string; models: readonly number[]; runs: readonly number[] },
): void {
  const before = store.settings.get(NAME, Owed)
  const paths = owed.models.flatMap((id) => store.models.fileNames(id))
  store.settings.set(NAME, {
    name: owed.name,
    models: [...owed.models, ...(before?.models ?? [])],
    runs: [...owed.runs, ...(before?.runs ?? [])],
    files: [...paths, ...owed.runs.map((id) => join('runs', String(id))), ...(before?.files ?? [])],
  } satisfies Owed)
}

export function owesErasure(store: Store): boolean {
  return store.settings.get(NAME, Owed) !== null
}

/**
 * Does what is owed: forgets the name in the folds, deletes the files, and writes the database anew without what was
 * deleted. Each step may be done twice, so that one that was broken off is done again. Returns what keeps it from being
 * whole and the way out, null where nothing is left; it is then tried again at the next start. Never throws.
 */
export function finishErasure(store: Store): string | null {
  const { connection, settings } = store
  connection.pragma('secure_delete = ON')
  try {
    const owed = settings.get(NAME, Owed)
    if (owed?.name != null) store.holdout.forget(owed.name)
    for (const path of within(store.files, owed?.files ?? [])) rmSync(path, { recursive: true, force: true })
    store.transaction(() => {
      for (const id of owed?.models ?? []) connection.run('DELETE FROM models WHERE id = ?', id)
      for (const id of owed?.runs ?? []) connection.run('DELETE FROM runs WHERE id = ?', id)
      // From here on no name stands in it; what is left to do is to write the file anew.
      settings.set(NAME, { name: null, models: [], runs: [], files: [] } satisfies Owed)
    })
    connection.execute('VACUUM')
    if (connection.pragma('wal_checkpoint(TRUNCATE)') !== 0) {
      return (
        'Another program reads the database: until it ends, the log beside the file still holds deleted samples. ' +
        'Delete any other writer, or start Kalamos again, to empty it.'
      )
    }
    settings.delete(NAME)
    return null
  } catch (error) {
    const { message, hint } = errorShape(error)
    return (
      'The file could not be written anew, so older copies of deleted samples may be left in its unused parts. ' +
      `${english(message)} ${english(hint ?? '')}`
    ).trim()
  } finally {
    connection.pragma('secure_delete = OFF')
  }
}

/** A database may come from anywhere: nothing outside its own folder is deleted on its word. */
function within(folder: string, files: readonly string[]): string[] {
  return files.map((file) => join(folder, file)).filter((path) => path.startsWith(`${folder}${sep}`))
}

/** Bytes of the database, also of those pages that are only in the log yet. */
export function bytesOf(store: Store): number {
  return Number(store.connection.pragma('page_count')) * Number(store.connection.pragma('page_size'))
}
