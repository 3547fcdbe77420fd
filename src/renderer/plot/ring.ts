import type { Channel } from '../../shared/signal.ts'
import type { FrameSource } from './decimate.ts'

const FIRST_CAPACITY = 2048

/**
 * The last `keepMs` milliseconds of a stream: frames go in at one end and fall out at the other.
 * Grows to what the stream's rate needs, then stays as it is.
 */
export class FrameRing implements FrameSource {
  readonly channels: readonly Channel[]
  readonly #keepMs: number
  #times: Float64Array
  #values: Float32Array
  #start = 0
  length = 0
  /** When the last frames arrived, on the clock of `performance.now()`. */
  arrivedAt = 0

  constructor(channels: readonly Channel[], keepMs: number) {
    this.channels = channels
    this.#keepMs = keepMs
    this.#times = new Float64Array(FIRST_CAPACITY)
    this.#values = new Float32Array(FIRST_CAPACITY * channels.length)
  }

  /** Whether frames of these channels from this time on continue what is here. */
  fits(channels: readonly Channel[], timeMs: number): boolean {
    const same =
      channels.length === this.channels.length &&
      channels.every((channel, i) => channel.name === this.channels[i]?.name)
    return same && (this.length === 0 || timeMs >= this.lastMs)
  }

  /** Takes frames: `timesMs` is `[count]`, `values` is `[count, channels]`, row by row. */
  push(timesMs: readonly number[], values: readonly number[], arrivedAt: number): void {
    const width = this.channels.length
    for (let i = 0; i < timesMs.length; i++) {
      if (this.length === this.#times.length) this.#grow()
      const slot = (this.#start + this.length) % this.#times.length
      this.#times[slot] = timesMs[i]!
      for (let c = 0; c < width; c++) this.#values[slot * width + c] = values[i * width + c]!
      this.length++
    }
    const oldest = this.lastMs - this.#keepMs
    while (this.length > 0 && this.#times[this.#start]! < oldest) {
      this.#start = (this.#start + 1) % this.#times.length
      this.length--
    }
    this.arrivedAt = arrivedAt
  }

  get lastMs(): number {
    return this.length === 0 ? 0 : this.timeAt(this.length - 1)
  }

  timeAt(frame: number): number {
    return this.#times[(this.#start + frame) % this.#times.length]!
  }

  valueAt(frame: number, channel: number): number {
    return this.#values[((this.#start + frame) % this.#times.length) * this.channels.length + channel]!
  }

  #grow(): void {
    const [capacity, width] = [this.#times.length, this.channels.length]
    const times = new Float64Array(capacity * 2)
    const values = new Float32Array(capacity * 2 * width)
    for (let frame = 0; frame < this.length; frame++) {
      times[frame] = this.timeAt(frame)
      for (let c = 0; c < width; c++) values[frame * width + c] = this.valueAt(frame, c)
    }
    this.#times = times
    this.#values = values
    this.#start = 0
  }
}
