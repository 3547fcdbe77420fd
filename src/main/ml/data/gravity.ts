import type { RollDoubt } from '../../../shared/api/training.ts'

export type Vector = readonly [number, number, number]

/** What an accelerometer says of gravity over a recording. */
export interface Gravity {
  /** Its mean, in g: points up, since what holds a pen at rest pushes against gravity. */
  mean: Vector
  /** How far y is turned out of the horizontal about the long axis, in radians; 0 where gravity tells nothing of it. */
  roll: number
  /** Why the roll that follows from it may be wrong; null where nothing speaks against it. */
  doubt: RollDoubt | null
}

/**
 * Below this the change of speed from the first to the last frame weighs too much: a tip that is 0.2 m/s faster at the
 * end (twice the fast hands of the tablet data) moves the mean of 0.3 s by 0.07 g.
 */
const SHORTEST_S = 0.3
/** How long the mean of a recording may be, in g: gains are off by a tenth, cheap boards by a fifth. */
const LENGTHS = [0.6, 1.4] as const
/**
 * The part across the long axis that gravity must have to tell a roll, as a share of all of it: 10 degrees off upright.
 */
const LEAST_ACROSS = 0.17
/**
 * What an accelerometer shows where there is nothing, in g: the zero-g offset of cheap chips. A roll from less is
 * noise.
 */
const OFFSET_G = 0.05
/** A tip that points up by more than 45 degrees. */
const TIP_UP = -0.7
/** The standard error of the roll from which on movement has hidden it, in radians. */
const MOST_ERROR = (20 * Math.PI) / 180
/** Stretches of a recording that are compared to find that error. */
const STRETCHES = 4

/**
 * The mean of an accelerometer, and whether it can be gravity. `values` is `[frames, width]`, `axes` are the columns of
 * x, y and z in g, z along the pen from its tip to its end.
 */
export function gravityOf(values: Float32Array, width: number, axes: Vector, rateHz: number): Gravity {
  const frames = values.length / width
  const [x, y, z] = sumsOf(values, width, axes, 0, frames)
  const mean: Vector = [x / frames, y / frames, z / frames]
  return {
    mean,
    roll: Math.hypot(x, y) < OFFSET_G * frames ? 0 : Math.atan2(y, x),
    doubt: doubtOf(values, width, axes, rateHz, mean),
  }
}

function doubtOf(
  values: Float32Array,
  width: number,
  axes: Vector,
  rateHz: number,
  [x, y, z]: Vector,
): RollDoubt | null {
  const frames = values.length / width
  if (frames / rateHz < SHORTEST_S || frames < STRETCHES) return 'short'
  const length = Math.hypot(x, y, z)
  if (!(length >= LENGTHS[0] && length <= LENGTHS[1])) return 'no gravity'
  if (z / length < TIP_UP) return 'upside down'
  const across = Math.hypot(x, y)
  if (across / length < LEAST_ACROSS) return 'upright'
  const sideways = Array.from({ length: STRETCHES }, (_, at) => {
    const [first, last] = [Math.floor((at * frames) / STRETCHES), Math.floor(((at + 1) * frames) / STRETCHES)]
    const [a, b] = sumsOf(values, width, axes, first, last)
    return (x * b - y * a) / (across * (last - first))
  })
  const variance = sideways.reduce((sum, value) => sum + value ** 2, 0) / (STRETCHES - 1)
  return Math.atan2(Math.sqrt(variance / STRETCHES), across) > MOST_ERROR ? 'fast' : null
}

function sumsOf(values: Float32Array, width: number, axes: Vector, from: number, to: number): Vector {
  let [x, y, z] = [0, 0, 0]
  for (let row = from * width; row < to * width; row += width) {
    x += values[row + axes[0]]!
    y += values[row + axes[1]]!
    z += values[row + axes[2]]!
  }
  return [x, y, z]
}
