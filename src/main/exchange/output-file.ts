import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { KalamosError } from '../../shared/errors.ts'

const BUFFER_BYTES = 1 << 20

/** A file being written from front to back, in large pieces and with bounded memory. */
export class OutputFile {
  readonly #path: string
  readonly #file: Writable
  readonly #front: Writable
  #pending: Uint8Array[] = []
  #pendingBytes = 0
  #failure: unknown
  /** Bytes given so far, before compression. */
  bytes = 0

  private constructor(path: string, gzip: boolean) {
    this.#path = path
    this.#file = createWriteStream(path, { flags: 'wx' })
    this.#front = gzip ? createGzip({ level: 6 }) : this.#file
    if (gzip) this.#front.pipe(this.#file as NodeJS.WritableStream)
    for (const stream of new Set([this.#file, this.#front])) stream.on('error', (error) => (this.#failure ??= error))
  }

  /** Throws `not-writable` where it cannot be made. */
  static async create(path: string, { gzip = false } = {}): Promise<OutputFile> {
    const output = new OutputFile(path, gzip)
    try {
      await once(output.#file, 'open')
    } catch (error) {
      throw writeProblem(path, error)
    }
    return output
  }

  async text(text: string): Promise<void> {
    await this.write(Buffer.from(text, 'utf8'))
  }

  /** Keeps the bytes until they are written: do not change them afterwards. Throws `disk-full` or `not-writable`. */
  async write(bytes: Uint8Array): Promise<void> {
    this.bytes += bytes.length
    this.#pending.push(bytes)
    this.#pendingBytes += bytes.length
    if (this.#pendingBytes >= BUFFER_BYTES) await this.#flush()
  }

  async close(): Promise<void> {
    await this.#flush()
    this.#front.end()
    try {
      await finished(this.#file)
    } catch (error) {
      throw writeProblem(this.#path, error)
    }
  }

  async abort(): Promise<void> {
    this.#front.destroy()
    this.#file.destroy()
    await finished(this.#file).catch(() => undefined)
  }

  async #flush(): Promise<void> {
    if (this.#failure !== undefined) throw writeProblem(this.#path, this.#failure)
    const bytes = Buffer.concat(this.#pending)
    this.#pending = []
    this.#pendingBytes = 0
    if (bytes.length === 0 || this.#front.write(bytes)) return
    try {
      await once(this.#front, 'drain')
    } catch (error) {
      throw writeProblem(this.#path, error)
    }
  }
}

/** What the file system refused, as an error that a person can act on. */
export function writeProblem(path: string, error: unknown): KalamosError {
  if (error instanceof KalamosError) return error
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new KalamosError(
      'disk-full',
      `The disk is full: ${path} cannot grow.`,
      'Free some space, or export to another disk.',
      { cause: error },
    )
  }
  if (code === 'EEXIST')
    return new KalamosError('conflict', `${path} is there already.`, 'Name a new place.', { cause: error })
  return new KalamosError(
    'not-writable',
    `${path} cannot be written${code === undefined ? '' : ` (${code})`}.`,
    'Name a place that you may write to.',
    { cause: error },
  )
}
