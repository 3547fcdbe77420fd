import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { KalamosError } from '../../shared/errors.ts'
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
  const gzipped = await beginsWithGzip(path)
  const file = createReadStream(path)
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
  return opened(path, async () => (await stat(path)).size)
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

async function beginsWithGzip(path: string): Promise<boolean> {
  return opened(path, async () => {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
      return bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b
    } finally {
      await file.close()
    }
  })
}

async function opened<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') throw new KalamosError('not-found', `There is no file ${path}.`, 'Check the path.', { cause: error })
    if (code === 'EISDIR') throw new KalamosError('invalid-input', `${path} is a folder.`, 'Name a file of recordings.', { cause: error })
    if (code === 'EACCES' || code === 'EPERM') throw new KalamosError('invalid-input', `${path} may not be read.`, 'Give this account the right to read it.', { cause: error })
    throw error
  }
}
