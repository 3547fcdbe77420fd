import type { Activity } from './types.ts'

/** Differences are taken over steps of this length, in each of which the frames are averaged. */
const STEP_MS = 10
/**
 * The fifth difference lets through what changes from step to step (all of it at 50 Hz, a fourteenth at
 * 20 Hz, a hundredth at 13 Hz), and next to nothing of gravity, bias, a pen that turns in the hand, or tremor.
 */
const DIFFERENCE = [1, -5, 10, -10, 5, -1] as const
/** Length of the difference for white noise of deviation 1, so that levels are in the channels' own unit. */
const GAIN = Math.sqrt(DIFFERENCE.reduce((sum, factor) => sum + factor * factor, 0))
/** The stroke of a moment in which the nib stands still must not end. */
const WINDOW_MS = 50

/**
 * How much the pen shakes: the root mean square, over the latest 50 ms, of the fast part of the channels at `axes`. A
 * nib on paper sticks and slips, and fingers that form letters jerk the pen harder than a hand that carries or holds
 * it. What is told of a frame happened some 45 ms before it. Silent for the first 60 ms.
 */
export function createVibration(axes: readonly number[], rateHz: number): Activity {
  const period = 1000 / rateHz
  const step = Math.max(1, Math.round(STEP_MS / period))
  const means = axes.map(() => new Latest((DIFFERENCE.length - 1) * step + 1))
  const frames = axes.map(() => new Latest(step))
  const energies = new Latest(Math.max(1, Math.round(WINDOW_MS / period)))
  return (values, offset) => {
    let energy = 0
    for (const [i, at] of axes.entries()) {
      frames[i]!.add(values[offset + at]!)
      means[i]!.add(frames[i]!.mean())
      const fast = DIFFERENCE.reduce((sum, factor, back) => sum + factor * means[i]!.back(back * step), 0) / GAIN
      energy += fast * fast
    }
    if (means[0]!.isFull) energies.add(energy)
    return Math.sqrt(energies.mean())
  }
}

/** The latest numbers of a stream, so many at most. */
class Latest {
  readonly #values: Float64Array
  #count = 0

  constructor(capacity: number) {
    this.#values = new Float64Array(capacity)
  }

  get isFull(): boolean {
    return this.#count >= this.#values.length
  }

  add(value: number): void {
    this.#values[this.#count++ % this.#values.length] = value
  }

  /** The number so many before the latest; 0 where there is none. */
  back(steps: number): number {
    return this.#count > steps ? this.#values[(this.#count - 1 - steps) % this.#values.length]! : 0
  }

  /** Summed anew each time: one number that is none must not stay in a running sum for ever. */
  mean(): number {
    const count = Math.min(this.#count, this.#values.length)
    let sum = 0
    for (let i = 0; i < count; i++) sum += this.#values[i]!
    return count === 0 ? 0 : sum / count
  }
}
