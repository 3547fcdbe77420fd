import { chmodSync } from 'node:fs'
import { Connection } from './connection.ts'
import { inspectFile } from './inspect.ts'
import { damagedProblem } from './problems.ts'

const BUSY_MS = 5000

/** What a database holds, counted. */
export interface Holdings {
  recordings: number
  writers: number
  models: number
}

/**
 * Copies the database of this instant into a new file. `progress` hears the share that is done, 0 to 1. Throws what the
 * database or the disk refuses.
 */
export async function copyDatabase(database: string, path: string, progress: (share: number) => void): Promise<void> {
  const source = new Connection(database, { readOnly: true, busyMillis: BUSY_MS })
  try {
    await source.copyTo(path, progress)
  } finally {
    source.close()
  }
}

/**
 * Makes a copy one file that its owner alone can read, and tells what it holds and which files its models name, as they
 * are stored.
 */
export function settleCopy(path: string): { counts: Holdings; modelFiles: string[] } {
  const copy = new Connection(path, { readOnly: false, busyMillis: BUSY_MS })
  try {
    copy.pragma('journal_mode = DELETE')
    chmodSync(path, 0o600)
    const counts = copy.get<Holdings>(
      'SELECT (SELECT count(*) FROM recordings) AS recordings, (SELECT count(*) FROM writers) AS writers, ' +
        '(SELECT count(*) FROM models) AS models',
    )!
    return {
      counts,
      modelFiles: copy.column<string>('SELECT files FROM models').flatMap((names) => JSON.parse(names) as string[]),
    }
  } finally {
    copy.close()
  }
}

/** Reads a copy whole. Throws `database-damaged` where SQLite finds it unsound, and what `inspectFile` throws. */
export function checkCopiedDatabase(path: string): void {
  inspectFile(path)
  const copy = new Connection(path, { readOnly: true, busyMillis: BUSY_MS })
  try {
    const damage = copy.damage()
    if (damage !== null) throw damagedProblem(path, damage)
  } finally {
    copy.close()
  }
}
