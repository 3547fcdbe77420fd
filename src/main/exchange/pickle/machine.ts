import { KalamosError } from '../../../shared/errors.ts'
import type { FileBytes } from '../file-bytes.ts'
import { ALLOWED, build, call } from './numpy.ts'
import { PickleGlobal, StoredBytes, type PickleValue } from './values.ts'

/** Longer texts stay in the file: they are bytes in disguise. */
const TEXT_IN_MEMORY = 1 << 10
const LINE_MAX = 1 << 24
const NEWLINE = 0x0a

/** What lists, dicts and arrays of a pickle may take, in bytes: one operation of a byte makes an object of hundreds. */
const MEMORY_MAX = 512 << 20
const COST = { list: 64, map: 256, other: 96, value: 8 }

const MARK = Symbol('mark')

/** The stack machine that a pickle is a program for (Python's Lib/pickletools.py documents it). */
export class Machine {
  readonly #file: FileBytes
  readonly #stack: (PickleValue | typeof MARK)[] = []
  readonly #memo = new Map<number, PickleValue>()
  #at: number
  #spent = 0

  constructor(file: FileBytes, offset: number) {
    this.#file = file
    this.#at = offset
  }

  damaged(): KalamosError {
    return new KalamosError(
      'decode-failed',
      `${this.#file.path} is damaged at byte ${this.#at}, or is no pickle.`,
      'Copy or download the file again.',
    )
  }

  refused(what: string): KalamosError {
    return new KalamosError(
      'invalid-input',
      `${this.#file.path} wants to run or build ${what}, which is refused.`,
      'Only lists, numbers, text and numpy arrays are read. Do not open this file with Python unless you trust ' +
        'whoever made it.',
    )
  }

  u8 = (): number => this.#take(1)[0]!
  u16 = (): number => this.#take(2).readUInt16LE()
  i32 = (): number => this.#take(4).readInt32LE()
  u32 = (): number => this.#take(4).readUInt32LE()
  f64 = (): number => this.#take(8).readDoubleBE()
  u64 = (): number => {
    const length = Number(this.#take(8).readBigUInt64LE())
    if (!Number.isSafeInteger(length)) throw this.damaged()
    return length
  }

  line(): string {
    const from = this.#at
    while (this.u8() !== NEWLINE) if (this.#at - from > LINE_MAX) throw this.damaged()
    return this.#file
      .copy(from, this.#at - 1 - from)
      .toString('latin1')
      .replace(/\r$/, '')
  }

  /** A whole number of some bytes, little end first, two's complement. */
  long(length: number): number {
    if (length < 0 || length > 16) throw this.damaged()
    const bytes = Buffer.from(this.#take(length)).reverse()
    return length === 0 ? 0 : Number(BigInt.asIntN(length * 8, BigInt(`0x${bytes.toString('hex')}`)))
  }

  text(length: number): void {
    if (length > TEXT_IN_MEMORY) this.bytes(length)
    else this.push(this.#take(length).toString('utf8'))
  }

  bytes(length: number): void {
    if (length < 0 || this.#at + length > this.#file.size) throw this.#file.brokenOff(this.#at)
    this.push(StoredBytes.inFile(this.#at, length))
    this.#at += length
  }

  mark(): void {
    this.#spend(COST.value)
    this.#stack.push(MARK)
  }

  push(value: PickleValue): void {
    this.#spend(costOf(value))
    this.#stack.push(value)
  }

  pop(): PickleValue {
    const value = this.#stack.pop()
    if (value === undefined || value === MARK) throw this.damaged()
    return value
  }

  /** Drops what is on top, be it a mark. */
  drop(): void {
    if (this.#stack.pop() === undefined) throw this.damaged()
  }

  top(): PickleValue {
    const value = this.#stack.at(-1)
    if (value === undefined || value === MARK) throw this.damaged()
    return value
  }

  popMany(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.pop()).reverse()
  }

  popToMark(): PickleValue[] {
    const mark = this.#stack.lastIndexOf(MARK)
    if (mark === -1) throw this.damaged()
    return this.#stack.splice(mark).slice(1) as PickleValue[]
  }

  append(values: readonly PickleValue[]): void {
    const list = this.top()
    if (!Array.isArray(list)) throw this.damaged()
    this.#spend(values.length * COST.value)
    for (const value of values) list.push(value)
  }

  setItems(pairs: readonly PickleValue[]): void {
    const map = this.top()
    if (!(map instanceof Map)) throw this.damaged()
    this.#spend(pairs.length * 4 * COST.value)
    for (const [key, value] of this.asMap(pairs)) map.set(key, value)
  }

  asMap(pairs: readonly PickleValue[]): Map<PickleValue, PickleValue> {
    if (pairs.length % 2 === 1) throw this.damaged()
    return new Map(Array.from({ length: pairs.length / 2 }, (_, at) => [pairs[2 * at]!, pairs[2 * at + 1]!]))
  }

  memoize(index = this.#memo.size): void {
    this.#spend(4 * COST.value)
    this.#memo.set(index, this.top())
  }

  recall(index: number): void {
    const value = this.#memo.get(index)
    if (value === undefined) throw this.damaged()
    this.push(value)
  }

  global(name: string): void {
    if (!ALLOWED.has(name)) throw this.refused(name)
    this.push(new PickleGlobal(name))
  }

  reduce(): void {
    const [callee, args] = this.popMany(2)
    if (!(callee instanceof PickleGlobal) || !Array.isArray(args)) throw this.damaged()
    this.push(call(callee.name, args, this.#file))
  }

  build(): void {
    const state = this.pop()
    build(this.top(), state, this.#file)
  }

  #spend(bytes: number): void {
    this.#spent += bytes
    if (this.#spent > MEMORY_MAX)
      throw new KalamosError(
        'invalid-input',
        `${this.#file.path} holds more lists and values than fit into the memory.`,
        'That is no file of recordings; check where it came from.',
      )
  }

  /** Where the program is. */
  get at(): number {
    return this.#at
  }

  /**
   * The items that a list under construction has had so far, of a program that breaks off; the one that was being made
   * may be half, and is not among them.
   */
  salvaged(): PickleValue[] {
    const at = this.#stack.findIndex((value, index) => Array.isArray(value) && this.#stack[index + 1] === MARK)
    if (at === -1) return []
    const pending = this.#stack.slice(at + 2)
    const end = pending.indexOf(MARK)
    const items = [
      ...(this.#stack[at] as PickleValue[]),
      ...(pending.slice(0, end === -1 ? undefined : end) as PickleValue[]),
    ]
    return items.slice(0, -1)
  }

  #take(length: number): Buffer {
    const bytes = this.#file.read(this.#at, length)
    this.#at += length
    return bytes
  }
}

/** About what a value takes; numbers, and what was pushed before, lie in the stack itself. */
function costOf(value: PickleValue): number {
  if (typeof value === 'string') return COST.other + value.length
  if (typeof value !== 'object' || value === null) return COST.value
  if (Array.isArray(value)) return COST.list + value.length * COST.value
  return value instanceof Map ? COST.map : COST.other
}
