/** The fastest arrival of each stretch of this length stands for it. */
const BIN_MICROS = 1_000_000
const MOST_BINS = 180
const FEWEST_BINS = 10
/** No clock of a pen is further off than this; what seems to be is a frame that came late. */
const MOST_DRIFT = 0.02
/** Delays differ so much, in µs, without anything having piled up. */
const USUAL_DELAY_MICROS = 20_000

/**
 * Drift of a device's clock against the host's.
 * A frame can arrive late but never early, so of each second of device time only the frame with the least delay
 * counts (lower envelope); a Theil-Sen line through those of the last three minutes is unmoved by bursts and stalls.
 */
export class ClockDrift {
  readonly #bins: { device: number; offset: number }[] = []
  #bin = NaN
  #last = NaN

  /**
   * Takes one frame's device time (µs) and arrival (ms since 1970). A clock that steps back starts the estimate anew.
   */
  add(deviceMicros: number, hostMillis: number): void {
    if (!Number.isFinite(deviceMicros)) return
    if (deviceMicros < this.#last) this.#bins.length = 0
    this.#last = deviceMicros
    const offset = hostMillis * 1000 - deviceMicros
    const bin = Math.floor(deviceMicros / BIN_MICROS)
    const current = this.#bins.at(-1)
    if (current && bin === this.#bin) {
      if (offset < current.offset) {
        current.offset = offset
        current.device = deviceMicros
      }
      return
    }
    this.#bin = bin
    this.#bins.push({ device: deviceMicros, offset })
    if (this.#bins.length > MOST_BINS) this.#bins.shift()
  }

  /**
   * How much faster the device's clock runs than the host's, in parts per million; null until ten seconds have been
   * seen.
   */
  ppm(): number | null {
    const whole = punctual(this.#bins.slice(0, -1))
    if (whole.length < FEWEST_BINS) return null
    const slopes: number[] = []
    const step = Math.max(1, Math.floor(whole.length / 60))
    for (let i = 0; i < whole.length; i += step) {
      for (let j = i + step; j < whole.length; j += step) {
        slopes.push((whole[j]!.offset - whole[i]!.offset) / (whole[j]!.device - whole[i]!.device))
      }
    }
    slopes.sort((a, b) => a - b)
    return -slopes[slopes.length >> 1]! * 1e6
  }
}

/**
 * Without stretches that came late as a whole, such as what had piled up while nobody read: later frames show how early
 * they could have come.
 */
function punctual<T extends { device: number; offset: number }>(bins: readonly T[]): T[] {
  let earliest = Infinity
  const kept: T[] = []
  for (const bin of bins.toReversed()) {
    const least = bin.offset + MOST_DRIFT * bin.device
    if (least <= earliest + USUAL_DELAY_MICROS) kept.push(bin)
    earliest = Math.min(earliest, least)
  }
  return kept.reverse()
}
