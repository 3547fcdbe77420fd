import Database from 'better-sqlite3'
import { hostname } from 'node:os'
import * as v from 'valibot'
import { native } from '../native/libraries.ts'
import { Connection } from './connection.ts'
import { databaseProblem, lockedProblem } from './problems.ts'
import { Settings } from './settings.ts'

const HOLDER = 'held by'
const Holder = v.object({ pid: v.pipe(v.number(), v.integer(), v.minValue(1)), host: v.string() })

/**
 * Makes this program the only one that writes to the database at `path`, for as long as it lives.
 * The lock is a transaction held open on a file of its own, so the system drops it when the program ends in whatever way.
 * Throws `database-locked`. Returns what lets go.
 */
export function lockForWriting(path: string): () => void {
  let lock: Database.Database | undefined
  try {
    lock = new (native('database'))(`${path}-lock`, { timeout: 200 })
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock?.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) throw lockedProblem(path, holderOf(path), { cause: error })
    throw databaseProblem(path, error)
  }
  const held = lock
  return () => held.close()
}

/** Writes down who holds the lock, so that whoever is refused can be told. */
export function signHolder(settings: Settings): void {
  settings.set(HOLDER, { pid: process.pid, host: hostname() })
}

/** The number of the process that holds the lock; null where that is not known, or it does not run on this machine. */
function holderOf(path: string): number | null {
  try {
    const connection = new Connection(path, { readOnly: true, busyMillis: 0 })
    try {
      const holder = new Settings(connection).get(HOLDER, Holder)
      return holder !== null && holder.host === hostname() && isRunning(holder.pid) ? holder.pid : null
    } finally {
      connection.close()
    }
  } catch {
    // That the database is locked is told in any case; its holder may just be making it.
    return null
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
