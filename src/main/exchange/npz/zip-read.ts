import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { createInflateRaw } from 'node:zlib'
import { KalamosError } from '../../../shared/errors.ts'
import { FileBytes } from '../file-bytes.ts'

export interface ZipMember {
  name: string
  /** 0: stored, 8: deflated. */
  method: number
  packed: number
  size: number
  /** Of its local header. */
  offset: number
}

export interface ZipLimits {
  members: number
  /** A file that unpacks to more than this many times its size is none of recordings. */
  ratio: number
  ratioFromBytes: number
}

const LIMITS: ZipLimits = { members: 10_000, ratio: 200, ratioFromBytes: 256 * 1024 * 1024 }
const LIMIT32 = 0xffffffff

/**
 * The members of a zip file, by its directory. Throws `decode-failed` for damage, and `invalid-input` for what is no zip
 * file, is encrypted, or is made to unpack without end.
 */
export function readDirectory(file: FileBytes, limits: ZipLimits = LIMITS): ZipMember[] {
  const { count, start, size } = findDirectory(file)
  if (count > limits.members) throw bomb(file.path, `${count} members`)
  if (start + size > file.size) throw file.brokenOff(file.size)
  const directory = file.copy(start, size)
  const members: ZipMember[] = []
  let at = 0
  for (let index = 0; index < count; index++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) throw damaged(file.path, start + at)
    const [flags, method] = [directory.readUInt16LE(at + 8), directory.readUInt16LE(at + 10)]
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field)) as [number, number, number]
    const next = at + 46 + nameLength + extraLength + commentLength
    if (next > directory.length) throw damaged(file.path, start + at)
    const name = directory.toString('utf8', at + 46, at + 46 + nameLength)
    if (flags & 1) throw new KalamosError('invalid-input', `${file.path}: ${name} is encrypted.`, 'Unpack it with its password, and pack it again without.')
    if (method !== 0 && method !== 8) throw new KalamosError('invalid-input', `${file.path}: ${name} is packed in a way (${method}) that numpy does not use.`, 'Save it again with numpy.savez.')
    members.push({ name, method, ...sizesOf(directory, at, at + 46 + nameLength, extraLength, file.path) })
    at = next
  }
  refuseBombs(file, members, limits)
  return members
}

/**
 * The members of a zip file, and where it breaks off, should it: the directory stands at the end, and where it is missing,
 * the whole members are found by their own headings. Throws like `readDirectory`, also where none is whole.
 */
export function readMembers(file: FileBytes, limits: ZipLimits = LIMITS): { members: ZipMember[]; broken: KalamosError | null } {
  try {
    return { members: readDirectory(file, limits), broken: null }
  } catch (error) {
    if (!(error instanceof KalamosError) || error.code !== 'decode-failed') throw error
    const members = wholeMembers(file, limits)
    if (members.length === 0) throw error
    refuseBombs(file, members, limits)
    return { members, broken: error }
  }
}

function wholeMembers(file: FileBytes, limits: ZipLimits): ZipMember[] {
  const members: ZipMember[] = []
  for (let at = 0; at + 30 <= file.size && members.length < limits.members; ) {
    const head = file.copy(at, Math.min(file.size - at, 30 + 0x1ffff))
    const [nameLength, extraLength] = [head.readUInt16LE(26), head.readUInt16LE(28)]
    const content = 30 + nameLength + extraLength
    const [flags, method] = [head.readUInt16LE(6), head.readUInt16LE(8)]
    // With bit 3 the sizes stand behind the bytes, and nobody knows where that is.
    if (head.readUInt32LE(0) !== 0x04034b50 || content > head.length || flags & 9 || (method !== 0 && method !== 8)) break
    const [packed, size] = localSizes(head, 30 + nameLength, extraLength)
    if (!(packed >= 0 && size >= 0) || at + content + packed > file.size) break
    members.push({ name: head.toString('utf8', 30, 30 + nameLength), method, packed, size, offset: at })
    at += content + packed
  }
  return members
}

function localSizes(head: Buffer, extra: number, extraLength: number): [packed: number, size: number] {
  const [packed, size] = [head.readUInt32LE(18), head.readUInt32LE(22)]
  if (packed !== LIMIT32 && size !== LIMIT32) return [packed, size]
  for (let field = extra; field + 20 <= extra + extraLength; field += 4 + head.readUInt16LE(field + 2)) {
    if (head.readUInt16LE(field) === 1) return [Number(head.readBigUInt64LE(field + 12)), Number(head.readBigUInt64LE(field + 4))]
  }
  return [NaN, NaN]
}

/** The bytes of a member as a file of their own: in place where it is stored, else unpacked into `folder`. */
export async function openMember(file: FileBytes, member: ZipMember, folder: string): Promise<{ file: FileBytes; offset: number; size: number }> {
  const header = file.read(member.offset, 30)
  if (header.readUInt32LE(0) !== 0x04034b50) throw damaged(file.path, member.offset)
  const offset = member.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  if (offset + member.packed > file.size) throw file.brokenOff(file.size)
  if (member.method === 0) {
    if (member.packed !== member.size) throw damaged(file.path, member.offset)
    return { file, offset, size: member.size }
  }
  const unpacked = join(folder, member.name.replace(/[^\w.-]/g, '_'))
  try {
    await pipeline(file.stream(offset, member.packed), createInflateRaw(), atMost(member.size), createWriteStream(unpacked))
  } catch (error) {
    throw error instanceof KalamosError ? error : new KalamosError('decode-failed', `${file.path}: ${member.name} is damaged.`, 'Copy or download the file again.', { cause: error })
  }
  const own = new FileBytes(unpacked)
  if (own.size === member.size) return { file: own, offset: 0, size: own.size }
  own.close()
  throw new KalamosError('decode-failed', `${file.path}: ${member.name} breaks off.`, 'Copy or download the file again.')
}

/** Lets no more bytes through than were announced. */
function atMost(size: number): Transform {
  let seen = 0
  return new Transform({
    transform(chunk: Buffer, _, done) {
      seen += chunk.length
      if (seen > size) done(new KalamosError('invalid-input', `A member unpacks to more than the ${size} bytes it announces.`, 'That is no file of recordings; check where it came from.'))
      else done(null, chunk)
    },
  })
}

function findDirectory(file: FileBytes): { count: number; start: number; size: number } {
  if (file.size < 22 || file.read(0, 4).readUInt32LE() !== 0x04034b50) {
    throw new KalamosError('invalid-input', `${file.path} is no NPZ file.`, 'Choose a file written by Kalamos or by numpy.savez.')
  }
  const length = Math.min(file.size, 22 + 0xffff)
  const tail = file.copy(file.size - length, length)
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (at === -1 || at + 22 > tail.length) throw new KalamosError('decode-failed', `${file.path} breaks off: its directory is missing.`, 'Copy or download the file again.')
  const [count, size, start] = [tail.readUInt16LE(at + 10), tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
  if (count !== 0xffff && size !== LIMIT32 && start !== LIMIT32) return { count, size, start }
  const locator = at - 20
  if (locator < 0 || tail.readUInt32LE(locator) !== 0x07064b50) throw damaged(file.path, file.size - length + at)
  const wide = file.copy(Number(tail.readBigUInt64LE(locator + 8)), 56)
  if (wide.readUInt32LE(0) !== 0x06064b50) throw damaged(file.path, file.size - length + locator)
  return { count: Number(wide.readBigUInt64LE(32)), size: Number(wide.readBigUInt64LE(40)), start: Number(wide.readBigUInt64LE(48)) }
}

function sizesOf(directory: Buffer, at: number, extra: number, extraLength: number, path: string): { packed: number; size: number; offset: number } {
  const narrow = [directory.readUInt32LE(at + 24), directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 42)]
  let wide = -1
  for (let field = extra; field + 4 <= extra + extraLength; field += 4 + directory.readUInt16LE(field + 2)) if (directory.readUInt16LE(field) === 1) wide = field + 4
  const numbers = narrow.map((number) => {
    if (number !== LIMIT32) return number
    if (wide === -1 || wide + 8 > extra + extraLength) throw damaged(path, at)
    wide += 8
    return Number(directory.readBigUInt64LE(wide - 8))
  })
  return { size: numbers[0]!, packed: numbers[1]!, offset: numbers[2]! }
}

/** Refuses what unpacks to far more than it is, be it by packing or by members that lie over one another. */
function refuseBombs(file: FileBytes, members: readonly ZipMember[], { ratio, ratioFromBytes }: ZipLimits): void {
  const unpacked = members.reduce((sum, { size }) => sum + size, 0)
  if (unpacked > ratioFromBytes && unpacked > ratio * file.size) throw bomb(file.path, `${unpacked} bytes in ${file.size}`)
  const packed = members.reduce((sum, member) => sum + member.packed, 0)
  if (packed > file.size) throw bomb(file.path, 'members that lie over one another')
}

function bomb(path: string, what: string): KalamosError {
  return new KalamosError('invalid-input', `${path} holds ${what}: it would fill the disk.`, 'That is no file of recordings; check where it came from.')
}

function damaged(path: string, offset: number): KalamosError {
  return new KalamosError('decode-failed', `${path} is damaged at byte ${offset}.`, 'Copy or download the file again.')
}
