import { KalamosError } from '../../../shared/errors.ts'
import type { FileBytes } from '../file-bytes.ts'
import { readNpyHeading, type NpyHeading } from '../npy-heading.ts'
import { decodeNumbers, decodeTexts, isNumeric } from '../pickle/dtype.ts'
import { elementsOf, itemsOf } from '../pickle/numpy.ts'
import { readPickle } from '../pickle/read.ts'
import { NumpyArray, type PickleValue } from '../pickle/values.ts'

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
export interface NpyMember extends Omit<NpyHeading, 'length'> {
  name: string
  file: FileBytes
  /** Where its numbers begin. */
  offset: number
  /** How many elements are there: fewer than its shape says where the file breaks off in it. */
  there: number
}

/** Where the bytes of a member are. */
export interface MemberBytes {
  file: FileBytes
  offset: number
  size: number
  /** Whether the file breaks off in it. */
  cut: boolean
}

/**
 * Reads where the numbers of a member are. Throws `decode-failed` where its size is not what it announces, and for
 * numbers that no recording has.
 */
export function readMember(name: string, { file, offset, size, cut }: MemberBytes): NpyMember {
  const heading = readNpyHeading(file, offset, size)
  if ('reason' in heading) throw wrong(file.path, name, heading.reason)
  const { length, ...about } = heading
  const { dtype, shape, fortran } = about
  if (fortran && shape.length > 2) throw wrong(file.path, name, 'it is in Fortran order and has more than two axes')
  const [items, bytes] = [itemsOf(shape), size - length]
  if (dtype.kind !== 'O' && !cut && items * dtype.width !== bytes)
    throw wrong(file.path, name, 'its size is not what it announces')
  return {
    ...about,
    name,
    file,
    offset: offset + length,
    there: cut ? Math.min(items, Math.floor(bytes / dtype.width)) : items,
  }
}

/** How many rows of a member are whole. Of columns one after the other, the last one is the last to come. */
export function rowsThere({ shape, fortran, there }: NpyMember): number {
  const [rows = 0, ...rest] = shape
  return there === itemsOf(shape) ? rows : fortran ? 0 : Math.floor(there / itemsOf(rest))
}

/**
 * Numbers of a member from element `from` on, row by row, rounded to 32 bits. Throws `decode-failed` where it holds
 * none.
 */
export function floats32(member: NpyMember, from: number, count: number): Float32Array {
  if (member.type !== '<f4' || member.fortran) return Float32Array.from(numbers(member, from, count))
  const bytes = bytesOf(member, from, count)
  return new Float32Array(bytes.buffer, bytes.byteOffset, count)
}

/** Numbers of any kind, exactly. Throws `decode-failed` where it holds none, or whole ones beyond 2^53. */
export function numbers(member: NpyMember, from: number, count: number): Float64Array {
  const { dtype, file, name, type } = member
  if (!isNumeric(dtype)) throw wrong(file.path, name, `it should hold numbers and has the type ${type}`)
  const found = member.fortran ? columnwise(member, from, count) : decodeNumbers(bytesOf(member, from, count), dtype)
  if (/[iu]8$/.test(type) && found.some((number) => !Number.isSafeInteger(number)))
    throw wrong(file.path, name, 'it holds whole numbers that are too large')
  return found
}

/** The same where a column lies before the next one: rows are put together of all of them. */
function columnwise({ shape, ...member }: NpyMember, from: number, count: number): Float64Array {
  const [rows = 0, width = 0] = shape
  const [first, end] = [Math.floor(from / width), Math.ceil((from + count) / width)]
  const table = new Float64Array((end - first) * width)
  for (let column = 0; column < width; column++) {
    const found = decodeNumbers(bytesOf({ ...member, shape }, column * rows + first, end - first), member.dtype)
    for (let row = 0; row < found.length; row++) table[row * width + column] = found[row]!
  }
  return table.subarray(from - first * width, from - first * width + count)
}

/** An element for a recording; one value alone stands for all of them. Throws like `numbers`. */
export function numberAt(member: NpyMember, at: number): number {
  return numbers(member, member.shape.length === 0 ? 0 : at, 1)[0]!
}

/** A text, be it of letters, of bytes, or an object. Throws `decode-failed` where it is none. */
export function textAt(member: NpyMember, at: number): string {
  const { dtype, file, name, type, shape } = member
  const index = shape.length === 0 ? 0 : at
  if (dtype.kind === 'O') return objectAt(member, index)
  const bytes = dtype.kind === 'U' || dtype.kind === 'S' ? bytesOf(member, index, 1) : null
  if (bytes === null) throw wrong(file.path, name, `it should hold text and has the type ${type}`)
  try {
    // numpy writes a text as bytes only where it was bytes before; those of a label are UTF-8.
    return dtype.kind === 'U'
      ? (decodeTexts(bytes, dtype, file.path)[0] ?? '')
      : new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\0+$/, '')
  } catch (error) {
    throw wrong(file.path, name, 'it holds what is no text', error)
  }
}

const objects = new WeakMap<NpyMember, readonly PickleValue[]>()

/** Objects are a pickle, which is read without running it. */
function objectAt(member: NpyMember, at: number): string {
  const { file, name, offset } = member
  let known = objects.get(member)
  if (known === undefined) {
    const array = readPickle(file, offset)
    known = array instanceof NumpyArray ? elementsOf(array, file) : []
    objects.set(member, known)
  }
  const value = known[at]
  if (typeof value !== 'string' && value !== null) throw wrong(file.path, name, 'it holds objects that are no text')
  return value ?? ''
}

function bytesOf({ file, dtype, name, offset, there }: NpyMember, from: number, count: number): Buffer {
  if (from < 0 || count < 0 || from + count > there) throw wrong(file.path, name, 'it is shorter than the others')
  return file.copy(offset + from * dtype.width, count * dtype.width)
}

export function wrong(path: string, name: string, why: string, cause?: unknown): KalamosError {
  return new KalamosError(
    'decode-failed',
    `${path}: the array ${name} cannot be read: ${why}.`,
    'The arrays that Kalamos reads are listed in docs/formats.md.',
    { cause },
  )
}
