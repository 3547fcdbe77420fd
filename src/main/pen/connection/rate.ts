const WINDOW_MS = 3000

/** Frames per second of host time, over the last three seconds. */
export class RateMeter {
  readonly #arrivals: { at: number; frames: number }[] = []

  add(frames: number, hostMillis: number): void {
    const latest = this.#arrivals.at(-1)
    if (latest && hostMillis - latest.at < 50) latest.frames += frames
    else this.#arrivals.push({ at: hostMillis, frames })
    while (this.#arrivals.length > 2 && hostMillis - this.#arrivals[0]!.at > WINDOW_MS) this.#arrivals.shift()
  }

  /** Null until half a second has been measured, and when nothing has come for the length of the window. */
  rateHz(now: number): number | null {
    const [first, latest] = [this.#arrivals[0], this.#arrivals.at(-1)]
    if (!first || !latest || latest.at - first.at < 500 || now - latest.at > WINDOW_MS) return null
    const frames = this.#arrivals.reduce((sum, arrival) => sum + arrival.frames, 0) - latest.frames
    return (frames / (latest.at - first.at)) * 1000
  }

  restart(): void {
    this.#arrivals.length = 0
  }
}
