// @ts-check
// Which letters a font has.
import { brotliDecompressSync } from 'node:zlib'

const SIGNATURE = 0x774f4632
/** Tags by their index in the directory of WOFF2, as far as they are told apart here. */
const CMAP = 0
const GLYF = 10
const LOCA = 11
const ANY_TAG = 63

/**
 * The code points that a WOFF2 font maps to a glyph (W3C WOFF File Format 2.0; OpenType `cmap`, formats 4 and 12).
 * A drawing library replaces a missing letter silently by another font's; this asks the font itself.
 * Throws a `RangeError` or an `Error` for anything that is not such a font.
 * @param {Uint8Array} font
 */
export function coveredCodePoints(font) {
  return readCmap(cmapOf(font))
}

/** @param {Uint8Array} font */
function cmapOf(font) {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  if (view.getUint32(0) !== SIGNATURE) throw new Error('the signature wOF2 is missing')
  const tables = view.getUint16(12)
  const compressed = view.getUint32(20)
  let at = 48
  const base128 = () => {
    let value = 0
    for (let i = 0; i < 5; i++) {
      const byte = view.getUint8(at++)
      value = value * 128 + (byte & 0x7f)
      if (byte < 0x80) return value
    }
    throw new Error('a length is too long')
  }
  let start = 0
  /** @type {{ start: number; length: number } | null} */
  let cmap = null
  for (let i = 0; i < tables; i++) {
    const flags = view.getUint8(at++)
    const tag = flags & 63
    const version = flags >> 6
    const named = tag === ANY_TAG && view.getUint32(at) === 0x636d6170
    if (tag === ANY_TAG) at += 4
    const original = base128()
    const transformed = tag === GLYF || tag === LOCA ? version !== 3 : version !== 0
    const length = transformed ? base128() : original
    if (tag === CMAP || named) cmap = { start, length }
    start += length
  }
  if (!cmap) throw new Error('it has no cmap table')
  const data = brotliDecompressSync(font.subarray(at, at + compressed))
  return new DataView(data.buffer, data.byteOffset + cmap.start, cmap.length)
}

/** @param {DataView} cmap */
function readCmap(cmap) {
  /** @type {Set<number>} */
  const points = new Set()
  for (let i = 0; i < cmap.getUint16(2); i++) {
    const offset = cmap.getUint32(4 + 8 * i + 4)
    const format = cmap.getUint16(offset)
    if (format === 4) readSegments(cmap, offset, points)
    if (format === 12) readGroups(cmap, offset, points)
  }
  return points
}

/** @param {DataView} cmap @param {number} offset @param {Set<number>} into */
function readSegments(cmap, offset, into) {
  const doubled = cmap.getUint16(offset + 6)
  const ends = offset + 14
  const [starts, deltas, ranges] = [ends + doubled + 2, ends + 2 * doubled + 2, ends + 3 * doubled + 2]
  for (let s = 0; s < doubled; s += 2) {
    const [first, last] = [cmap.getUint16(starts + s), cmap.getUint16(ends + s)]
    const delta = cmap.getUint16(deltas + s)
    const range = cmap.getUint16(ranges + s)
    for (let point = first; point <= last && point < 0xffff; point++) {
      const listed = range === 0 ? point : cmap.getUint16(ranges + s + range + 2 * (point - first))
      if (listed !== 0 && ((listed + delta) & 0xffff) !== 0) into.add(point)
    }
  }
}

/** @param {DataView} cmap @param {number} offset @param {Set<number>} into */
function readGroups(cmap, offset, into) {
  for (let group = 0; group < cmap.getUint32(offset + 12); group++) {
    const at = offset + 16 + 12 * group
    const glyph = cmap.getUint32(at + 8)
    const [first, last] = [cmap.getUint32(at), cmap.getUint32(at + 4)]
    for (let point = first; point <= last; point++) if (glyph !== 0 || point > first) into.add(point)
  }
}
