/** Frames may be late by this much before the plot's edge waits for them, ms. */
const GREATEST_LEAD_MS = 400

/**
 * The right edge of a live plot. Samples come in bursts, but the plot should move evenly: the edge runs with the clock
 * of the screen and is held between the last sample and a little ahead of it. When the stream stops, so does the edge.
 */
export class EdgeClock {
  #offset = Infinity

  /**
   * Stream time at the edge, ms, when the last sample `lastMs` came at `arrivedAt` and it is now `now` on the same
   * clock.
   */
  at(now: number, lastMs: number, arrivedAt: number): number {
    this.#offset = Math.min(this.#offset, arrivedAt - lastMs)
    const even = now - this.#offset
    if (even > lastMs + GREATEST_LEAD_MS) {
      this.#offset = now - lastMs - GREATEST_LEAD_MS
      return lastMs + GREATEST_LEAD_MS
    }
    return Math.max(even, lastMs)
  }
}
