import { textKey } from './keyed.ts'
import { Random } from './random.ts'

/** Numbers that a text decides: the same text draws the same numbers on every machine. */
export class TextRandom extends Random {
  #state: number

  constructor(text: string) {
    super()
    this.#state = textKey(text)
  }

  /** Mulberry32: 32 bits of state, enough to shuffle prompts. */
  bits(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return (t ^ (t >>> 14)) >>> 0
  }
}
