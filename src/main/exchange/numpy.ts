import { KalamosError } from '../../shared/errors.ts'
import type { PickleValue } from './pickle.ts'

/** A numpy array: `values` in C order; numbers of any kind as 64-bit floats, objects as what they are. */
export class NdArray {
  shape: readonly number[] = []
  values: Float64Array | readonly PickleValue[] = []
}

/** A numpy dtype, as far as data need it: `f8`, `i4`, `O`, `U5` … with its byte order. */
export class Dtype {
  readonly code: string
  order: '<' | '>' | '|' = '<'

  constructor(code: string) {
    const match = /^([<>|=]?)([a-zA-Z])(\d*)$/.exec(code)
    if (!match) throw new Error(`arrays of the type ${code} cannot be read`)
    this.code = `${match[2]!}${match[3]!}`
    this.orderBy(match[1] || '<')
  }

  orderBy(sign: string): void {
    this.order = sign === '>' ? '>' : sign === '|' ? '|' : '<'
  }

  get isObject(): boolean {
    return this.code.startsWith('O')
  }

  get bytes(): number {
    const size = Number(this.code.slice(1) || '1')
    return this.code.startsWith('U') ? 4 * size : size
  }
}

/** Elements of a shape. Throws for one that is no shape or that is larger than what can hold it. */
export function elementsOf(shape: readonly number[], most: number): number {
  let count = 1
  for (const extent of shape) {
    if (!Number.isInteger(extent) || extent < 0) throw new Error(`[${shape.join(', ')}] is no shape of an array`)
    count *= extent
    if (count > most) throw new Error(`an array of the shape [${shape.join(', ')}] is larger than its data`)
  }
  return count
}

/** Fills an array from raw bytes; Fortran order is turned into C order. */
export function fillFromBytes(array: NdArray, shape: readonly number[], dtype: Dtype, bytes: Uint8Array, isFortran: boolean): void {
  const count = elementsOf(shape, bytes.length)
  if (bytes.length !== count * dtype.bytes) throw new Error(`an array of ${count} ${dtype.code} has ${bytes.length} bytes`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = dtype.order !== '>'
  array.shape = shape
  if (/^[US]/.test(dtype.code)) {
    const texts = Array.from({ length: count }, (_, at) => textAt(view, at * dtype.bytes, dtype, little))
    array.values = isFortran ? inCOrder(texts, shape) : texts
    return
  }
  const read = readerOf(dtype.code)
  const values = new Float64Array(count)
  for (let at = 0; at < count; at++) values[at] = read(view, at * dtype.bytes, little)
  array.values = isFortran ? Float64Array.from(inCOrder([...values], shape)) : values
}

/** Fills an array with objects. */
export function fillFromList(array: NdArray, shape: readonly number[], values: readonly PickleValue[], isFortran: boolean): void {
  if (elementsOf(shape, values.length) !== values.length) throw new Error(`an array of the shape [${shape.join(', ')}] has ${values.length} objects`)
  array.shape = shape
  array.values = isFortran ? inCOrder(values, shape) : values
}

type Read = (view: DataView, at: number, little: boolean) => number

function readerOf(code: string): Read {
  const readers: Record<string, Read> = {
    b1: (view, at) => view.getUint8(at),
    i1: (view, at) => view.getInt8(at),
    u1: (view, at) => view.getUint8(at),
    i2: (view, at, little) => view.getInt16(at, little),
    u2: (view, at, little) => view.getUint16(at, little),
    i4: (view, at, little) => view.getInt32(at, little),
    u4: (view, at, little) => view.getUint32(at, little),
    i8: (view, at, little) => Number(view.getBigInt64(at, little)),
    u8: (view, at, little) => Number(view.getBigUint64(at, little)),
    f2: (view, at, little) => view.getFloat16(at, little),
    f4: (view, at, little) => view.getFloat32(at, little),
    f8: (view, at, little) => view.getFloat64(at, little),
  }
  const read = readers[code]
  if (!read) throw new Error(`arrays of the type ${code} cannot be read`)
  return read
}

function textAt(view: DataView, at: number, { code, bytes }: Dtype, little: boolean): string {
  let text = ''
  const step = code.startsWith('U') ? 4 : 1
  for (let i = at; i < at + bytes; i += step) {
    const point = step === 4 ? view.getUint32(i, little) : view.getUint8(i)
    if (point !== 0) text += String.fromCodePoint(point)
  }
  return text
}

function inCOrder<T>(values: readonly T[], shape: readonly number[]): T[] {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, extent) => product * extent, 1))
  return values.map((_, at) => {
    let [rest, from] = [at, 0]
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += (rest % shape[axis]!) * strides[axis]!
      rest = Math.floor(rest / shape[axis]!)
    }
    return values[from]!
  })
}

/**
 * Reads a `.npy` file (numpy format 1 to 3), object arrays too, whose pickle is read by an interpreter that runs nothing.
 * Throws `decode-failed` naming the file.
 */
export function readNpy(file: Uint8Array, name: string, unpickle: (pickle: Uint8Array, name: string) => PickleValue): NdArray {
  try {
    return parseNpy(file, name, unpickle)
  } catch (error) {
    if (error instanceof KalamosError) throw error
    throw new KalamosError('decode-failed', `${name} is not a readable numpy file: ${error instanceof Error ? error.message : String(error)}.`, undefined, { cause: error })
  }
}

function parseNpy(file: Uint8Array, name: string, unpickle: (pickle: Uint8Array, name: string) => PickleValue): NdArray {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (file.length < 10 || Buffer.from(file.subarray(0, 6)).toString('latin1') !== '\x93NUMPY') throw new Error('the signature is missing')
  const wide = view.getUint8(6) > 1
  const start = wide ? 12 : 10
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true)
  const header = Buffer.from(file.subarray(start, start + length)).toString('latin1')
  const descr = /'descr'\s*:\s*'([^']+)'/.exec(header)?.[1]
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1]
  const shape = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(header)?.[1]
  if (descr === undefined || order === undefined || shape === undefined) throw new Error('its header names no simple type')
  const data = file.subarray(start + length)
  const dtype = new Dtype(descr)
  if (dtype.isObject) {
    const array = unpickle(data, name)
    if (!(array instanceof NdArray)) throw new Error('its objects are no array')
    return array
  }
  const array = new NdArray()
  fillFromBytes(array, shape.split(',').flatMap((extent) => (extent.trim() === '' ? [] : [Number(extent)])), dtype, data, order === 'True')
  return array
}
