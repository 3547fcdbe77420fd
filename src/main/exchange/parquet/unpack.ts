import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import type { CompressionCodec, Compressors } from 'hyparquet'

/**
 * What pages may be packed with, beside snappy: Node's own, and LZ4. Nothing unpacks to more than its page announces.
 * The LZ4 of hyparquet-compressors fills with zeros what a damaged block lacks, and so makes samples up.
 */
export const UNPACK: Compressors = {
  GZIP: (packed, size) => gunzipSync(packed, { maxOutputLength: Math.max(1, size) }),
  BROTLI: (packed, size) => brotliDecompressSync(packed, { maxOutputLength: Math.max(1, size) }),
  ZSTD: (packed, size) => zstdDecompressSync(packed, { maxOutputLength: Math.max(1, size) }),
  LZ4: unpackFramedLz4,
  LZ4_RAW: unpackLz4,
}

export function isReadable(codec: CompressionCodec): boolean {
  return codec === 'UNCOMPRESSED' || codec === 'SNAPPY' || Object.hasOwn(UNPACK, codec)
}

/** Matches are this much longer than their token says. */
const SHORTEST_MATCH = 4

/** Unpacks one block of LZ4 (LZ4 Block Format Description, lz4/doc). Throws `RangeError` for damage. */
export function unpackLz4(packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size)
  let [at, length] = [0, 0]
  const byte = (): number => {
    const next = packed[at++]
    if (next === undefined) throw new RangeError('a block of LZ4 breaks off')
    return next
  }
  const longer = (nibble: number): number => {
    let sum = nibble
    if (nibble < 15) return sum
    for (let more = 255; more === 255; sum += more) more = byte()
    return sum
  }
  while (at < packed.length) {
    const token = byte()
    const literals = longer(token >> 4)
    if (at + literals > packed.length || length + literals > size)
      throw new RangeError('a block of LZ4 is longer than it says')
    out.set(packed.subarray(at, at + literals), length)
    at += literals
    length += literals
    if (at >= packed.length) break
    const back = byte() | (byte() << 8)
    const match = longer(token & 15) + SHORTEST_MATCH
    if (back === 0 || back > length || length + match > size)
      throw new RangeError('a block of LZ4 refers to what is not there')
    // Byte by byte: a match may reach into itself.
    for (let end = length + match; length < end; length++) out[length] = out[length - back]!
  }
  return out.subarray(0, length)
}

/**
 * Unpacks LZ4 as Hadoop frames it: blocks with both of their sizes before them (parquet-format, Compression, LZ4).
 * Where these do not add up it is one block without, which other writers gave the same name. Throws `RangeError` for
 * damage.
 */
export function unpackFramedLz4(packed: Uint8Array, size: number): Uint8Array {
  const blocks = blocksIn(packed, size)
  if (blocks === null) return unpackLz4(packed, size)
  const out = new Uint8Array(size)
  let length = 0
  for (const block of blocks) {
    const part = unpackLz4(block.packed, block.size)
    if (part.length !== block.size) throw new RangeError('a block of LZ4 is shorter than it says')
    out.set(part, length)
    length += block.size
  }
  return out
}

function blocksIn(packed: Uint8Array, size: number): { packed: Uint8Array; size: number }[] | null {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  const blocks: { packed: Uint8Array; size: number }[] = []
  let [at, sum] = [0, 0]
  while (at + 8 <= packed.length) {
    const [unpacked, length] = [view.getUint32(at), view.getUint32(at + 4)]
    blocks.push({ packed: packed.subarray(at + 8, at + 8 + length), size: unpacked })
    at += 8 + length
    sum += unpacked
  }
  return at === packed.length && sum === size ? blocks : null
}
