import { statfsSync } from 'node:fs'
import { KalamosError } from '../../shared/errors.ts'
import { say, type Message } from '../../shared/messages/index.ts'

/** That a backup does not hold what its table of contents says. */
export function damagedBackup(place: string, why: Message, cause?: unknown): KalamosError {
  return new KalamosError(
    'database-damaged',
    say('backup.damaged', { folder: place, why }),
    say('backup.use-another'),
    { cause },
  )
}

/** Throws `disk-full` where the disk of a folder has fewer bytes left than what is to come to `place` needs. */
export function checkRoom(folder: string, place: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize >= bytes) return
  throw new KalamosError(
    'disk-full',
    say('backup.no-room', { place, needed: megabytes(bytes), free: megabytes(bavail * bsize) }),
    say('backup.free-space'),
  )
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6)
}

/**
 * What the file system or SQLite refused to write at a place, as an error that a person can act on; anything else as
 * it is.
 */
export function writingProblem(place: string, error: unknown): unknown {
  if (error instanceof KalamosError || !(error instanceof Error) || !('code' in error)) return error
  const cause = { cause: error }
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'SQLITE_FULL':
      return new KalamosError('disk-full', say('backup.disk-full', { place }), say('backup.free-space'), cause)
    case 'EFBIG':
      return new KalamosError('disk-full', say('backup.file-too-large', { place }), say('backup.other-format'), cause)
    case 'EEXIST':
      return new KalamosError('conflict', say('backup.place-taken', { place }), say('backup.name-new-file'), cause)
    default: {
      if (!('syscall' in error)) return error
      const why = String(error.code)
      return new KalamosError(
        'not-writable',
        say('backup.not-writable', { place, why }),
        say('backup.name-writable'),
        cause,
      )
    }
  }
}
