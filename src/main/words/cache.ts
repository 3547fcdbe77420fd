/** Keeps what was made last, up to a number of bytes; what was not asked for longest goes first. */
export class ByteCache<T extends { pixels: Uint8Array }> {
  readonly #kept = new Map<string, T>()
  readonly #limit: number
  #bytes = 0

  constructor(limitBytes: number) {
    this.#limit = limitBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  /** What is kept under a key, or what `make` gives, kept from now on. */
  get(key: string, make: () => T): T {
    const found = this.#kept.get(key)
    if (found) {
      this.#kept.delete(key)
      this.#kept.set(key, found)
      return found
    }
    const made = make()
    this.#kept.set(key, made)
    this.#bytes += made.pixels.length
    for (const [oldest, value] of this.#kept) {
      if (this.#bytes <= this.#limit || oldest === key) break
      this.#kept.delete(oldest)
      this.#bytes -= value.pixels.length
    }
    return made
  }
}
