/** A place of the browser that outlives a reload. */
export type KeyValueStorage = Pick<Storage, 'getItem' | 'setItem'>

/** Something that a window remembers over a reload, and no longer than it is open. */
export class TabStorage {
  readonly #name: string
  readonly #keeper: KeyValueStorage | null

  constructor(name: string, keeper: KeyValueStorage | null = ofTheTab()) {
    this.#name = `kalamos ${name}`
    this.#keeper = keeper
  }

  /**
   * What was kept, whatever it is: an earlier version of the page may have kept something else. Undefined where there
   * is nothing.
   */
  read(): unknown {
    try {
      const text = this.#keeper?.getItem(this.#name) ?? null
      return text === null ? undefined : JSON.parse(text)
    } catch {
      return undefined
    }
  }

  /** Keeps a value that JSON can hold. A browser that is full, or keeps nothing, forgets it. */
  write(value: unknown): void {
    try {
      this.#keeper?.setItem(this.#name, JSON.stringify(value))
    } catch {
      // The page works without; there is nothing a person could do.
    }
  }
}

/** Some browsers refuse even to name it. */
function ofTheTab(): KeyValueStorage | null {
  try {
    return globalThis.sessionStorage ?? null
  } catch {
    return null
  }
}
