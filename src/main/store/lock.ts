import Database from 'better-sqlite3'
import { existsSync, statSync } from 'node:fs'
import { native } from '../native/libraries.ts'
import { Connection } from './connection.ts'
import { certainlyRuns, fileMark, mayRun, readDatabaseOwner, type DatabaseOwner } from './holder.ts'
import { databaseProblem, lockedProblem, logElsewhereProblem } from './problems.ts'
import { Settings } from './settings.ts'

/** The databases that this thread writes to, by what all their names share. */
const heldHere = new Set<string>()

/**
 * Makes this program the only one that writes to the database at `path` (see `realPath`), for as long as it lives.
 * The lock is a transaction held open on a file of its own, so the system drops it when the program ends in whatever
 * way. Where that file was deleted meanwhile, or the database has another name here (a hard link, a bind mount), the
 * holder that the database itself names decides, for as long as that process runs. Throws `database-locked`, or
 * `conflict` where the last to write ended without warning and left its log under another name. Returns what lets go.
 */
export function lockForWriting(path: string): () => void {
  const file = fileMark(path)
  if (file !== null && heldHere.has(file)) throw lockedProblem(path, process.pid)
  const lock = lockFile(path)
  try {
    refuseOtherNames(path, file)
  } catch (error) {
    lock.close()
    throw error
  }
  // A database that is new here is known from the next opening on; until then its lock file tells.
  if (file !== null) heldHere.add(file)
  return () => {
    if (file !== null) heldHere.delete(file)
    lock.close()
  }
}

function lockFile(path: string): Database.Database {
  let lock: Database.Database | undefined
  try {
    lock = new (native('database'))(`${path}-lock`, { timeout: 200 })
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock?.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      throw lockedProblem(path, nameable(path), { cause: error })
    throw databaseProblem(path, error)
  }
}

/** The lock file is ours; yet somebody may write to the same file by another name, or hold a lock file that is gone. */
function refuseOtherNames(path: string, file: string | null): void {
  const holder = file === null ? null : holderOf(path)
  // The holder of a file that this one was copied from has nothing to do with it.
  if (holder === null || holder.file !== file) return
  if (holder.pid !== process.pid && certainlyRuns(holder)) throw lockedProblem(path, holder.pid)
  if (holder.path !== null && holder.path !== path && fileMark(holder.path) === file && hasLog(holder.path))
    throw logElsewhereProblem(path, holder.path)
}

function hasLog(path: string): boolean {
  return existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0
}

/** The number of the process that holds the lock; null where that is not known, or it does not run on this machine. */
function nameable(path: string): number | null {
  const holder = holderOf(path)
  return holder !== null && mayRun(holder) ? holder.pid : null
}

function holderOf(path: string): DatabaseOwner | null {
  try {
    const connection = new Connection(path, { readOnly: true, busyMillis: 0 })
    try {
      return readDatabaseOwner(new Settings(connection))
    } finally {
      connection.close()
    }
  } catch {
    // Without a readable answer the lock file alone tells; what is wrong with the database is told where it is opened.
    return null
  }
}
