import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { KalamosError } from '../../shared/errors.ts'
import { makeFolders } from './folders.ts'

/** What is being written has such a name beside its place: nobody else gives one like it, and it is never too long. */
const PARTIAL = /^\.kalamos-[0-9a-f]{16}\.partial$/
/** A partial file older than this was left by a program that was killed. */
const STALE_MS = 3_600_000
const PRIVATE = { file: 0o600, folder: 0o700 }
/** The rights of what is meant for others: whatever the user's own habit is. */
export const READABLE = 0o666

/**
 * Writes a file so that after a crash at any moment either the old content is there or the new, whole one: a temporary
 * file beside it, made for this alone, flushed to the disk, then renamed. Unless `mode` says otherwise it is its
 * owner's alone, as are folders made for it. Throws `disk-full` or `not-writable`.
 */
export function writeWhole(path: string, bytes: Uint8Array | string, mode = PRIVATE.file): void {
  telling(path, () => {
    makeFolders(dirname(path), PRIVATE.folder)
    withPartial(path, bytes, mode, (partial) => renameSync(partial, path))
  })
}

/** The same for a file that a person named: it is never written over anything. Throws `conflict` too. */
export function writeNew(path: string, bytes: Uint8Array | string): void {
  telling(path, () => withPartial(path, bytes, READABLE, (partial) => takeName(partial, path)))
}

/** Gives a file its name, unless something bears it. Throws what the file system throws, EEXIST then. */
export function takeName(partial: string, path: string): void {
  try {
    linkSync(partial, path)
  } catch (error) {
    // File systems without hard links, such as those of memory cards, cannot refuse and rename in one.
    if (!['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'].includes(String(codeOf(error)))) throw error
    if (existsSync(path)) throw Object.assign(new Error(`EEXIST: ${path}`), { code: 'EEXIST', syscall: 'link' })
    renameSync(partial, path)
    return
  }
  rmSync(partial)
}

/** Reads a file of a model or checkpoint. Throws `not-found` where it is missing. */
export function readWhole(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    throw new KalamosError(
      'not-found',
      `${basename(path)} is missing from ${dirname(path)}.`,
      'Restore it from a backup, or train again.',
      { cause: error },
    )
  }
}

/** Takes away what killed programs left half written in a folder of the app and in those below. */
export function sweepPartials(folder: string): void {
  const now = Date.now()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !PARTIAL.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    if (now - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > STALE_MS) rmSync(path, { force: true })
  }
}

/** A new name is safe only once its folder is on the disk too; systems without that operation do it by themselves. */
export function flushFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

function withPartial(path: string, bytes: Uint8Array | string, mode: number, place: (partial: string) => void): void {
  const partial = join(dirname(path), `.kalamos-${randomBytes(8).toString('hex')}.partial`)
  const file = openSync(partial, 'wx', mode)
  try {
    try {
      const data = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
      for (let at = 0; at < data.length;) at += writeSync(file, data, at)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    place(partial)
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
  flushFolder(dirname(path))
}

function telling(path: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    throw writeProblem(path, error)
  }
}

function writeProblem(path: string, error: unknown): unknown {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new KalamosError(
        'disk-full',
        `The disk is full: ${path} was not written.`,
        'Free some space on that disk and try again.',
        { cause: error },
      )
    case 'EEXIST':
      return new KalamosError('conflict', `${path} is there already.`, 'Name a new place.', { cause: error })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new KalamosError(
        'not-writable',
        `${path} cannot be written.`,
        `Give yourself write access to ${dirname(path)}.`,
        { cause: error },
      )
    default:
      if (!(error instanceof Error) || !('syscall' in error)) return error
      return new KalamosError(
        'not-writable',
        `${path} cannot be written (${String(codeOf(error))}).`,
        'Name a place that you may write to.',
        { cause: error },
      )
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
