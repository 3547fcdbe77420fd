import { closeSync, createReadStream, type ReadStream } from 'node:fs'
import { KalamosError } from '../../shared/errors.ts'
import { fillFrom, openForeign } from '../files/foreign-file.ts'

const WINDOW = 1 << 18

/** Random access to the bytes of a file, through a small window: files larger than the memory can be read. */
export class FileBytes {
  readonly path: string
  readonly size: number
  readonly #file: number
  #window: Buffer = Buffer.alloc(0)
  #windowAt = 0

  /** Throws `not-found` or `invalid-input`. */
  constructor(path: string) {
    this.path = path
    const { file, size } = openForeign(path)
    this.#file = file
    this.size = size
  }

  /**
   * A copy-free view for small reads; it is overwritten by later reads. Throws `decode-failed` where the file ends
   * before.
   */
  read(offset: number, length: number): Buffer {
    if (offset < 0 || length < 0 || offset + length > this.size) throw this.brokenOff(offset)
    if (length > WINDOW) return this.copy(offset, length)
    if (offset < this.#windowAt || offset + length > this.#windowAt + this.#window.length) {
      this.#window = this.#fill(Buffer.allocUnsafe(Math.min(WINDOW, this.size - offset)), offset)
      this.#windowAt = offset
    }
    return this.#window.subarray(offset - this.#windowAt, offset - this.#windowAt + length)
  }

  /** Bytes of their own, at the start of a buffer of their own, so that typed arrays can lie over them. */
  copy(offset: number, length: number): Buffer {
    if (offset < 0 || length < 0 || offset + length > this.size) throw this.brokenOff(offset)
    return this.#fill(Buffer.from(new ArrayBuffer(length)), offset)
  }

  /** The bytes of a stretch, one after the other; it must be read before the file is closed. */
  stream(offset: number, length: number): ReadStream {
    return createReadStream(this.path, {
      fd: this.#file,
      autoClose: false,
      start: offset,
      end: Math.max(offset, offset + length - 1),
    })
  }

  close(): void {
    closeSync(this.#file)
  }

  brokenOff(offset: number): KalamosError {
    return new KalamosError(
      'decode-failed',
      `${this.path} breaks off at byte ${Math.min(offset, this.size)}.`,
      'Copy or download the file again.',
    )
  }

  #fill(buffer: Buffer, offset: number): Buffer {
    const done = fillFrom(this.#file, buffer, offset)
    if (done < buffer.length) throw this.brokenOff(offset + done)
    return buffer
  }
}
