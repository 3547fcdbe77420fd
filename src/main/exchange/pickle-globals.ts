import { Dtype, fillFromBytes, NdArray } from './numpy.ts'
import type { PickleValue } from './pickle.ts'

/** One of the few names that a pickle may call: it builds data from data. */
export class Callable {
  readonly build: (args: readonly PickleValue[]) => PickleValue

  constructor(build: (args: readonly PickleValue[]) => PickleValue) {
    this.build = build
  }
}

const reconstruct = new Callable(() => new NdArray())
const scalar = new Callable(([dtype, bytes]) => oneValue(dtype, bytes))
const fromBuffer = new Callable(([bytes, dtype, shape, order]) => {
  if (!(bytes instanceof Uint8Array) || !(dtype instanceof Dtype) || !Array.isArray(shape)) throw new Error('a buffer is no array')
  const array = new NdArray()
  fillFromBytes(array, shape.map(Number), dtype, bytes, order === 'F')
  return array
})
const empty = new Callable(([bytes]) => (bytes instanceof Uint8Array ? bytes : new Uint8Array(0)))

/** The only globals that are data. numpy 2 calls its core `_core`. */
const ALLOWED: ReadonlyMap<string, Callable> = new Map([
  ...['numpy.core', 'numpy._core'].flatMap((core): [string, Callable][] => [
    [`${core}.multiarray._reconstruct`, reconstruct],
    [`${core}.multiarray.scalar`, scalar],
    [`${core}.numeric._frombuffer`, fromBuffer],
  ]),
  ['numpy.ndarray', new Callable(() => { throw new Error('it makes an array without a shape') })],
  ['numpy.dtype', new Callable(([code]) => new Dtype(String(code)))],
  // Protocol 2 writes bytes as text that is to be encoded.
  ['_codecs.encode', new Callable(([text]) => Buffer.from(String(text), 'latin1'))],
  ['__builtin__.bytes', empty],
  ['builtins.bytes', empty],
  ['builtins.bytearray', empty],
  ['__builtin__.bytearray', empty],
])

/** The allowed callable of a name, or undefined: it must not be called. */
export function callableNamed(module: string, name: string): Callable | undefined {
  return ALLOWED.get(`${module}.${name}`)
}

function oneValue(dtype: PickleValue | undefined, bytes: PickleValue | undefined): PickleValue {
  if (!(dtype instanceof Dtype) || !(bytes instanceof Uint8Array)) throw new Error('a scalar has no value')
  const array = new NdArray()
  fillFromBytes(array, [1], dtype, bytes, false)
  return array.values[0]!
}
