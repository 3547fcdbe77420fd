import { KalamosError } from '../../shared/errors.ts'
import { callableNamed, Callable } from './pickle-globals.ts'
import { Dtype, fillFromBytes, fillFromList, NdArray } from './numpy.ts'

/** What a pickle may hold: data. Tuples and lists are arrays, sets too; dicts are maps. */
export type PickleValue = null | boolean | number | bigint | string | Uint8Array | PickleValue[] | Map<PickleValue, PickleValue> | NdArray | Dtype | Callable

/** A pickle that nests or memoises without bound is an attack, not data. */
const MOST_VALUES = 50_000_000

/**
 * Reads a Python pickle, protocols 0 to 5, without running anything: it builds lists, tuples, dicts, strings, numbers and
 * numpy arrays, and refuses every other global by name. Throws `decode-failed` naming the file.
 */
export function readPickle(bytes: Uint8Array, name: string): PickleValue {
  try {
    return new Machine(bytes).run()
  } catch (error) {
    if (error instanceof KalamosError) throw error
    if (error instanceof RefusedGlobal) {
      throw new KalamosError('decode-failed', `${name} asks for ${error.message}, which is no data: it was not run.`, 'Do not open this file with Python either unless you trust whoever made it.')
    }
    throw new KalamosError('decode-failed', `${name} is not a readable pickle: ${error instanceof Error ? error.message : String(error)}.`, undefined, { cause: error })
  }
}

class RefusedGlobal extends Error {}

const MARK = Symbol('mark')
type Entry = PickleValue | typeof MARK

class Machine {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #stack: Entry[] = []
  readonly #memo = new Map<number, PickleValue>()
  #at = 0
  #made = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  run(): PickleValue {
    for (;;) {
      const code = this.#byte()
      if (code === 0x2e) return this.#pop()
      const operate = OPERATIONS[code]
      if (!operate) throw new Error(`the operation 0x${code.toString(16).padStart(2, '0')} at byte ${this.#at - 1} is unknown or not allowed`)
      operate(this)
      if (++this.#made > MOST_VALUES) throw new Error('it has too many values')
    }
  }

  #byte(): number {
    if (this.#at >= this.#bytes.length) throw new Error('it ends too early')
    return this.#bytes[this.#at++]!
  }

  #pop(): PickleValue {
    const value = this.#stack.pop()
    if (value === undefined || value === MARK) throw new Error('its stack is empty')
    return value
  }

  /** Bytes that lie ahead; none are copied. */
  take(count: number): Uint8Array {
    if (!Number.isSafeInteger(count) || count < 0 || this.#at + count > this.#bytes.length) throw new Error('it ends too early')
    return this.#bytes.subarray(this.#at, (this.#at += count))
  }

  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at)
    if (end < 0) throw new Error('a line does not end')
    const text = Buffer.from(this.#bytes.subarray(this.#at, end)).toString('latin1')
    this.#at = end + 1
    return text
  }

  u8 = (): number => this.#byte()
  u16 = (): number => (this.take(2), this.#view.getUint16(this.#at - 2, true))
  i32 = (): number => (this.take(4), this.#view.getInt32(this.#at - 4, true))
  u32 = (): number => (this.take(4), this.#view.getUint32(this.#at - 4, true))
  u64 = (): number => (this.take(8), Number(this.#view.getBigUint64(this.#at - 8, true)))
  f64 = (): number => (this.take(8), this.#view.getFloat64(this.#at - 8, false))

  push(value: Entry): void {
    this.#stack.push(value)
  }

  pop(): PickleValue {
    return this.#pop()
  }

  /** Drops whatever is on top, be it a mark. */
  drop(): void {
    if (this.#stack.pop() === undefined) throw new Error('its stack is empty')
  }

  top(): PickleValue {
    const value = this.#stack.at(-1)
    if (value === undefined || value === MARK) throw new Error('its stack is empty')
    return value
  }

  popToMark(): PickleValue[] {
    const mark = this.#stack.lastIndexOf(MARK)
    if (mark < 0) throw new Error('a mark is missing')
    return this.#stack.splice(mark).slice(1) as PickleValue[]
  }

  put(index: number): void {
    this.#memo.set(index, this.top())
  }

  memoize(): void {
    this.put(this.#memo.size)
  }

  get(index: number): void {
    const value = this.#memo.get(index)
    if (value === undefined) throw new Error(`it refers to a value ${index} that it never made`)
    this.push(value)
  }

  global(module: string, name: string): void {
    const callable = callableNamed(module, name)
    if (!callable) throw new RefusedGlobal(`${module}.${name}`)
    this.push(callable)
  }

  reduce(): void {
    const args = this.pop()
    const callable = this.pop()
    if (!(callable instanceof Callable) || !Array.isArray(args)) throw new Error('it calls what cannot be called')
    this.push(callable.build(args))
  }

  build(): void {
    const state = this.pop()
    const target = this.top()
    if (!Array.isArray(state)) throw new Error('it gives a state that is no tuple')
    if (target instanceof Dtype) target.orderBy(String(state[1]))
    else if (target instanceof NdArray) fill(target, state)
    else throw new Error('it gives a state to what has none')
  }
}

function fill(array: NdArray, [, shape, dtype, isFortran, data]: readonly PickleValue[]): void {
  if (!(dtype instanceof Dtype) || !Array.isArray(shape)) throw new Error('an array has no type or no shape')
  const extents = shape.map(Number)
  if (Array.isArray(data)) fillFromList(array, extents, data, isFortran === true)
  else if (data instanceof Uint8Array) fillFromBytes(array, extents, dtype, data, isFortran === true)
  else throw new Error('an array has no data')
}

function setItems(machine: Machine, items: readonly PickleValue[]): void {
  const target = machine.top()
  if (!(target instanceof Map) || items.length % 2 === 1) throw new Error('it sets items of what is no dict')
  for (let i = 0; i < items.length; i += 2) target.set(items[i]!, items[i + 1]!)
}

function append(machine: Machine, items: readonly PickleValue[]): void {
  const target = machine.top()
  if (!Array.isArray(target)) throw new Error('it appends to what is no list')
  for (const item of items) target.push(item)
}

function asMap(items: readonly PickleValue[]): Map<PickleValue, PickleValue> {
  return new Map(Array.from({ length: Math.floor(items.length / 2) }, (_, at) => [items[2 * at]!, items[2 * at + 1]!]))
}

function utf8(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

/** A whole number of any length, little end first, two's complement. */
function long(bytes: Uint8Array): number | bigint {
  if (bytes.length > 64) throw new Error('a number is too long')
  let value = 0n
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!)
  const signed = bytes.length === 0 ? 0n : BigInt.asIntN(8 * bytes.length, value)
  return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed
}

function decimalLine(line: string): PickleValue {
  if (line === '00' || line === '01') return line === '01'
  const digits = line.replace(/L$/, '')
  if (!/^[+-]?\d{1,150}$/.test(digits)) throw new Error(`"${line.slice(0, 20)}" is no number`)
  return Number.isSafeInteger(Number(digits)) ? Number(digits) : BigInt(digits)
}

function floatLine(line: string): number {
  const special: Record<string, number> = { inf: Infinity, '-inf': -Infinity, nan: NaN }
  return Object.hasOwn(special, line) ? special[line]! : Number(line)
}

/** A string literal of protocol 0. Escapes beyond quotes and backslashes are rare in data and are read as hexadecimal only. */
function quoted(line: string): string {
  const match = /^(['"])(.*)\1$/s.exec(line)
  if (!match) throw new Error('a string is not quoted')
  return match[2]!.replace(/\\(x[0-9a-fA-F]{2}|n|t|r|.)/g, (_, escape: string) => (escape.startsWith('x') && escape.length === 3 ? String.fromCharCode(parseInt(escape.slice(1), 16)) : ({ n: '\n', t: '\t', r: '\r' }[escape] ?? escape)))
}

function rawUnicode(line: string): string {
  return line.replace(/\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g, (_, short: string | undefined, wide: string | undefined) => String.fromCodePoint(parseInt(short ?? wide!, 16)))
}

/** What each operation does (Python's Lib/pickletools.py documents them); those not listed are refused. */
const OPERATIONS: Record<number, (m: Machine) => void> = {
  0x80: (m) => void m.u8(), // PROTO
  0x95: (m) => void m.u64(), // FRAME
  0x28: (m) => m.push(MARK),
  0x30: (m) => m.drop(), // POP
  0x31: (m) => void m.popToMark(), // POP_MARK
  0x32: (m) => m.push(m.top()), // DUP
  0x4e: (m) => m.push(null), // NONE
  0x88: (m) => m.push(true),
  0x89: (m) => m.push(false),
  0x49: (m) => m.push(decimalLine(m.line())), // INT
  0x4c: (m) => m.push(decimalLine(m.line())), // LONG
  0x4a: (m) => m.push(m.i32()), // BININT
  0x4b: (m) => m.push(m.u8()), // BININT1
  0x4d: (m) => m.push(m.u16()), // BININT2
  0x8a: (m) => m.push(long(m.take(m.u8()))), // LONG1
  0x8b: (m) => m.push(long(m.take(m.i32()))), // LONG4
  0x46: (m) => m.push(floatLine(m.line())), // FLOAT
  0x47: (m) => m.push(m.f64()), // BINFLOAT
  0x53: (m) => m.push(quoted(m.line())), // STRING
  0x54: (m) => m.push(latin1(m.take(m.i32()))), // BINSTRING
  0x55: (m) => m.push(latin1(m.take(m.u8()))), // SHORT_BINSTRING
  0x56: (m) => m.push(rawUnicode(m.line())), // UNICODE
  0x58: (m) => m.push(utf8(m.take(m.u32()))), // BINUNICODE
  0x8c: (m) => m.push(utf8(m.take(m.u8()))), // SHORT_BINUNICODE
  0x8d: (m) => m.push(utf8(m.take(m.u64()))), // BINUNICODE8
  0x42: (m) => m.push(m.take(m.u32())), // BINBYTES
  0x43: (m) => m.push(m.take(m.u8())), // SHORT_BINBYTES
  0x8e: (m) => m.push(m.take(m.u64())), // BINBYTES8
  0x96: (m) => m.push(m.take(m.u64())), // BYTEARRAY8
  0x5d: (m) => m.push([]), // EMPTY_LIST
  0x6c: (m) => m.push(m.popToMark()), // LIST
  0x61: (m) => { const item = m.pop(); append(m, [item]) }, // APPEND
  0x65: (m) => append(m, m.popToMark()), // APPENDS
  0x29: (m) => m.push([]), // EMPTY_TUPLE
  0x74: (m) => m.push(m.popToMark()), // TUPLE
  0x85: (m) => m.push([m.pop()]), // TUPLE1
  0x86: (m) => { const b = m.pop(); m.push([m.pop(), b]) }, // TUPLE2
  0x87: (m) => { const [c, b] = [m.pop(), m.pop()]; m.push([m.pop(), b, c]) }, // TUPLE3
  0x7d: (m) => m.push(new Map()), // EMPTY_DICT
  0x64: (m) => m.push(asMap(m.popToMark())), // DICT
  0x73: (m) => { const value = m.pop(); const key = m.pop(); setItems(m, [key, value]) }, // SETITEM
  0x75: (m) => setItems(m, m.popToMark()), // SETITEMS
  0x8f: (m) => m.push([]), // EMPTY_SET
  0x90: (m) => append(m, m.popToMark()), // ADDITEMS
  0x91: (m) => m.push(m.popToMark()), // FROZENSET
  0x70: (m) => m.put(Number(m.line())), // PUT
  0x71: (m) => m.put(m.u8()), // BINPUT
  0x72: (m) => m.put(m.u32()), // LONG_BINPUT
  0x94: (m) => m.memoize(),
  0x67: (m) => m.get(Number(m.line())), // GET
  0x68: (m) => m.get(m.u8()), // BINGET
  0x6a: (m) => m.get(m.u32()), // LONG_BINGET
  0x63: (m) => { const module = m.line(); m.global(module, m.line()) }, // GLOBAL
  0x69: (m) => { const module = m.line(); m.global(module, m.line()); throw new Error('it makes instances of classes') }, // INST
  0x93: (m) => { const name = m.pop(); m.global(String(m.pop()), String(name)) }, // STACK_GLOBAL
  0x52: (m) => m.reduce(), // REDUCE
  0x62: (m) => m.build(), // BUILD
}
