import type { Signal } from '../../shared/signal.ts'

/** What is longer (s) between two frames is no gap to be filled: nobody knows what the pen did meanwhile. */
export const LONGEST_GAP_S = 10

/**
 * Of so many frames one may have a time that is out of line; where more do, the clock as a whole is not to be trusted.
 */
const FRAMES_A_JUMP = 10
/** A single frame this many steps from all the others was not taken then: a gap has frames on both sides. */
const FAR_STEPS = 1000

/** Steps up to this many times the middle one are usual ones; beyond it something is missing. */
const USUAL_UP_TO = 2
/** So many steps tell what is usual, however long a recording is. */
const STEPS_MOST = 100_000

/**
 * The usual step between times, in their unit: the mean of those that run forward and are not much longer than the
 * middle one, so that pauses do not count and rounded times (2 ms, 3 ms, 2 ms) do no harm. NaN where there is none.
 */
export function usualStep(times: Float64Array): number {
  const steps = times.subarray(1, STEPS_MOST + 1).map((time, i) => time - times[i]!)
  const forward = steps.filter((step) => step > 0 && step < Infinity).sort()
  const most = USUAL_UP_TO * forward[(forward.length - 1) >> 1]!
  const usual = forward.filter((step) => step < most)
  return usual.length === 0 ? NaN : usual.reduce((sum, step) => sum + step, 0) / usual.length
}

/**
 * Times that run forward, with those of single frames that are out of line (a garbled digit, a missing time) taken from
 * their neighbours; `jumps` are these frames. Null where the clock runs back for good or jumps more often than now and
 * then. A jump that lasts is kept: it may be a gap.
 */
export function runningTimes(given: Float64Array): { times: Float64Array; jumps: number[] } | null {
  const last = given.length - 1
  const step = usualStep(given)
  if (!Number.isFinite(given[0]) || (last > 0 && Number.isNaN(step))) return null
  const times = given.slice()
  const jumps: number[] = []
  const mend = (at: number): void => {
    times[at] =
      at === 0 ? times[1]! - step : at === last ? times[at - 1]! + step : (times[at - 1]! + times[at + 1]!) / 2
    jumps.push(at)
  }
  const most = Math.max(1, Math.floor(given.length / FRAMES_A_JUMP))
  for (let i = 1; i <= last; i++) {
    if (times[i]! > times[i - 1]! && times[i]! < Infinity) continue
    const at = outOfLine(times, [i, i - 1], step)
    if (at === null || jumps.length === most) return null
    mend(at)
    if (!(times[i]! > times[i - 1]!)) return null
  }
  if (last > 1 && times[1]! - times[0]! > FAR_STEPS * step) mend(0)
  if (last > 1 && times[last]! - times[last - 1]! > FAR_STEPS * step) mend(last)
  return { times, jumps }
}

/** Which of the frames is to be left out for the others to run on evenly; null where that does not help. */
function outOfLine(times: Float64Array, candidates: readonly number[], step: number): number | null {
  let best: { at: number; cost: number } | null = null
  for (const at of candidates) {
    const atAnEnd = at === 0 || at === times.length - 1
    const span = atAnEnd ? NaN : times[at + 1]! - times[at - 1]!
    // At an end there is but one neighbour, and any time fits.
    const cost = atAnEnd ? step : span > 0 ? Math.abs(span - 2 * step) : Infinity
    if (cost < (best?.cost ?? Infinity)) best = { at, cost }
  }
  return best?.at ?? null
}

/**
 * Seconds from the first frame to each frame: by the device's own clock where it runs, single frames out of line
 * mended, else frames and gaps counted at the signal's rate.
 */
export function timesOf({ frames, deviceMicros, rateHz, gaps }: Signal): Float64Array {
  const running = runningTimes(deviceMicros.subarray(0, frames))
  if (running !== null) return running.times.map((micros) => (micros - running.times[0]!) / 1e6)
  const lostBefore = new Map(gaps.map((gap) => [gap.at, gap.lost]))
  let slot = 0
  return Float64Array.from({ length: frames }, (_, frame) => {
    if (frame > 0) slot += 1 + (lostBefore.get(frame) ?? 0)
    return slot / rateHz
  })
}
