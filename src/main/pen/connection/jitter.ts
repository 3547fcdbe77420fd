import { deviation } from '../../statistics/mean.ts'
import type { FrameBlock } from '../../../shared/signal.ts'

/** Steps that the figure rests on: some seconds at usual rates. */
const STEPS = 500
const FEWEST = 20

/**
 * How evenly a device takes its frames, by its own clock, over the latest frames. Arrival is no measure: it comes in
 * bursts.
 */
export class JitterMeter {
  readonly #steps = new Float64Array(STEPS)
  #count = 0
  #lastMicros = NaN

  add({ count, deviceMicros, lostBefore }: Pick<FrameBlock, 'count' | 'deviceMicros' | 'lostBefore'>): void {
    for (let i = 0; i < count; i++) {
      const step = (deviceMicros[i]! - this.#lastMicros) / 1000
      this.#lastMicros = deviceMicros[i]!
      // Lost frames and a clock that jumped back say nothing about evenness.
      if (step > 0 && lostBefore[i] === 0) this.#steps[this.#count++ % STEPS] = step
    }
  }

  /** Standard deviation of the time from frame to frame, ms; null where there is no clock, or too little yet. */
  milliseconds(): number | null {
    if (this.#count < FEWEST) return null
    return deviation(this.#steps.subarray(0, Math.min(this.#count, STEPS)))
  }
}
