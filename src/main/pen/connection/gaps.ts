import { median } from '../../statistics/quantile.ts'

/** Intervals kept to know the period; an odd number has a middle. */
const REMEMBERED = 31
/** Intervals needed before a longer one is called a gap. */
const NEEDED = 5
/** A frame this share of a period from where it was due has a time that the next one is measured with. */
const ODD = 0.3

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
  /** How many were counted before the last frame. */
  #lost = 0
  /** How far the last frame was from where it was due, where that was odd. */
  #off = 0

  /** The usual time (µs) from frame to frame; NaN until it is known. */
  get period(): number {
    return this.#period
  }

  /**
   * Frames missing before the one at `deviceMicros`; less than none where it shows that too many were counted before
   * the last one, whose time was off.
   */
  lostBefore(deviceMicros: number): number {
    const interval = deviceMicros - this.#last
    this.#last = deviceMicros
    const off = this.#off
    this.#off = 0
    if (!(interval > 0)) return 0
    if (this.#intervals.length < NEEDED) {
      this.#learn(interval)
      return 0
    }
    const lost = Math.max(-this.#lost, Math.round((interval + off) / this.#period) - 1)
    const left = interval + off - (lost + 1) * this.#period
    if (Math.abs(left) > ODD * this.#period) this.#off = left
    this.#lost = Math.max(0, lost)
    if (lost === 0 && off === 0) this.#learn(interval)
    return lost
  }

  /**
   * The last frame's time was out of line and should have been this: returns how many frames were missed wrongly before
   * it.
   */
  correct(deviceMicros: number): number {
    const wrongly = this.#lost
    this.#last = deviceMicros
    this.#lost = 0
    this.#off = 0
    return wrongly
  }

  #learn(interval: number): void {
    if (this.#intervals.length < REMEMBERED) this.#intervals.push(interval)
    else this.#intervals[this.#next] = interval
    this.#next = (this.#next + 1) % REMEMBERED
    const settled = this.#intervals.length === REMEMBERED
    if (settled && this.#next % 8 !== 0) return
    this.#period = median(this.#intervals, 'above')
  }
}
