import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  openSync,
  readSync,
  statSync,
  type ReadStream,
  type Stats,
} from 'node:fs'
import { KalamosError } from '../../shared/errors.ts'

/**
 * The one way to open a file that somebody else made or named. Only regular files are opened: a pipe nobody writes to
 * keeps its reader waiting, a device such as /dev/zero never ends. What is read ends with the size that the file had
 * when it was opened.
 */

/** More than this at once no system reads. */
const READ_MAX = 1 << 30

export interface ForeignFile {
  /** Its descriptor; whoever opened it closes it. */
  readonly file: number
  /** Bytes. */
  readonly size: number
}

/** Throws `not-found`, or `invalid-input` for what is no file, and where it may not be read. */
export function openForeign(path: string): ForeignFile {
  foreignSize(path)
  let file: number | undefined
  try {
    // Something else may have taken its place meanwhile: that is not waited for either, and looked at again.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0))
    const stats = fstatSync(file)
    refuseOthers(path, stats)
    return { file, size: stats.size }
  } catch (error) {
    if (file !== undefined) closeSync(file)
    throw placeProblem(path, error)
  }
}

/** The size of a file in bytes. Throws like `openForeign`. */
export function foreignSize(path: string): number {
  try {
    const stats = statSync(path)
    refuseOthers(path, stats)
    return stats.size
  } catch (error) {
    throw placeProblem(path, error)
  }
}

/** A whole file of at most `most` bytes. Throws like `openForeign`, and `invalid-input` where it is larger. */
export function readForeign(path: string, most: number): Buffer {
  const { file, size } = openForeign(path)
  try {
    if (size > most) {
      throw new KalamosError(
        'invalid-input',
        `${path} has ${megabytes(size)} MB; at most ${megabytes(most)} MB are read.`,
        'Take a part of it.',
      )
    }
    const bytes = Buffer.alloc(size)
    return bytes.subarray(0, fillFrom(file, bytes, 0))
  } catch (error) {
    throw placeProblem(path, error)
  } finally {
    closeSync(file)
  }
}

/** The bytes of a file one after the other. Throws like `openForeign`; what goes wrong later is the stream's error. */
export function streamForeign(path: string): { stream: ReadStream; size: number } {
  const { file, size } = openForeign(path)
  return { stream: createReadStream(path, { fd: file, start: 0, end: Math.max(0, size - 1) }), size }
}

/** Fills a buffer from an offset of a file. Returns how many bytes there were, fewer only where the file ends. */
export function fillFrom(file: number, buffer: Buffer, offset: number): number {
  let done = 0
  while (done < buffer.length) {
    const read = readSync(file, buffer, done, Math.min(buffer.length - done, READ_MAX), offset + done)
    if (read === 0) break
    done += read
  }
  return done
}

function refuseOthers(path: string, stats: Stats): void {
  if (stats.isFile()) return
  const hint = 'Name a file.'
  if (stats.isDirectory()) throw new KalamosError('invalid-input', `${path} is a folder.`, hint)
  if (stats.isFIFO()) throw new KalamosError('invalid-input', `${path} is a pipe.`, hint)
  if (stats.isSocket()) throw new KalamosError('invalid-input', `${path} is a socket.`, hint)
  throw new KalamosError('invalid-input', `${path} is a device.`, hint)
}

/** What the file system refused to show, as an error that a person can act on. */
export function placeProblem(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code
  const cause = { cause: error }
  if (code === 'ENOENT' || code === 'ENAMETOOLONG' || code === 'ELOOP' || code === 'ERR_INVALID_ARG_VALUE')
    return new KalamosError('not-found', `There is no ${path}.`, 'Check the path.', cause)
  if (code === 'ENOTDIR') return new KalamosError('invalid-input', `${path} is a file.`, 'Name a folder.', cause)
  if (code === 'EISDIR') return new KalamosError('invalid-input', `${path} is a folder.`, 'Name a file.', cause)
  if (code === 'EACCES' || code === 'EPERM')
    return new KalamosError(
      'invalid-input',
      `${path} may not be read.`,
      'Give this account the right to read it.',
      cause,
    )
  return error
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1024 / 1024)
}
