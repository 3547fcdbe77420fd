import { Random } from './random.ts'

/**
 * Numbers that look random and depend on nothing but the keys they were made from.
 * Whatever a training draws is keyed by what it is for (seed, epoch, recording), never by how many draws came before:
 * so a resumed run draws the same numbers as one that was never interrupted.
 */
export class KeyedRandom extends Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(...keys: number[]) {
    super()
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
    for (let i = 0; i < 12; i++) this.bits()
  }

  /** sfc32 by Chris Doty-Humphrey (PractRand): 32 bits a step. */
  bits(): number {
    const t = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0
    return t >>> 0
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
