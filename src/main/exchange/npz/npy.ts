import { KalamosError } from '../../../shared/errors.ts'
import type { FileBytes } from '../file-bytes.ts'

/** The kinds of numbers and text that the NPZ of Kalamos uses. */
export type NpyType = '<f4' | '<f8' | '<u4' | '<i4' | '<i8' | '|b1' | `<U${number}`

/** The start of a NPY file (numpy's NEP 1, version 1.0), padded to 64 bytes. */
export function npyHeader(type: NpyType, shape: readonly number[]): Buffer {
  const extents = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const dict = `{'descr': '${type}', 'fortran_order': False, 'shape': (${extents}), }`
  const padding = 64 - ((10 + dict.length + 1) % 64)
  const text = `${dict}${' '.repeat(padding % 64)}\n`
  const head = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 0, 0])
  head.writeUInt16LE(text.length, 8)
  return Buffer.concat([head, Buffer.from(text, 'latin1')])
}

/** Texts as numpy keeps them: four bytes a letter, all as long as the longest. */
export function npyTexts(texts: readonly string[]): { type: NpyType; bytes: Uint8Array } {
  const letters = texts.map((text) => [...text])
  const width = Math.max(1, ...letters.map(({ length }) => length))
  const points = new Uint32Array(texts.length * width)
  letters.forEach((text, row) => text.forEach((letter, at) => (points[row * width + at] = letter.codePointAt(0)!)))
  return { type: `<U${width}`, bytes: new Uint8Array(points.buffer) }
}

/** An array of a NPZ file that stays in the file until its parts are read. */
export interface NpyMember {
  name: string
  file: FileBytes
  type: string
  shape: readonly number[]
  /** Where its numbers begin. */
  offset: number
}

/** Reads where the numbers of a member are. Throws `decode-failed` where its size is not what it announces, and for arrays in Fortran order. */
export function readMember(name: string, { file, offset, size }: { file: FileBytes; offset: number; size: number }): NpyMember {
  const head = file.read(offset, Math.min(size, 12))
  if (head.length < 12 || head.toString('latin1', 0, 6) !== '\x93NUMPY') throw wrong(file.path, name, 'it is no array of numpy')
  const wide = head[6]! > 1
  const [start, length] = wide ? [12, head.readUInt32LE(8)] : [10, head.readUInt16LE(8)]
  if (length > 1 << 16 || start + length > size) throw wrong(file.path, name, 'its heading breaks off')
  const text = file.read(offset + start, length).toString('latin1')
  const type = /'descr'\s*:\s*'([<>|][a-zA-Z]\d+)'/.exec(text)?.[1]
  const shape = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1]?.split(',').flatMap((extent) => (extent.trim() === '' ? [] : [Number(extent)]))
  if (type === undefined || shape === undefined) throw wrong(file.path, name, 'it holds objects, or its heading is damaged')
  if (/'fortran_order'\s*:\s*True/.test(text) && shape.length > 1) throw wrong(file.path, name, 'it is in Fortran order')
  const member = { name, file, type, shape, offset: offset + start + length }
  if (shape.reduce((product, extent) => product * extent, widthOf(type)) !== size - start - length) throw wrong(file.path, name, 'its size is not what it announces')
  return member
}

/** Bytes of one element. */
export function widthOf(type: string): number {
  const size = Number(type.slice(2))
  return type[1] === 'U' ? 4 * size : size
}

/** A stretch of a member, from element `from` on. Throws `decode-failed` where it is not of the type. */
export function floats32(member: NpyMember, from: number, count: number): Float32Array {
  return new Float32Array(bytesOf(member, '<f4', from, count))
}
export function floats64(member: NpyMember, from: number, count: number): Float64Array {
  return new Float64Array(bytesOf(member, '<f8', from, count))
}
export function whole32(member: NpyMember, from: number, count: number): Int32Array {
  return new Int32Array(bytesOf(member, member.type === '<u4' ? '<u4' : '<i4', from, count))
}
export function whole64(member: NpyMember, from: number, count: number): number[] {
  return Array.from(new BigInt64Array(bytesOf(member, '<i8', from, count)), Number)
}
export function flagAt(member: NpyMember, at: number): boolean {
  return new Uint8Array(bytesOf(member, '|b1', at, 1))[0] === 1
}
export function textAt(member: NpyMember, at: number): string {
  const width = Number(member.type.slice(2))
  if (!member.type.startsWith('<U')) throw wrong(member.file.path, member.name, `it should hold text and has the type ${member.type}`)
  const points = new Uint32Array(bytesOf(member, member.type, at * width, width, 4))
  const end = points.indexOf(0)
  const letters = Array.from(end === -1 ? points : points.subarray(0, end))
  if (letters.some((point) => point > 0x10ffff)) throw wrong(member.file.path, member.name, 'it holds what is no text')
  return letters.map((point) => String.fromCodePoint(point)).join('')
}

function bytesOf({ file, type, name, offset, shape }: NpyMember, wanted: string, from: number, count: number, width = widthOf(type)): ArrayBuffer {
  if (type !== wanted) throw wrong(file.path, name, `it should be ${wanted} and is ${type}`)
  const items = shape.reduce((product, extent) => product * extent, type[1] === 'U' ? Number(type.slice(2)) : 1)
  if (from < 0 || count < 0 || from + count > items) throw wrong(file.path, name, 'it is shorter than the others')
  const bytes = file.copy(offset + from * width, count * width)
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
}

export function wrong(path: string, name: string, why: string): KalamosError {
  return new KalamosError('decode-failed', `${path}: the array ${name} cannot be read: ${why}.`, 'The arrays that Kalamos reads are listed in docs/formats.md.')
}
