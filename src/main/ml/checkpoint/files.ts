import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { KalamosError } from '../../../shared/errors.ts'

/**
 * Writes a file so that after a crash at any moment either the old content is there or the new, whole one:
 * a temporary file beside it, flushed to the disk, then renamed. Throws `disk-full` or `not-writable`.
 */
export function writeWhole(path: string, bytes: Uint8Array | string): void {
  const temporary = `${path}.partial`
  try {
    mkdirSync(dirname(path), { recursive: true })
    const file = openSync(temporary, 'w')
    try {
      const data = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
      for (let at = 0; at < data.length; ) at += writeSync(file, data, at)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
    flushFolder(dirname(path))
  } catch (error) {
    rmSync(temporary, { force: true })
    throw writeProblem(path, error)
  }
}

/** Reads a file of a model or checkpoint. Throws `not-found` where it is missing. */
export function readWhole(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    throw new KalamosError('not-found', `${basename(path)} is missing from ${dirname(path)}.`, 'Restore it from a backup, or train again.', { cause: error })
  }
}

/** The new name is safe only once the folder is on the disk too; systems without that operation do it by themselves. */
function flushFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

function writeProblem(path: string, error: unknown): unknown {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new KalamosError('disk-full', `The disk is full: ${path} could not be written.`, 'Free some space on that disk, then resume.', { cause: error })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new KalamosError('not-writable', `${path} cannot be written.`, `Give yourself write access to ${dirname(path)}.`, { cause: error })
    default:
      return error
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
