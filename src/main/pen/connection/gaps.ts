/** Intervals kept to know the period; an odd number has a middle. */
const REMEMBERED = 31
/** Intervals needed before a longer one is called a gap. */
const NEEDED = 5

/**
 * Finds lost frames by device time, for devices without a counter.
 * The period is the median of the recent intervals, so a wrong nominal rate does no harm. The first five intervals
 * are taken as they come; a clock that steps back is a device that began anew, not a gap.
 */
export class TimeGaps {
  readonly #intervals: number[] = []
  #next = 0
  #period = NaN
  #last = NaN

  /** The usual time (µs) from frame to frame; NaN until it is known. */
  get period(): number {
    return this.#period
  }

  /** Frames missing before the one at `deviceMicros`. */
  lostBefore(deviceMicros: number): number {
    const interval = deviceMicros - this.#last
    this.#last = deviceMicros
    if (!(interval > 0)) return 0
    const lost = this.#intervals.length < NEEDED ? 0 : Math.max(0, Math.round(interval / this.#period) - 1)
    if (lost === 0) this.#learn(interval)
    return lost
  }

  #learn(interval: number): void {
    if (this.#intervals.length < REMEMBERED) this.#intervals.push(interval)
    else this.#intervals[this.#next] = interval
    this.#next = (this.#next + 1) % REMEMBERED
    const settled = this.#intervals.length === REMEMBERED
    if (settled && this.#next % 8 !== 0) return
    const sorted = [...this.#intervals].sort((a, b) => a - b)
    this.#period = sorted[sorted.length >> 1]!
  }
}
