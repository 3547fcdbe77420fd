import { KalamosError } from '../../../shared/errors.ts'
import type { FileBytes } from '../file-bytes.ts'

/**
 * The outer layer of XDF (Extensible Data Format 1.0, specification in the wiki of sccn/xdf): after the magic code
 * `XDF:` come chunks of [bytes of the length: 1, 4 or 8] [length, little endian] [tag, u16] [content].
 * The length counts tag and content.
 */
export const MAGIC = 'XDF:'

export const TAG = { fileHeader: 1, streamHeader: 2, samples: 3, clockOffset: 4, boundary: 5, streamFooter: 6 } as const

export interface Chunk {
  tag: number
  content: Uint8Array
}

/** Chunks larger than this are taken for damage: no recorder writes them, and reading one would fill the memory. */
const CHUNK_MAX = 1 << 30

export function encodeChunk(tag: number, ...parts: Uint8Array[]): Uint8Array {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(7)
  head[0] = 4
  head.writeUInt32LE(body.length + 2, 1)
  head.writeUInt16LE(tag, 5)
  return Buffer.concat([head, body])
}

/** A variable-length integer of the format: one byte that says how many follow, then those. */
export function encodeLength(length: number): Uint8Array {
  if (length < 256) return Uint8Array.of(1, length)
  const bytes = Buffer.alloc(5)
  bytes[0] = 4
  bytes.writeUInt32LE(length, 1)
  return bytes
}

/** Reads a variable-length integer at `offset`. Throws `decode-failed` where the file ends or the width is unknown. */
export function decodeLength(bytes: Uint8Array, offset: number, file: string): { length: number; next: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const width = bytes[offset]
  if (width === undefined || offset + 1 + width > bytes.length) throw truncated(file, offset)
  const next = offset + 1 + width
  if (width === 1) return { length: bytes[offset + 1]!, next }
  if (width === 4) return { length: view.getUint32(offset + 1, true), next }
  if (width === 8) return { length: Number(view.getBigUint64(offset + 1, true)), next }
  throw new KalamosError(
    'decode-failed',
    `${file}: byte ${offset} announces a length of ${width} bytes, which XDF does not have.`,
    'The file is damaged or no XDF file.',
  )
}

/**
 * Splits a whole file into chunks, in order. Throws `decode-failed` naming the file and the byte where it breaks off.
 */
export function* decodeChunks(bytes: Uint8Array, file: string): Generator<Chunk> {
  if (Buffer.from(bytes.subarray(0, 4)).toString('latin1') !== MAGIC) {
    throw noXdf(file)
  }
  let offset = MAGIC.length
  while (offset < bytes.length) {
    const { length, next } = decodeLength(bytes, offset, file)
    if (length < 2 || length > CHUNK_MAX || next + length > bytes.length) throw truncated(file, offset)
    yield { tag: bytes[next]! | (bytes[next + 1]! << 8), content: bytes.subarray(next + 2, next + length) }
    offset = next + length
  }
}

/**
 * Where a file breaks off: from `offset` on nothing can be read. `rest` is what is there of its last chunk, where that
 * held samples.
 */
export interface Break {
  offset: number
  rest: Chunk | null
}

/**
 * The chunks of a file one by one, each read when it is asked for, and where it breaks off, should it. Throws
 * `decode-failed` for what is no XDF.
 */
export function* chunksOf(file: FileBytes): Generator<{ chunk: Chunk; share: number } | { broken: Break }> {
  if (file.size < MAGIC.length || file.read(0, MAGIC.length).toString('latin1') !== MAGIC) throw noXdf(file.path)
  let offset = MAGIC.length
  while (offset < file.size) {
    const head = headAt(file, offset)
    if (head === null || head.from + head.length > file.size)
      return yield { broken: { offset, rest: head && restOf(file, head.from) } }
    const bytes = file.copy(head.from, head.length)
    offset = head.from + head.length
    yield { chunk: { tag: bytes[0]! | (bytes[1]! << 8), content: bytes.subarray(2) }, share: offset / file.size }
  }
}

/** Where a chunk's tag and content begin, and how long they are; null where there is no such chunk. */
function headAt(file: FileBytes, offset: number): { from: number; length: number } | null {
  const [width] = file.read(offset, 1)
  if (![1, 4, 8].includes(width!) || offset + 1 + width! > file.size) return null
  const { length, next } = decodeLength(file.read(offset, 1 + width!), 0, file.path)
  return length < 2 || length > CHUNK_MAX ? null : { from: offset + next, length }
}

function restOf(file: FileBytes, from: number): Chunk | null {
  if (from + 2 > file.size) return null
  const bytes = file.copy(from, file.size - from)
  return { tag: bytes[0]! | (bytes[1]! << 8), content: bytes.subarray(2) }
}

function noXdf(file: string): KalamosError {
  return new KalamosError(
    'decode-failed',
    `${file} does not begin with "${MAGIC}".`,
    'Choose a file of LabRecorder or another XDF writer.',
  )
}

export function truncated(file: string, offset: number): KalamosError {
  return new KalamosError('decode-failed', `${file} breaks off at byte ${offset}.`, 'Copy the file again.')
}
