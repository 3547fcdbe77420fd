/**
 * A rigid pen: from its motion to what perfect sensors in its frame would read.
 *
 * Frames: the world has x along the line of writing, y up the page and z up from the paper. The pen has z along its
 * axis from the tip to the rear. The rotation from pen to world is Rz(azimuth) Ry(90 deg - altitude) Rz(roll).
 */
import { cos, degrees, sin } from '../signal/arithmetic.ts'
import type { Motion } from './motion.ts'
import { STEP } from './plan.ts'

/** Standard gravity in mm/s^2. */
export const GRAVITY = 9806.65

/**
 * State of the pen at one instant: mm, s, rad. `rotation` is row by row, from pen to world; rates are in the pen's
 * frame.
 */
export interface PenState {
  position: Float64Array
  velocity: Float64Array
  acceleration: Float64Array
  rotation: Float64Array
  rate: Float64Array
  rateChange: Float64Array
}

export function penState(): PenState {
  const [vector, matrix] = [() => new Float64Array(3), new Float64Array(9)]
  return {
    position: vector(),
    velocity: vector(),
    acceleration: vector(),
    rotation: matrix,
    rate: vector(),
    rateChange: vector(),
  }
}

/** Value and first two time derivatives of a spline at `at` grid steps. */
const value = new Float64Array(3)

function evaluate(points: Float64Array, at: number): Float64Array {
  const last = points.length - 1
  const i = at >= last ? last : at <= 0 ? 0 : Math.floor(at)
  const u = at - i
  if (u === 0) {
    const [a, b, c] = [points[i > 0 ? i - 1 : 0]!, points[i]!, points[i < last ? i + 1 : last]!]
    value[0] = (a + 4 * b + c) / 6
    value[1] = (c - a) / (2 * STEP)
    value[2] = (a - 2 * b + c) / (STEP * STEP)
    return value
  }
  const v = 1 - u
  const [a, b, c, d] = [
    points[i > 0 ? i - 1 : 0]!,
    points[i]!,
    points[i < last ? i + 1 : last]!,
    points[i + 2 < last ? i + 2 : last]!,
  ]
  value[0] =
    (v * v * v * a + (3 * u * u * u - 6 * u * u + 4) * b + (3 * v * v * v - 6 * v * v + 4) * c + u * u * u * d) / 6
  value[1] = (-v * v * a + (3 * u * u - 4 * u) * b - (3 * v * v - 4 * v) * c + u * u * d) / (2 * STEP)
  value[2] = (v * a + (3 * u - 2) * b + (3 * v - 2) * c + u * d) / (STEP * STEP)
  return value
}

/** The state at `at` grid steps (any real number within the motion), written into `state`. */
export function stateAt(motion: Motion, at: number, state: PenState): PenState {
  const { position, velocity, acceleration, rotation, rate, rateChange } = state
  place(evaluate(motion.x, at), 0)
  place(evaluate(motion.y, at), 1)
  place(evaluate(motion.z, at), 2)
  function place(spline: Float64Array, axis: number): void {
    position[axis] = spline[0]!
    velocity[axis] = spline[1]!
    acceleration[axis] = spline[2]!
  }
  const azimuth = evaluate(motion.azimuth, at)
  const [ca, sa, da, dda] = [cos(azimuth[0]!), sin(azimuth[0]!), azimuth[1]!, azimuth[2]!]
  const altitude = evaluate(motion.altitude, at)
  // The tilt from the vertical is 90 degrees minus the altitude.
  const [ct, st, dt, ddt] = [sin(altitude[0]!), cos(altitude[0]!), -altitude[1]!, -altitude[2]!]
  const roll = evaluate(motion.roll, at)
  const [cr, sr, dr, ddr] = [cos(roll[0]!), sin(roll[0]!), roll[1]!, roll[2]!]

  rotation[0] = ca * ct * cr - sa * sr
  rotation[1] = -ca * ct * sr - sa * cr
  rotation[2] = ca * st
  rotation[3] = sa * ct * cr + ca * sr
  rotation[4] = -sa * ct * sr + ca * cr
  rotation[5] = sa * st
  rotation[6] = -st * cr
  rotation[7] = st * sr
  rotation[8] = ct
  // Rates of the angles seen from the pen, and their derivatives by the product rule.
  rate[0] = -da * st * cr + dt * sr
  rate[1] = da * st * sr + dt * cr
  rate[2] = da * ct + dr
  const spin = dda * st + da * dt * ct
  rateChange[0] = -spin * cr + da * st * sr * dr + ddt * sr + dt * dr * cr
  rateChange[1] = spin * sr + da * st * cr * dr + ddt * cr - dt * dr * sr
  rateChange[2] = dda * ct - da * dt * st + ddr
  return state
}

/**
 * Specific force in g at a place of the pen (mm from the tip, pen's frame), written to `out[at..at+2]`:
 * f = R^T (a_tip + g) + w' x r + w x (w x r), over standard gravity.
 */
export function specificForce(
  state: PenState,
  place: { x: number; y: number; z: number },
  out: Float64Array,
  at: number,
): void {
  const { acceleration, rotation, rate, rateChange } = state
  const [ax, ay, az] = [acceleration[0]!, acceleration[1]!, acceleration[2]! + GRAVITY]
  const [wx, wy, wz] = [rate[0]!, rate[1]!, rate[2]!]
  const [ex, ey, ez] = [rateChange[0]!, rateChange[1]!, rateChange[2]!]
  const { x, y, z } = place
  const turn = wx * x + wy * y + wz * z
  const square = wx * wx + wy * wy + wz * wz
  out[at] =
    (rotation[0]! * ax + rotation[3]! * ay + rotation[6]! * az + ey * z - ez * y + wx * turn - x * square) / GRAVITY
  out[at + 1] =
    (rotation[1]! * ax + rotation[4]! * ay + rotation[7]! * az + ez * x - ex * z + wy * turn - y * square) / GRAVITY
  out[at + 2] =
    (rotation[2]! * ax + rotation[5]! * ay + rotation[8]! * az + ex * y - ey * x + wz * turn - z * square) / GRAVITY
}

/** Body rate in deg/s. */
export function bodyRate(state: PenState, out: Float64Array, at: number): void {
  for (let axis = 0; axis < 3; axis++) out[at + axis] = degrees(state.rate[axis]!)
}

/** A world vector seen from the pen. */
export function inPenFrame(
  state: PenState,
  vector: readonly [number, number, number],
  out: Float64Array,
  at: number,
): void {
  const { rotation } = state
  const [x, y, z] = vector
  for (let axis = 0; axis < 3; axis++)
    out[at + axis] = rotation[axis]! * x + rotation[3 + axis]! * y + rotation[6 + axis]! * z
}
