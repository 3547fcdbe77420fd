/**
 * Which class follows which in the words of a lexicon: how likely a word is that is in no list, by how it is spelled.
 */

/** Above so many classes a table of triples would not fit; pairs have to do. */
const MOST_FOR_TRIPLES = 150

/**
 * An interpolated trigram model over classes (1 to `classes`; 0 is the edge of a word), with Witten-Bell smoothing
 * (Witten & Bell, 1991): a context that was followed by many different letters trusts the shorter one more. Words are
 * counted once each, for what is in no list resembles what is rare.
 */
export class LetterModel {
  readonly #size: number
  readonly #triples: boolean
  readonly #tri: Uint32Array
  readonly #bi: Uint32Array
  readonly #uni: Uint32Array
  readonly #total: Record<'tri' | 'bi', Uint32Array>
  readonly #distinct: Record<'tri' | 'bi', Uint32Array>
  #letters = 0

  constructor(classes: number) {
    const size = classes + 1
    this.#size = size
    this.#triples = classes <= MOST_FOR_TRIPLES
    const pairs = this.#triples ? size * size : 0
    this.#tri = new Uint32Array(pairs * size)
    this.#bi = new Uint32Array(size * size)
    this.#uni = new Uint32Array(size)
    this.#total = { tri: new Uint32Array(pairs), bi: new Uint32Array(size) }
    this.#distinct = { tri: new Uint32Array(pairs), bi: new Uint32Array(size) }
  }

  /** Counts the letters of a word. */
  add(word: readonly number[]): void {
    let [before, last] = [0, 0]
    for (let at = 0; at <= word.length; at++) {
      const next = word[at] ?? 0
      if (this.#triples) {
        const pair = before * this.#size + last
        if (this.#tri[pair * this.#size + next]!++ === 0) this.#distinct.tri[pair]!++
        this.#total.tri[pair]!++
      }
      if (this.#bi[last * this.#size + next]!++ === 0) this.#distinct.bi[last]!++
      this.#total.bi[last]!++
      this.#uni[next]!++
      this.#letters++
      ;[before, last] = [last, next]
    }
  }

  /** P(next | the two classes before); 0 is the edge: before the word's first letter, and as `next` its end. */
  probability(before: number, last: number, next: number): number {
    const size = this.#size
    let p = (this.#uni[next]! + 1) / (this.#letters + size)
    const kinds = this.#distinct.bi[last]!
    if (kinds > 0) p = (this.#bi[last * size + next]! + kinds * p) / (this.#total.bi[last]! + kinds)
    if (!this.#triples) return p
    const pair = before * size + last
    const pairKinds = this.#distinct.tri[pair]!
    return pairKinds > 0 ? (this.#tri[pair * size + next]! + pairKinds * p) / (this.#total.tri[pair]! + pairKinds) : p
  }
}
