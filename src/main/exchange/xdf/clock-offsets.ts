import { KalamosError } from '../../../shared/errors.ts'
import { mean } from '../../statistics/mean.ts'
import { median } from '../../statistics/quantile.ts'
import { stretchesOf } from '../clock-course.ts'
import { truncated } from './chunks.ts'

/**
 * A measurement of a recorder: at `time` on the clock of a stream's machine, `offset` more was on the recorder's. Both
 * in seconds.
 */
export interface ClockOffset {
  time: number
  offset: number
}

/**
 * Deviations from the line beyond this (s) count by their size and no longer by their square, as in pyxdf: the network
 * held up that packet.
 */
const OUTLIER_S = 1e-4

/** The line has settled where no offset of it moves more than this (s), far below the microsecond of our own times. */
const SETTLED_S = 1e-10
const ROUNDS_MAX = 2000

/** Steps beyond these (s) from one measurement to the next are no drift: the machine was started anew or exchanged. */
const RESTART = { offset: 1, time: 5 }

/** Reads the content of a ClockOffset chunk: [stream, u32] [time, f64] [offset, f64]. Throws `decode-failed`. */
export function decodeClockOffset(content: Uint8Array, file: string): { id: number; measured: ClockOffset } {
  if (content.length < 20) throw truncated(file, 0)
  const view = new DataView(content.buffer, content.byteOffset)
  const measured = { time: view.getFloat64(4, true), offset: view.getFloat64(12, true) }
  if (!Number.isFinite(measured.time) || !Number.isFinite(measured.offset)) {
    throw new KalamosError(
      'decode-failed',
      `${file} has a clock offset that is no number.`,
      'Copy the file again, or record it again.',
    )
  }
  return { id: view.getUint32(0, true), measured }
}

/**
 * What to add to a time of a stream (s) for the time on the recorder's clock: nothing without a measurement, the one
 * offset where there is one, else that of a line through all of them with the loss of Huber (1964), which late packets
 * hardly bend. pyxdf fits the same line.
 */
export function offsetsOf(measured: readonly ClockOffset[]): (seconds: number) => number {
  if (measured.length === 0) return () => 0
  const middle = mean(measured.map(({ time }) => time))
  const { level, slope } = robustLine(measured.map(({ time, offset }) => ({ x: time - middle, y: offset })))
  return (seconds) => level + slope * (seconds - middle)
}

/**
 * Times of a stream (s, in the order of the file) on the recorder's clock. Where the stream's clock began anew, each
 * stretch has the measurements of its own. Null where the times do not begin anew with the measurements, so that nobody
 * knows which of them belong together.
 */
export function alignedTimes(times: Float64Array, measured: readonly ClockOffset[]): Float64Array | null {
  const starts = restarts(measured)
  if (starts.length === 1) {
    const offsetAt = offsetsOf(measured)
    return times.map((time) => time + offsetAt(time))
  }
  const stretches = stretchesOf(times, Infinity)
  if (stretches.length !== starts.length) return null
  const aligned = times.slice()
  for (const [at, [first, end]] of stretches.entries()) {
    const offsetAt = offsetsOf(measured.slice(starts[at], starts[at + 1]))
    for (let i = first; i < end; i++) aligned[i] = times[i]! + offsetAt(times[i]!)
  }
  return aligned
}

/** Where the clock begins, and begins anew, among measurements in the order of the file. */
function restarts(measured: readonly ClockOffset[]): number[] {
  const steps = measured
    .slice(1)
    .map(({ time, offset }, at) => ({ time: time - measured[at]!.time, offset: offset - measured[at]!.offset }))
  const usual = median(
    steps.map(({ time }) => time),
    'above',
  )
  return [
    0,
    ...steps.flatMap(({ time, offset }, at) =>
      Math.abs(offset) > RESTART.offset && (time < 0 || time - usual > RESTART.time) ? [at + 1] : [],
    ),
  ]
}

interface Line {
  level: number
  slope: number
}

/** Least squares again and again, where points far from the last line weigh less. */
function robustLine(points: readonly { x: number; y: number }[]): Line {
  const reach = points.reduce((farthest, { x }) => Math.max(farthest, Math.abs(x)), 0)
  const weights = new Float64Array(points.length).fill(1)
  let line = weightedLine(points, weights)
  for (let round = 0; round < ROUNDS_MAX; round++) {
    points.forEach(
      ({ x, y }, at) => (weights[at] = OUTLIER_S / Math.max(OUTLIER_S, Math.abs(y - line.level - line.slope * x))),
    )
    const next = weightedLine(points, weights)
    const moved = Math.abs(next.level - line.level) + Math.abs(next.slope - line.slope) * reach
    line = next
    if (moved < SETTLED_S) break
  }
  return line
}

function weightedLine(points: readonly { x: number; y: number }[], weights: Float64Array): Line {
  let [sum, x0, y0] = [0, 0, 0]
  points.forEach(({ x, y }, at) => {
    sum += weights[at]!
    x0 += weights[at]! * x
    y0 += weights[at]! * y
  })
  x0 /= sum
  y0 /= sum
  let [spread, together] = [0, 0]
  points.forEach(({ x, y }, at) => {
    spread += weights[at]! * (x - x0) ** 2
    together += weights[at]! * (x - x0) * (y - y0)
  })
  const slope = spread > 0 ? together / spread : 0
  return { level: y0 - slope * x0, slope }
}
