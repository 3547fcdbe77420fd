import { closeSync, fdatasyncSync, openSync } from 'node:fs'
import { open } from 'node:fs/promises'

/** Brings SQLite's log of the database at this path to the disk. Rejects with what the system says. */
export type SyncLog = (database: string) => Promise<void>

/** Windows syncs only what is open for writing. */
const FLAGS = 'r+'

/**
 * Syncs SQLite's log of a database in a thread of libuv; a log that is absent has nothing to sync. Closing a file lets
 * go of every POSIX lock that this process has on it, but SQLite has none on the log: they are on the database and its
 * `-shm` (https://www.sqlite.org/walformat.html, 2.3). So never do this with either of those.
 */
export async function syncLog(database: string): Promise<void> {
  try {
    const file = await open(logOf(database), FLAGS)
    try {
      await file.datasync()
    } finally {
      await file.close()
    }
  } catch (error) {
    passAbsent(error)
  }
}

/** The same, waited for. */
export function syncLogNow(database: string): void {
  try {
    const file = openSync(logOf(database), FLAGS)
    try {
      fdatasyncSync(file)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    passAbsent(error)
  }
}

function logOf(database: string): string {
  return `${database}-wal`
}

function passAbsent(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
}
