import Database from 'better-sqlite3'
import { databaseProblem, lockedProblem } from './problems.ts'

/**
 * Makes this program the only one that writes to the database at `path`, for as long as it lives.
 * The lock is a transaction held open on a file of its own, so the system drops it when the program ends in whatever way.
 * Throws `database-locked`. Returns what lets go.
 */
export function lockForWriting(path: string): () => void {
  let lock: Database.Database | undefined
  try {
    lock = new Database(`${path}-lock`, { timeout: 200 })
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock?.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw lockedProblem(path, { cause: error })
    throw databaseProblem(path, error)
  }
  const held = lock
  return () => held.close()
}
