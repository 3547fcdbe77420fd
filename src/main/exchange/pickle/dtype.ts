import { KalamosError } from '../../../shared/errors.ts'
import { NumpyDtype } from './values.ts'

const WIDTHS: Record<string, readonly number[]> = { f: [2, 4, 8], i: [1, 2, 4, 8], u: [1, 2, 4, 8], b: [1], O: [8] }
/** The last character of Unicode. */
const LAST_CODE_POINT = 0x10ffff
/** Wider text than this is none of a label or a name. */
const TEXT_MAX = 1 << 16

/** A kind of number from its name, such as `<f8`. Throws `decode-failed` for one that no recording has. */
export function dtypeNamed(name: string, path: string): NumpyDtype {
  const match = /^([<>|=]?)([a-zA-Z])(\d*)$/.exec(name)
  const [kind, width] = match === null ? ['', 0] : match[2] === 'O' ? ['O', 8] : [match[2]!, Number(match[3])]
  const text = (kind === 'U' || kind === 'S') && width > 0 && width < TEXT_MAX
  if (!text && WIDTHS[kind]?.includes(width) !== true)
    throw new KalamosError(
      'decode-failed',
      `${path} holds numbers of the kind ${JSON.stringify(name)}, which no recording has.`,
    )
  const dtype = new NumpyDtype(kind, kind === 'U' ? width * 4 : width)
  dtype.bigEndian = match![1] === '>'
  return dtype
}

export function isNumeric({ kind }: NumpyDtype): boolean {
  return kind !== 'O' && WIDTHS[kind] !== undefined
}

/** The numbers that bytes of a kind are. */
export function decodeNumbers(bytes: Uint8Array, { kind, width, bigEndian }: NumpyDtype): Float64Array {
  const items = bytes.length / width
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!bigEndian && kind === 'f' && width === 8 && bytes.byteOffset % 8 === 0)
    return new Float64Array(bytes.buffer, bytes.byteOffset, items)
  const read = reader(view, `${kind}${width}`, !bigEndian)
  const numbers = new Float64Array(items)
  for (let at = 0; at < items; at++) numbers[at] = read(at * width)
  return numbers
}

function reader(view: DataView, code: string, little: boolean): (offset: number) => number {
  switch (code) {
    case 'f2':
      return (offset) => view.getFloat16(offset, little)
    case 'f4':
      return (offset) => view.getFloat32(offset, little)
    case 'f8':
      return (offset) => view.getFloat64(offset, little)
    case 'i1':
      return (offset) => view.getInt8(offset)
    case 'i2':
      return (offset) => view.getInt16(offset, little)
    case 'i4':
      return (offset) => view.getInt32(offset, little)
    case 'i8':
      return (offset) => Number(view.getBigInt64(offset, little))
    case 'u2':
      return (offset) => view.getUint16(offset, little)
    case 'u4':
      return (offset) => view.getUint32(offset, little)
    case 'u8':
      return (offset) => Number(view.getBigUint64(offset, little))
    default:
      return (offset) => view.getUint8(offset)
  }
}

/**
 * The texts that bytes of `U` or `S` are, without what fills them up. Throws `decode-failed` for what is no character.
 */
export function decodeTexts(bytes: Uint8Array, { kind, width, bigEndian }: NumpyDtype, path: string): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const step = kind === 'U' ? 4 : 1
  return Array.from({ length: bytes.length / width }, (_, row) => {
    let text = ''
    for (let at = row * width; at < (row + 1) * width; at += step) {
      const point = step === 4 ? view.getUint32(at, !bigEndian) : view.getUint8(at)
      if (point > LAST_CODE_POINT)
        throw new KalamosError(
          'decode-failed',
          `${path} holds a text with a character of the number ${point}, which there is none of.`,
          'The file is damaged; copy or download it again.',
        )
      if (point !== 0) text += String.fromCodePoint(point)
    }
    return text
  })
}
