import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { KalamosError } from '../../shared/errors.ts'
import { placeProblem } from './places.ts'

const WINDOW = 1 << 18
/** More than this at once no system reads. */
const READ_MAX = 1 << 30

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
    try {
      this.#file = openSync(path, 'r')
      const stats = fstatSync(this.#file)
      if (stats.isDirectory()) throw new KalamosError('invalid-input', `${path} is a folder.`, 'Name a file.')
      this.size = stats.size
    } catch (error) {
      throw placeProblem(path, error)
    }
  }

  /** A copy-free view for small reads; it is overwritten by later reads. Throws `decode-failed` where the file ends before. */
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

  close(): void {
    closeSync(this.#file)
  }

  brokenOff(offset: number): KalamosError {
    return new KalamosError('decode-failed', `${this.path} breaks off at byte ${Math.min(offset, this.size)}.`, 'Copy or download the file again.')
  }

  #fill(buffer: Buffer, offset: number): Buffer {
    for (let done = 0; done < buffer.length; ) {
      const read = readSync(this.#file, buffer, done, Math.min(buffer.length - done, READ_MAX), offset + done)
      if (read === 0) throw this.brokenOff(offset + done)
      done += read
    }
    return buffer
  }
}
