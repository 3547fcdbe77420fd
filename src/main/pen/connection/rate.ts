const WINDOW_MS = 3000
/** What comes within this time is one arrival. */
const TOGETHER_MS = 50

/** Frames per second of host time, over the last three seconds. */
export class RateMeter {
  readonly #arrivals: { from: number; until: number; frames: number }[] = []

  add(frames: number, hostMillis: number): void {
    const latest = this.#arrivals.at(-1)
    if (latest && hostMillis - latest.from < TOGETHER_MS) {
      latest.frames += frames
      latest.until = hostMillis
    } else this.#arrivals.push({ from: hostMillis, until: hostMillis, frames })
    while (this.#arrivals.length > 2 && hostMillis - this.#arrivals[0]!.from > WINDOW_MS) this.#arrivals.shift()
  }

  /**
   * Null until half a second has been measured, and when nothing has come for the length of the window. The frames of
   * the first arrival were written before it: only those after it count, or what had piled up would be a higher rate.
   */
  rateHz(now: number): number | null {
    const [first, latest] = [this.#arrivals[0], this.#arrivals.at(-1)]
    if (!first || !latest || latest.until - first.until < 500 || now - latest.until > WINDOW_MS) return null
    const frames = this.#arrivals.reduce((sum, arrival) => sum + arrival.frames, 0) - first.frames
    return (frames / (latest.until - first.until)) * 1000
  }

  restart(): void {
    this.#arrivals.length = 0
  }
}
