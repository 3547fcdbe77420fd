import type { Entry } from './entry.ts'

/** An entry that comes again within so long is counted and not written again. */
const WINDOW_MS = 10_000
/** So many different ones are written in that time; more are counted together. */
const MOST_ENTRIES = 500

/** Holds back what comes again and again, and says how often it came. */
export class Flood {
  readonly #write: (entry: Entry) => void
  readonly #seen = new Map<string, { entry: Entry; again: number }>()
  #leftOut = 0
  #timer: NodeJS.Timeout | undefined

  constructor(write: (entry: Entry) => void) {
    this.#write = write
  }

  take(entry: Entry): void {
    const key = [entry.level, entry.area, entry.message, entry.beside, ...entry.below].join('\n')
    const known = this.#seen.get(key)
    if (known) return void known.again++
    if (this.#seen.size >= MOST_ENTRIES) return void this.#leftOut++
    this.#seen.set(key, { entry, again: 0 })
    this.#timer ??= setTimeout(() => this.settle(), WINDOW_MS).unref()
    this.#write(entry)
  }

  /** Writes what was counted, and begins anew. */
  settle(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const { entry, again } of this.#seen.values()) {
      if (again > 0) this.#write({ ...entry, message: `repeated ${times(again)}: ${entry.message}`, below: [] })
    }
    if (this.#leftOut > 0)
      this.#write({
        level: 'warn',
        area: 'log',
        message: 'entries left out',
        beside: `count=${this.#leftOut}`,
        below: [],
      })
    this.#seen.clear()
    this.#leftOut = 0
  }
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count.toLocaleString('en')} times`
}
