/** So many are kept; the one that was not asked for the longest goes first. */
const KEPT = 32

/** What queries made, kept as long as nothing is written. `version` tells one state of the database from another; null where nothing may be kept. */
export class Remembered {
  readonly #version: () => string | null
  readonly #kept = new Map<string, unknown>()
  #of: string | null = null

  constructor(version: () => string | null) {
    this.#version = version
  }

  has(key: string): boolean {
    return this.#isCurrent() && this.#kept.has(key)
  }

  /** What `work` made when it was asked for with this key before, or makes now. */
  get<T>(key: string, work: () => T): T {
    if (!this.#isCurrent()) return work()
    const value = this.#kept.has(key) ? (this.#kept.get(key) as T) : work()
    // What is asked for goes to the end.
    this.#kept.delete(key)
    this.#kept.set(key, value)
    if (this.#kept.size > KEPT) for (const oldest of this.#kept.keys()) {
      this.#kept.delete(oldest)
      break
    }
    return value
  }

  #isCurrent(): boolean {
    const version = this.#version()
    if (version === null) return false
    if (version !== this.#of) this.#kept.clear()
    this.#of = version
    return true
  }
}
