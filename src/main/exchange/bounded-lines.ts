import { closeSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { KalamosError } from '../../shared/errors.ts'
import { fillFrom, foreignSize, openForeign, streamForeign } from '../foreign-file.ts'
import { checkWanted } from './turns.ts'

export interface LineLimits {
  /** A longer line is passed over. Half an hour of 13 channels at 100 Hz takes about 16 MB. */
  lineBytes: number
  /** Compressed text that unpacks to more than this many times its size is no text of recordings. */
  ratio: number
  /** The ratio is not looked at below this size. */
  ratioFromBytes: number
}

const LIMITS: LineLimits = { lineBytes: 64 * 1024 * 1024, ratio: 200, ratioFromBytes: 64 * 1024 * 1024 }
const NEWLINE = 0x0a

/** A line of text and its number from 1; `text` is null where it was too long to keep. `read` counts bytes of the file so far. */
export interface Line {
  line: number
  text: string | null
  read: number
}

/**
 * Lines of a text file (UTF-8, gzipped or not), one at a time and of bounded size, whatever the file is.
 * Throws `not-found`, `invalid-input` (a folder, not readable, unpacks without end), `decode-failed` (damaged gzip) or `cancelled`.
 */
export async function* boundedLines(path: string, limits: LineLimits = LIMITS, signal?: AbortSignal): AsyncGenerator<Line> {
  const gzipped = beginsWithGzip(path)
  const { stream: file } = streamForeign(path)
  const bytes: Readable = gzipped ? file.on('error', (error) => bytes.destroy(error)).pipe(createGunzip()) : file
  let [line, unpacked] = [1, 0]
  const pending = new PendingLine(limits.lineBytes)
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      checkWanted(path, signal)
      unpacked += chunk.length
      if (unpacked > limits.ratioFromBytes && unpacked > limits.ratio * file.bytesRead) {
        throw new KalamosError('invalid-input', `${path} unpacks to more than ${limits.ratio} times its size.`, 'That is no file of recordings; check where it came from.')
      }
      let from = 0
      for (let to = chunk.indexOf(NEWLINE); to !== -1; to = chunk.indexOf(NEWLINE, from)) {
        pending.add(chunk.subarray(from, to))
        yield { line: line++, text: pending.take(), read: file.bytesRead }
        from = to + 1
      }
      pending.add(chunk.subarray(from))
    }
    if (!pending.isEmpty) yield { line, text: pending.take(), read: file.bytesRead }
  } catch (error) {
    if (error instanceof KalamosError) throw error
    throw new KalamosError('decode-failed', `${path} is damaged in or after line ${line}.`, 'Copy or download the file again.', { cause: error })
  } finally {
    bytes.destroy()
    file.destroy()
  }
}

/** The size of a file in bytes. Throws like `boundedLines`. */
export async function fileBytes(path: string): Promise<number> {
  return foreignSize(path)
}

/** A line that is still coming; keeps nothing of one that has grown too long. */
class PendingLine {
  readonly #limit: number
  #parts: Buffer[] = []
  #bytes = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get isEmpty(): boolean {
    return this.#bytes === 0
  }

  add(part: Buffer): void {
    this.#bytes += part.length
    if (this.#bytes > this.#limit) this.#parts = []
    else this.#parts.push(part)
  }

  take(): string | null {
    const text = this.#bytes > this.#limit ? null : Buffer.concat(this.#parts).toString('utf8').replace(/\r$/, '')
    this.#parts = []
    this.#bytes = 0
    return text
  }
}

function beginsWithGzip(path: string): boolean {
  const { file } = openForeign(path)
  try {
    const head = Buffer.alloc(2)
    return fillFrom(file, head, 0) === 2 && head.readUInt16BE() === 0x1f8b
  } finally {
    closeSync(file)
  }
}
