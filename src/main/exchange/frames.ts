import type { Channel, Gap, Signal } from '../../shared/signal.ts'

/** A recording this long in rows would not fit into memory: 11 hours at 100 Hz. */
export const FRAMES_MAX = 4_000_000
/** Nor would one with more values, however they are spread over rows and channels. */
const VALUES_MAX = 64_000_000

/** The rows of one recording as they come, as a signal in the end. */
export class Frames {
  readonly #width: number
  #values: Float32Array
  #deviceMicros: Float64Array
  #hostMillis: Float64Array
  #gaps: Gap[] = []
  count = 0
  /** Why this is no recording; the first fault counts. */
  fault: string | null = null

  constructor(width: number) {
    this.#width = width
    this.#values = new Float32Array(256 * width)
    this.#deviceMicros = new Float64Array(256)
    this.#hostMillis = new Float64Array(256)
  }

  refuse(reason: string): void {
    this.fault ??= reason
  }

  add(
    values: readonly number[],
    { deviceMicros, hostMillis, lost }: { deviceMicros: number; hostMillis: number; lost: number },
  ): void {
    if (this.fault !== null) return
    if (this.count >= FRAMES_MAX || this.count * this.#width >= VALUES_MAX)
      return this.refuse(`has more than ${Math.min(FRAMES_MAX, Math.floor(VALUES_MAX / this.#width))} rows`)
    if (this.count === this.#deviceMicros.length) this.#grow()
    this.#values.set(values, this.count * this.#width)
    this.#deviceMicros[this.count] = deviceMicros
    this.#hostMillis[this.count] = hostMillis
    if (lost > 0) this.#gaps.push({ at: this.count, lost })
    this.count++
  }

  signal(channels: readonly Channel[], rateHz: number): Signal {
    return {
      channels,
      rateHz,
      frames: this.count,
      values: this.#values.slice(0, this.count * this.#width),
      deviceMicros: this.times(),
      hostMillis: this.#hostMillis.slice(0, this.count),
      gaps: this.#gaps,
    }
  }

  times(): Float64Array {
    return this.#deviceMicros.slice(0, this.count)
  }

  #grow(): void {
    const [values, device, host] = [this.#values, this.#deviceMicros, this.#hostMillis]
    this.#values = new Float32Array(values.length * 2)
    this.#values.set(values)
    this.#deviceMicros = new Float64Array(device.length * 2)
    this.#deviceMicros.set(device)
    this.#hostMillis = new Float64Array(host.length * 2)
    this.#hostMillis.set(host)
  }
}
