/**
 * What is drawn from a stream of random bits, whatever makes them. Three kinds of stream stay apart, since what was
 * stored or published rests on their very numbers: `named.ts` makes virtual corpora, `keyed.ts` trainings and
 * experiments, `text.ts` the prompts of a protocol. New code takes a named stream.
 */
export abstract class Random {
  #spare: number | null = null

  /** A whole 32-bit number, 0 to 4294967295. */
  abstract bits(): number

  /** Uniform in [0, 1) with 32 bits. */
  uniform(): number {
    return this.bits() / 4294967296
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform()
  }

  /** A whole number in [0, count). */
  below(count: number): number {
    return Math.floor(this.uniform() * count)
  }

  /** Standard normal (Box and Muller). */
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

  chance(probability: number): boolean {
    return this.uniform() < probability
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!
  }

  /** The items in a random order; the input stays as it is (Fisher-Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const order = [...items]
    for (let i = order.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const held = order[i]!
      order[i] = order[j]!
      order[j] = held
    }
    return order
  }
}
