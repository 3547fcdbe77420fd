import { median } from '../statistics/quantile.ts'

/**
 * How the clock of a file runs: what came from a counter that wraps, from batches with one time, or from a recording
 * that began anew. All times are in µs; nothing here knows a format.
 */

/** What counters wrap at: 16, 24 and 32 bits, in µs, ms or s. */
const WRAPS = [1, 1e3, 1e6].flatMap((unit) => [2 ** 16, 2 ** 24, 2 ** 32].map((count) => count * unit))

/** A jump ahead of this many µs is no pause in a recording: what comes behind it is another one. */
export const PAUSE_MOST = 600e6

/** Whether most steps are about the usual one, so that a longer one tells of missing frames. */
const STEADY_SHARE = 0.8
const STEADY = { least: 0.5, most: 1.5 }

/**
 * Times of a counter that wrapped, as if it had not; `wraps` says how often it did. What else runs back is left as it
 * is.
 */
export function unwrapped(times: Float64Array, step: number): { times: Float64Array; wraps: number } {
  let [added, wraps] = [0, 0]
  const straight = times.slice()
  for (let i = 1; i < times.length; i++) {
    const back = times[i - 1]! - times[i]!
    // By the step that was due, at most a few frames off; a wrap of 16 bits in µs is shorter than many pauses.
    const wrap =
      back > 0
        ? WRAPS.find((each) => Math.abs(each - back - step) < Math.max(2 * step, 1) && each > 20 * step)
        : undefined
    if (wrap !== undefined) {
      added += wrap
      wraps++
    }
    straight[i] = times[i]! + added
  }
  return { times: straight, wraps }
}

/** Stretches `[first, behind the last]` between which the clock runs back or jumps further ahead than any pause. */
export function stretchesOf(times: Float64Array, pauseMost = PAUSE_MOST): [number, number][] {
  const cuts = [0]
  for (let i = 1; i < times.length; i++)
    if (times[i]! < times[i - 1]! || times[i]! - times[i - 1]! > pauseMost) cuts.push(i)
  return cuts.map((first, at) => [first, cuts[at + 1] ?? times.length])
}

/** Whether many frames share their time with the one before: whole batches were stamped when they arrived. */
export function inBatches(times: Float64Array): boolean {
  let equal = 0
  for (let i = 1; i < times.length; i++) if (times[i] === times[i - 1]) equal++
  return equal > times.length / 10
}

/**
 * Times of batches that were stamped as a whole, spread evenly up to their stamp by the middle pace of all batches.
 * Null where there are too few batches to tell a pace.
 */
export function spread(times: Float64Array): Float64Array | null {
  const starts = [0]
  for (let i = 1; i < times.length; i++) if (times[i] !== times[i - 1]) starts.push(i)
  if (starts.length < 4) return null
  const endOf = (batch: number): number => starts[batch + 1] ?? times.length
  const paces = starts
    .slice(1)
    .map((start, before) => (times[start]! - times[starts[before]!]!) / (endOf(before + 1) - start))
  const pace = median(paces, 'above')
  const even = times.slice()
  for (const [batch, start] of starts.entries()) {
    const size = endOf(batch) - start
    const room = batch === 0 ? size * pace : Math.min(size * pace, times[start]! - times[starts[batch - 1]!]!)
    for (let at = 0; at < size; at++) even[start + at] = times[start]! - ((size - 1 - at) * room) / size
  }
  return even
}

/** Whether the steps are even enough for a longer one to be a gap. */
export function isSteady(times: Float64Array, step: number): boolean {
  let even = 0
  for (let i = 1; i < times.length; i++) {
    const each = times[i]! - times[i - 1]!
    if (each >= STEADY.least * step && each <= STEADY.most * step) even++
  }
  return even >= STEADY_SHARE * (times.length - 1)
}
