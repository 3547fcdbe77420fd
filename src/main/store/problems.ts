import Database from 'better-sqlite3'
import { accessSync, constants } from 'node:fs'
import { dirname } from 'node:path'
import { KalamosError } from '../../shared/errors.ts'

/** What SQLite refused, as an error that a person can act on. Anything else is passed through: it is a defect. */
export function databaseProblem(path: string, error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const family = error.code.split('_').slice(0, 2).join('_')
  const cause = { cause: error }
  switch (family) {
    case 'SQLITE_FULL':
      return fullProblem(path, cause)
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return lockedProblem(path, null, cause)
    case 'SQLITE_CORRUPT':
    case 'SQLITE_NOTADB':
      return damagedProblem(path, error.message, cause)
    case 'SQLITE_READONLY':
    case 'SQLITE_PERM':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_AUTH':
      return notWritableProblem(path, cause)
    case 'SQLITE_IOERR':
      return failedProblem(path, error)
    default:
      return error
  }
}

/**
 * What the system refused of the database's files, as an error that a person can act on. Anything else is passed
 * through.
 */
export function diskProblem(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error
  return 'code' in error && error.code === 'ENOSPC' ? fullProblem(path, { cause: error }) : failedProblem(path, error)
}

function fullProblem(path: string, options: ErrorOptions): KalamosError {
  return new KalamosError(
    'disk-full',
    `The disk is full: ${path} cannot grow.`,
    'Free some space on that disk and try again; everything saved before is there.',
    options,
  )
}

function failedProblem(path: string, error: Error): KalamosError {
  return new KalamosError(
    'not-writable',
    `Reading or writing ${path} failed: ${error.message}.`,
    'Check the disk and its connection, then start again.',
    { cause: error },
  )
}

/** `holder`: the process that holds the lock, where it is known. */
export function lockedProblem(path: string, holder: number | null, options?: ErrorOptions): KalamosError {
  if (holder !== null) {
    return new KalamosError(
      'database-locked',
      `${path} is being written by another Kalamos, process ${holder}.`,
      `Close that one, or end process ${holder} where it no longer answers; or choose another database with ` +
        '--database <file>.',
      options,
    )
  }
  return new KalamosError(
    'database-locked',
    `${path} is being written by another program, perhaps by another Kalamos.`,
    'Close the other one, or choose another database with --database <file>.',
    options,
  )
}

/** `other`: the name under which the database was written last, and beside which what came last lies in a log. */
export function logElsewhereProblem(path: string, other: string): KalamosError {
  return new KalamosError(
    'conflict',
    `${path} is the same file as ${other}, and what was written last lies beside that name.`,
    `Open it once as ${other}; after that either name will do.`,
  )
}

export function damagedProblem(path: string, finding: string, options?: ErrorOptions): KalamosError {
  return new KalamosError(
    'database-damaged',
    `${path} is not a sound database: ${finding}. It was left as it is.`,
    'Restore it from a backup, or choose another database with --database <file>.',
    options,
  )
}

export function notWritableProblem(path: string, options?: ErrorOptions): KalamosError {
  if (isReadOnlyDisk(dirname(path))) {
    return new KalamosError(
      'not-writable',
      `${path} lies on a disk that is read-only.`,
      'Make that disk writable, or choose another database with --database <file>.',
      options,
    )
  }
  return new KalamosError(
    'not-writable',
    `${path} cannot be opened for writing.`,
    `Give yourself write access to ${dirname(path)}, or choose another database with --database <file>.`,
    options,
  )
}

/** Whether the nearest folder that is there lies on a disk that is mounted to be read only. */
function isReadOnlyDisk(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return false
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && dirname(folder) !== folder) return isReadOnlyDisk(dirname(folder))
    return code === 'EROFS'
  }
}

export function newerProblem(path: string, found: number, known: number): KalamosError {
  return new KalamosError(
    'database-newer',
    `${path} was written by a newer Kalamos (schema ${found}, this one knows up to ${known}). It was left untouched.`,
    'Update Kalamos, or choose another database with --database <file>.',
  )
}

export function developmentProblem(path: string, found: number): KalamosError {
  return new KalamosError(
    'conflict',
    `${path} was made by a development state of Kalamos, from before its first release (schema ${found}). It ` +
      'was left untouched.',
    'Export its recordings with that state and import them here, or choose another database with --database <file>.',
  )
}
