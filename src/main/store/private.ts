import { chmodSync, closeSync, openSync, statSync } from 'node:fs'

const OTHERS = 0o007
const OWNER = 0o700
const NEW_FILE = 0o600

/**
 * Sees to it that a database is no business of other users of the machine: a new one, its log and its lock are its
 * owner's alone, and so are those that were made open to everybody. Where others may do nothing, but a group may,
 * somebody meant it.
 */
export function keepDatabasePrivate(path: string): void {
  make(path, NEW_FILE)
  for (const suffix of ['', '-wal', '-shm', '-lock']) keepPrivate(`${path}${suffix}`)
  // SQLite gives its log the rights of the database, but the lock is a database of its own.
  make(`${path}-lock`, statSync(path).mode & 0o666)
}

/**
 * Takes from everybody but the owner what everybody has. Who owns it not cannot, and need not: it is the owner's to
 * decide.
 */
export function keepPrivate(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined || !(found.isFile() || found.isDirectory()) || (found.mode & OTHERS) === 0) return
  try {
    chmodSync(path, found.mode & OWNER)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error
  }
}

function make(path: string, mode: number): void {
  try {
    closeSync(openSync(path, 'wx', mode))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
