/** Recordings by their numbers, one bit each: a million take 125 kB. */
export class RecordingSet {
  /** Bit `id & 31` of word `id >> 5`. */
  readonly #words: Uint32Array

  private constructor(words: Uint32Array) {
    this.#words = words
  }

  /** From marks as the database keeps them: bit `id & 63` of word `id >> 6`. `numbers` are those of the words. */
  static ofMarks(numbers: readonly number[], bits: readonly bigint[]): RecordingSet {
    const marks = new BigInt64Array((numbers.at(-1) ?? -1) + 1)
    for (const [i, word] of numbers.entries()) marks[word] = bits[i]!
    return new RecordingSet(new Uint32Array(marks.buffer))
  }

  /** An empty one that holds numbers as large as this one does. */
  alike(): RecordingSet {
    return new RecordingSet(new Uint32Array(this.#words.length))
  }

  /** Numbers that are too large for it are left out. */
  add(ids: readonly number[]): void {
    for (const id of ids) this.#words[id >>> 5]! |= 1 << (id & 31)
  }

  /** All 64 numbers of each of these words of marks. */
  addWords(words: readonly number[]): void {
    for (const word of words) this.#words.fill(0xffffffff, 2 * word, 2 * word + 2)
  }

  has(id: number): boolean {
    return ((this.#words[id >>> 5] ?? 0) & (1 << (id & 31))) !== 0
  }

  and(other: RecordingSet): RecordingSet {
    return new RecordingSet(this.#words.map((word, i) => word & (other.#words[i] ?? 0)))
  }

  without(other: RecordingSet): RecordingSet {
    return new RecordingSet(this.#words.map((word, i) => word & ~(other.#words[i] ?? 0)))
  }

  /** How many recordings are in it. */
  get size(): number {
    let size = 0
    for (const word of this.#words) size += ones(word)
    return size
  }

  /** Up to `limit` numbers in their order from `from` on (itself included). */
  ids(limit = Infinity, { from = 0, descending = false } = {}): number[] {
    const found: number[] = []
    let id = descending ? Math.min(from, 32 * this.#words.length - 1) : Math.max(from, 0)
    for (let word = Math.floor(id / 32); word >= 0 && word < this.#words.length && found.length < limit; word += descending ? -1 : 1) {
      const bits = this.#words[word] ?? 0
      if (bits !== 0) found.push(...within(bits, word, id, descending).slice(0, limit - found.length))
      id = descending ? 32 * word - 1 : 32 * (word + 1)
    }
    return found
  }
}

function within(bits: number, word: number, from: number, descending: boolean): number[] {
  const ids: number[] = []
  for (let left = bits; left !== 0; left &= left - 1) ids.push(32 * word + 31 - Math.clz32(left & -left))
  return descending ? ids.filter((id) => id <= from).reverse() : ids.filter((id) => id >= from)
}

/** How many bits of a word are set. */
function ones(word: number): number {
  word -= (word >>> 1) & 0x55555555
  word = (word & 0x33333333) + ((word >>> 2) & 0x33333333)
  return Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
