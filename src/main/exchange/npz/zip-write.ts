import { open, type FileHandle } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { writeProblem } from '../output-file.ts'

interface Member {
  name: Buffer
  offset: number
  size: number
  crc: number
}

const LIMIT32 = 0xffffffff
const VERSION = 45
/** 1980-01-01: the same recordings make the same file. */
const DOS_DATE = 0x21
const UTF8_NAME = 0x800

/**
 * Writes a zip file (PKWARE APPNOTE 6.3) whose members are stored as they are: samples do not compress, and a stored
 * member can be read in place. Members and files above 4 GB use the 64-bit records.
 */
export class ZipWriter {
  readonly #path: string
  readonly #file: FileHandle
  readonly #members: Member[] = []
  #at = 0

  private constructor(path: string, file: FileHandle) {
    this.#path = path
    this.#file = file
  }

  static async create(path: string): Promise<ZipWriter> {
    try {
      return new ZipWriter(path, await open(path, 'wx'))
    } catch (error) {
      throw writeProblem(path, error)
    }
  }

  /** Adds a member of a size that is known before. Throws `disk-full` or `not-writable`. */
  async add(name: string, size: number, parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
    const member: Member = { name: Buffer.from(name, 'utf8'), offset: this.#at, size, crc: 0 }
    await this.#write(localHeader(member))
    for await (const part of parts) {
      member.crc = crc32(part, member.crc)
      await this.#write(part)
    }
    // The sum is known only now; it stands before the bytes.
    await this.#file.write(localHeader(member), 0, undefined, member.offset)
    this.#members.push(member)
  }

  async close(): Promise<void> {
    const directory = Buffer.concat(this.#members.map(directoryEntry))
    const start = this.#at
    await this.#write(directory)
    await this.#write(endRecords(this.#members.length, directory.length, start))
    await this.#file.close()
  }

  async abort(): Promise<void> {
    await this.#file.close().catch(() => undefined)
  }

  async #write(bytes: Uint8Array): Promise<void> {
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, this.#at + done)
        done += bytesWritten
      }
    } catch (error) {
      throw writeProblem(this.#path, error)
    }
    this.#at += bytes.length
  }
}

function localHeader({ name, size, crc }: Member): Buffer {
  const wide = size >= LIMIT32
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(VERSION, 4)
  header.writeUInt16LE(UTF8_NAME, 6)
  header.writeUInt16LE(DOS_DATE, 12)
  header.writeUInt32LE(crc, 14)
  header.writeUInt32LE(wide ? LIMIT32 : size, 18)
  header.writeUInt32LE(wide ? LIMIT32 : size, 22)
  header.writeUInt16LE(name.length, 26)
  const extra = wide ? wideExtra(size, size) : Buffer.alloc(0)
  header.writeUInt16LE(extra.length, 28)
  return Buffer.concat([header, name, extra])
}

function directoryEntry({ name, size, crc, offset }: Member): Buffer {
  const wide = size >= LIMIT32 || offset >= LIMIT32
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(VERSION, 4)
  entry.writeUInt16LE(VERSION, 6)
  entry.writeUInt16LE(UTF8_NAME, 8)
  entry.writeUInt16LE(DOS_DATE, 14)
  entry.writeUInt32LE(crc, 16)
  entry.writeUInt32LE(wide ? LIMIT32 : size, 20)
  entry.writeUInt32LE(wide ? LIMIT32 : size, 24)
  entry.writeUInt16LE(name.length, 28)
  const extra = wide ? wideExtra(size, size, offset) : Buffer.alloc(0)
  entry.writeUInt16LE(extra.length, 30)
  entry.writeUInt32LE(wide ? LIMIT32 : offset, 42)
  return Buffer.concat([entry, name, extra])
}

function wideExtra(...numbers: number[]): Buffer {
  const extra = Buffer.alloc(4 + 8 * numbers.length)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(8 * numbers.length, 2)
  numbers.forEach((number, at) => extra.writeBigUInt64LE(BigInt(number), 4 + 8 * at))
  return extra
}

function endRecords(count: number, size: number, start: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Math.min(count, 0xffff), 8)
  end.writeUInt16LE(Math.min(count, 0xffff), 10)
  end.writeUInt32LE(Math.min(size, LIMIT32), 12)
  end.writeUInt32LE(Math.min(start, LIMIT32), 16)
  if (start < LIMIT32 && count < 0xffff) return end
  const wide = Buffer.alloc(56)
  wide.writeUInt32LE(0x06064b50, 0)
  wide.writeBigUInt64LE(44n, 4)
  wide.writeUInt16LE(VERSION, 12)
  wide.writeUInt16LE(VERSION, 14)
  wide.writeBigUInt64LE(BigInt(count), 24)
  wide.writeBigUInt64LE(BigInt(count), 32)
  wide.writeBigUInt64LE(BigInt(size), 40)
  wide.writeBigUInt64LE(BigInt(start), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(start + size), 8)
  locator.writeUInt32LE(1, 16)
  return Buffer.concat([wide, locator, end])
}
