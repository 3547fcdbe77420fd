/**
 * Numbers that look random and depend on nothing but the keys they were made from.
 * Whatever a training draws is keyed by what it is for (seed, epoch, recording), never by how many draws came before:
 * so a resumed run draws the same numbers as one that was never interrupted.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1
  #spare: number | null = null

  constructor(...keys: number[]) {
    let state = 0x9e3779b9
    const absorb = (word: number): number => {
      state = mix((state ^ word) + 0x6d2b79f5)
      return state
    }
    for (const key of keys) {
      absorb(key >>> 0)
      absorb(Math.floor(key / 2 ** 32) >>> 0)
    }
    this.#a = absorb(1)
    this.#b = absorb(2)
    this.#c = absorb(3)
    for (let i = 0; i < 12; i++) this.#next()
  }

  /** sfc32 by Chris Doty-Humphrey (PractRand): 32 bits a step. */
  #next(): number {
    const t = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0
    return t >>> 0
  }

  /** Evenly spread over `[low, high)`. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * (this.#next() / 2 ** 32)
  }

  /** Normally distributed with mean 0 and deviation 1 (Box and Muller). */
  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare
      this.#spare = null
      return spare
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    const angle = 2 * Math.PI * this.uniform()
    this.#spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }

  /** A whole number of `[0, below)`. */
  integer(below: number): number {
    return Math.floor(this.uniform(0, below))
  }

  chance(probability: number): boolean {
    return this.uniform() < probability
  }

  /** The items in a new order (Fisher and Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const result = [...items]
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.integer(i + 1)
      const swapped = result[i]!
      result[i] = result[j]!
      result[j] = swapped
    }
    return result
  }
}

/** The finaliser of MurmurHash3: every bit of the input reaches every bit of the output. */
function mix(word: number): number {
  let h = word | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** A whole number that stands for a text, for use as a key (FNV-1a, 32 bits). */
export function textKey(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash >>> 0
}
