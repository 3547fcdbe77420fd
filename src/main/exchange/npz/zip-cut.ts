import type { FileBytes } from '../file-bytes.ts'
import { readNpyHeading } from '../npy-heading.ts'
import { itemsOf } from '../pickle/numpy.ts'
import type { ZipMember } from './zip-member.ts'

const [MEMBER, DESCRIPTOR] = [0x04034b50, 0x08074b50]
const [ENCRYPTED, SIZES_BEHIND] = [1, 8]
const LIMIT32 = 0xffffffff
/** Of a heading, a name and its extra fields, in bytes. */
const HEADING_MAX = 30 + 2 * 0xffff

/**
 * The members of a zip file without its directory, by the headings before them (PKWARE APPNOTE 6.3, 4.3.7), up to the
 * one in which the file breaks off. Where sizes stand behind the bytes, the array itself says how long it is.
 */
export function membersByHeading(file: FileBytes, most: number): ZipMember[] {
  const members: ZipMember[] = []
  for (let at = 0; at + 30 <= file.size && members.length < most;) {
    const head = file.copy(at, Math.min(file.size - at, HEADING_MAX))
    const [nameLength, extraLength] = [head.readUInt16LE(26), head.readUInt16LE(28)]
    const [flags, method] = [head.readUInt16LE(6), head.readUInt16LE(8)]
    const start = at + 30 + nameLength + extraLength
    const known = (method === 0 || (method === 8 && !(flags & SIZES_BEHIND))) && !(flags & ENCRYPTED)
    if (head.readUInt32LE(0) !== MEMBER || start > file.size || !known) break
    const [packed, size] =
      flags & SIZES_BEHIND ? sizesOfArray(file, start) : sizesBefore(head, 30 + nameLength, extraLength)
    if (!(packed >= 0 && size >= 0) || (method === 0 && packed !== size)) break
    const cut = start + packed > file.size
    const there = cut ? file.size - start : packed
    members.push({
      name: head.toString('utf8', 30, 30 + nameLength),
      method,
      packed: there,
      size: method === 0 ? there : size,
      start: () => Promise.resolve(start),
      cut,
    })
    at = start + packed
    if (flags & SIZES_BEHIND) at += descriptorAt(file, at)
  }
  return members
}

function sizesBefore(head: Buffer, extra: number, extraLength: number): [packed: number, size: number] {
  const [packed, size] = [head.readUInt32LE(18), head.readUInt32LE(22)]
  if (packed !== LIMIT32 && size !== LIMIT32) return [packed, size]
  for (let field = extra; field + 20 <= extra + extraLength; field += 4 + head.readUInt16LE(field + 2)) {
    if (head.readUInt16LE(field) === 1)
      return [Number(head.readBigUInt64LE(field + 12)), Number(head.readBigUInt64LE(field + 4))]
  }
  return [NaN, NaN]
}

function sizesOfArray(file: FileBytes, start: number): [packed: number, size: number] {
  const heading = readNpyHeading(file, start, file.size - start)
  if ('reason' in heading || heading.dtype.kind === 'O') return [NaN, NaN]
  const size = heading.length + itemsOf(heading.shape) * heading.dtype.width
  return [size, size]
}

/**
 * How long the sum and the sizes behind a member are: the sizes take 4 or 8 bytes each, and another member tells which.
 */
function descriptorAt(file: FileBytes, at: number): number {
  const isAt = (signature: number, place: number): boolean =>
    place + 4 <= file.size && file.read(place, 4).readUInt32LE() === signature
  if (!isAt(DESCRIPTOR, at)) return 0
  return isAt(MEMBER, at + 24) ? 24 : 16
}
