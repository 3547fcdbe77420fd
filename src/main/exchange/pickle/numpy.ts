import { KalamosError } from '../../../shared/errors.ts'
import type { FileBytes } from '../file-bytes.ts'
import { decodeNumbers, decodeTexts, dtypeNamed, isNumeric } from './dtype.ts'
import { NumpyArray, NumpyDtype, PickleGlobal, StoredBytes, type PickleValue } from './values.ts'

/** numpy 2 calls its core `_core`. */
const inCore = (name: string): string[] => [`numpy.core.${name}`, `numpy._core.${name}`]
const RECONSTRUCT = inCore('multiarray._reconstruct')
const SCALAR = inCore('multiarray.scalar')
const FROM_BUFFER = inCore('numeric._frombuffer')
const BYTES = ['builtins.bytes', '__builtin__.bytes', 'builtins.bytearray', '__builtin__.bytearray']

/** The names that a pickle may hold; everything else is refused by its name. */
export const ALLOWED: ReadonlySet<string> = new Set([
  ...RECONSTRUCT,
  ...SCALAR,
  ...FROM_BUFFER,
  ...BYTES,
  'numpy.ndarray',
  'numpy.dtype',
  '_codecs.encode',
])

/** What calling one of the allowed names gives: the few things that numpy needs, done here. Throws `decode-failed`. */
export function call(name: string, args: readonly PickleValue[], file: FileBytes): PickleValue {
  const [first, second, third, fourth] = args
  if (RECONSTRUCT.includes(name)) return new NumpyArray()
  if (name === 'numpy.dtype' && typeof first === 'string') return dtypeNamed(first, file.path)
  if (name === '_codecs.encode' && second === 'latin1') {
    if (typeof first === 'string') return StoredBytes.held(Uint8Array.from(Buffer.from(first, 'latin1')))
    if (first instanceof StoredBytes) return first.asLatin1()
  }
  if (BYTES.includes(name) && args.length === 0) return StoredBytes.held(new Uint8Array(0))
  if (BYTES.includes(name) && first instanceof StoredBytes) return first
  if (SCALAR.includes(name) && first instanceof NumpyDtype && second instanceof StoredBytes) {
    const scalar = arrayOf(first, [1], false, second, file.path)
    return isNumeric(first) ? numbersOf(scalar, file)[0]! : (textsOf(scalar, file)[0] ?? '')
  }
  if (
    FROM_BUFFER.includes(name) &&
    first instanceof StoredBytes &&
    second instanceof NumpyDtype &&
    Array.isArray(third)
  ) {
    return arrayOf(second, shapeOf(third, file.path), fourth === 'F', first, file.path)
  }
  throw new KalamosError(
    'decode-failed',
    `${file.path} calls ${name} in a way that numpy does not.`,
    'The file is damaged, or was made to do harm.',
  )
}

/** Gives an array or a kind of number what the pickle says of it. Throws `decode-failed`. */
export function build(target: PickleValue, state: PickleValue, file: FileBytes): void {
  if (target instanceof NumpyDtype && Array.isArray(state)) {
    target.bigEndian = state[1] === '>'
    return
  }
  if (target instanceof NumpyArray && Array.isArray(state)) {
    const [, shape, dtype, fortran, data] = state
    if (Array.isArray(shape) && dtype instanceof NumpyDtype && (data instanceof StoredBytes || Array.isArray(data))) {
      Object.assign(target, arrayOf(dtype, shapeOf(shape, file.path), fortran === true, data, file.path))
      return
    }
  }
  const name = target instanceof PickleGlobal ? target.name : 'something'
  throw new KalamosError(
    'decode-failed',
    `${file.path} gives a state to ${name}, which has none here.`,
    'The file is damaged, or was made to do harm.',
  )
}

/**
 * An array whose shape agrees with its data; one that announces more than it has is refused. Throws `decode-failed`.
 */
export function arrayOf(
  dtype: NumpyDtype,
  shape: readonly number[],
  fortran: boolean,
  data: StoredBytes | readonly PickleValue[],
  path: string,
): NumpyArray {
  const items = itemsOf(shape)
  const there = data instanceof StoredBytes ? (data.isText ? items : data.length / dtype.width) : data.length
  if (items !== there || (dtype.kind === 'O') === data instanceof StoredBytes) {
    throw new KalamosError(
      'decode-failed',
      `${path} holds an array that announces ${items} elements and has ${there}.`,
      'The file is damaged; copy or download it again.',
    )
  }
  return Object.assign(new NumpyArray(), { dtype, shape, fortran, data })
}

/** The numbers of an array in C order. Throws `decode-failed` for an array of objects or of text. */
export function numbersOf(array: NumpyArray, file: FileBytes): Float64Array {
  if (!isNumeric(array.dtype))
    throw new KalamosError('decode-failed', `${file.path} holds objects where numbers are expected.`)
  const plain = decodeNumbers(loaded(array, file), array.dtype)
  if (!array.fortran || array.shape.length < 2) return plain
  const order = cOrder(array.shape)
  return Float64Array.from(order, (from) => plain[from]!)
}

/** The texts of an array of `U` or `S`, in C order. */
export function textsOf(array: NumpyArray, file: FileBytes): string[] {
  return decodeTexts(loaded(array, file), array.dtype, file.path)
}

/** The elements of an array, whatever they are, in C order. */
export function elementsOf(array: NumpyArray, file: FileBytes): PickleValue[] {
  if (array.data instanceof StoredBytes)
    return isNumeric(array.dtype) ? [...numbersOf(array, file)] : textsOf(array, file)
  const { data } = array
  return array.fortran && array.shape.length > 1 ? cOrder(array.shape).map((from) => data[from]!) : [...data]
}

export function itemsOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1)
}

function loaded({ data, shape, dtype }: NumpyArray, file: FileBytes): Uint8Array {
  const bytes = data instanceof StoredBytes ? data.load(file) : new Uint8Array(0)
  if (bytes.length === itemsOf(shape) * dtype.width) return bytes
  throw new KalamosError(
    'decode-failed',
    `${file.path} holds an array whose data break off.`,
    'The file is damaged; copy or download it again.',
  )
}

/** Where each element in C order stands in Fortran order. */
function cOrder(shape: readonly number[]): number[] {
  const strides = shape.map((_, axis) => itemsOf(shape.slice(0, axis)))
  return Array.from({ length: itemsOf(shape) }, (_, at) => {
    let [rest, from] = [at, 0]
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += (rest % shape[axis]!) * strides[axis]!
      rest = Math.floor(rest / shape[axis]!)
    }
    return from
  })
}

function shapeOf(shape: readonly PickleValue[], path: string): number[] {
  if (shape.every((extent) => typeof extent === 'number' && Number.isSafeInteger(extent) && extent >= 0))
    return shape as number[]
  throw new KalamosError(
    'decode-failed',
    `${path} holds an array with a shape that is none.`,
    'The file is damaged; copy or download it again.',
  )
}
