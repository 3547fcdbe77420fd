/** The motion of the whole pen: the tip's course, and an altitude, azimuth and roll that follow it. */
import { clamp, cos, norm, radians, sin, smoothStep, wave } from '../signal/arithmetic.ts'
import { PER_FRAME, STEP } from './plan.ts'
import type { Course } from './plan.ts'
import { randomStream } from '../random/named.ts'
import type { NamedRandom } from '../random/named.ts'
import type { PenHold } from './hold.ts'

/**
 * Control points of a uniform cubic B-spline, one per grid step of {@link STEP} s: tip in mm (x along the line, y up
 * the page, z above the paper), angles in radians. Because all are one spline, position, velocity and acceleration
 * belong together exactly at every instant. `force` is the tip force in N at each step, `length` the number of steps.
 */
export interface Motion {
  length: number
  x: Float64Array
  y: Float64Array
  z: Float64Array
  altitude: Float64Array
  azimuth: Float64Array
  roll: Float64Array
  force: Float64Array
  down: Uint8Array
}

/** Time constant in s with which hand and arm follow the fingers along the line. */
const HAND = 0.3
/** Rise and fall of the tip force at touch-down and lift, in s. */
const ATTACK = 0.045
const RELEASE = 0.035
/** Passes of [1 2 1]/4: the tip follows up to some 25 Hz, the heavier pen and hand turn more slowly. */
const TIP_SMOOTHING = 22
const TURN_SMOOTHING = 8
const FORCE_SMOOTHING = 6

/**
 * Adds tremor, pose and force to a course. `clock` is the time in s since the writer's session began, so that slow
 * drifts go on from one word to the next.
 */
export function motionOf(writer: PenHold, course: Course, random: NamedRandom, clock = 0): Motion {
  const { length } = course
  const motion: Motion = {
    length,
    x: smoothed(course.x, TIP_SMOOTHING),
    y: smoothed(course.y, TIP_SMOOTHING),
    z: smoothed(course.z, TIP_SMOOTHING),
    altitude: new Float64Array(length),
    azimuth: new Float64Array(length),
    roll: new Float64Array(length),
    force: new Float64Array(length),
    down: course.down,
  }
  tremble(motion, writer, clock)
  turn(motion, writer, clock)
  if (course.force === undefined) press(motion, writer, random)
  else
    motion.force = smoothed(
      course.force.map((share) => share * writer.force.mean),
      FORCE_SMOOTHING,
    ).map(whileDown(motion))
  return motion
}

function tremble(motion: Motion, { tremor, seed }: PenHold, clock: number): void {
  const random = randomStream('tremor', seed)
  const turns = 2 * Math.PI * tremor.hertz
  const sideways = wave(random.between(0, 6.28) + turns * clock, turns * STEP)
  const upwards = wave(random.between(0, 6.28) + 1.13 * turns * clock, 1.13 * turns * STEP)
  for (let i = 0; i < motion.length; i++) {
    motion.x[i]! += tremor.amplitude * sideways()
    motion.y[i]! += tremor.amplitude * upwards()
  }
}

/** Fingers move the tip about a pivot in the grip, which tilts and turns the pen; the hand follows more slowly. */
function turn(motion: Motion, { pose, pivot, seed }: PenHold, clock: number): void {
  const { length } = motion
  const [handX, handY] = [followed(motion.x), followed(motion.y)]
  const [tipX, tipY] = [smoothed(motion.x, TURN_SMOOTHING), smoothed(motion.y, TURN_SMOOTHING)]
  const [eastward, northward] = [cos(pose.azimuth), sin(pose.azimuth)]
  const [tilting, turning, rolling] = drifting(seed, pose, clock)
  for (let i = 0; i < length; i++) {
    const calm = smoothStep((i * STEP) / 0.15) * smoothStep(((length - 1 - i) * STEP) / 0.15)
    const [dx, dy] = [calm * (tipX[i]! - handX[i]!), calm * (tipY[i]! - handY[i]!)]
    const [along, across] = [dx * eastward + dy * northward, dy * eastward - dx * northward]
    motion.altitude[i] = pose.altitude + along / pivot.tilt + tilting()
    motion.azimuth[i] = pose.azimuth - across / (pivot.turn * cos(pose.altitude)) + turning()
    motion.roll[i] = pose.roll + pivot.roll * (dx + 0.5 * dy) + 1.5 * rolling()
  }
}

/** Slow drift of the three angles: two incommensurate waves of about 5 and 2 s each, the same for the whole session. */
function drifting(
  seed: number,
  { drift, turnDrift = drift }: PenHold['pose'],
  clock: number,
): [() => number, () => number, () => number] {
  const random = randomStream('drift', seed)
  const angle = (amount: number) => {
    const [slow, p, faster, q] = [
      2 * Math.PI * random.between(0.13, 0.25),
      random.between(0, 6.28),
      2 * Math.PI * random.between(0.4, 0.6),
      random.between(0, 6.28),
    ]
    const [first, second] = [wave(p + slow * clock, slow * STEP), wave(q + faster * clock, faster * STEP)]
    return () => amount * (first() + 0.3 * second())
  }
  return [angle(drift), angle(turnDrift), angle(drift)]
}

function press(motion: Motion, { force, seed }: PenHold, random: NamedRandom): void {
  const phase = randomStream('force', seed).between(0, 6.28) + random.between(0, 1)
  const level = force.mean * random.lognormal(1, 0.06)
  for (let from = 0; from < motion.length; from++) {
    if (motion.down[from] === 0) continue
    let to = from
    while (to < motion.length && motion.down[to] === 1) to++
    const contact = level * random.lognormal(1, force.level ?? 0.06)
    const wander = wave(phase + 7.5 * from * STEP, 7.5 * STEP)
    for (let i = from; i < to; i++) {
      const fall = i + 2 < motion.length && i > 2 ? (motion.y[i - 2]! - motion.y[i + 2]!) / (4 * STEP) : 0
      const heavier = 1 + force.downstroke * clamp(fall / 40, -1, 1.5) + force.wander * wander()
      motion.force[i] =
        contact *
        clamp(heavier, 0.25, 2) *
        smoothStep((0.4 * STEP + (i - from) * STEP) / ATTACK) *
        smoothStep(((to - i) * STEP) / RELEASE)
    }
    from = to
  }
  motion.force.set(smoothed(motion.force, FORCE_SMOOTHING).map(whileDown(motion)))
}

const whileDown =
  ({ down }: Motion) =>
  (newton: number, i: number) =>
    down[i] === 1 ? newton : 0

function smoothed(values: Float64Array, passes: number): Float64Array {
  let from = Float64Array.from(values)
  let to = new Float64Array(values.length)
  const last = values.length - 1
  for (let pass = 0; pass < passes; pass++) {
    for (let i = 1; i < last; i++) to[i] = 0.25 * (from[i - 1]! + from[i + 1]!) + 0.5 * from[i]!
    to[0] = from[0]!
    to[last] = from[last]!
    ;[from, to] = [to, from]
  }
  return from
}

/** The hand's place: an exponential follower run forwards and then backwards, so that it neither lags nor leads. */
function followed(values: Float64Array): Float64Array {
  const rate = STEP / HAND
  const out = Float64Array.from(values)
  for (let i = 1; i < out.length; i++) out[i] = out[i - 1]! + rate * (out[i]! - out[i - 1]!)
  for (let i = out.length - 2; i >= 0; i--) out[i] = out[i + 1]! + rate * (out[i]! - out[i + 1]!)
  return out
}

/** A motion that stands still in a given pose, for tests and for calibration: `seconds` long, angles in degrees. */
export function stillMotion(seconds: number, pose: { altitude: number; azimuth: number; roll: number }): Motion {
  const length = Math.round(seconds / STEP)
  const filled = (value: number) => new Float64Array(length).fill(value)
  return {
    length,
    x: filled(0),
    y: filled(0),
    z: filled(0),
    altitude: filled(radians(pose.altitude)),
    azimuth: filled(radians(pose.azimuth)),
    roll: filled(radians(pose.roll)),
    force: filled(0),
    down: new Uint8Array(length),
  }
}

/** Speed of the tip along the paper at a grid step, in mm/s. */
export function tipSpeed(motion: Motion, i: number): number {
  const [a, b] = [Math.max(0, i - 1), Math.min(motion.length - 1, i + 1)]
  return a === b ? 0 : norm(motion.x[b]! - motion.x[a]!, motion.y[b]! - motion.y[a]!) / ((b - a) * STEP)
}

/** Whole frames of a motion. */
export function framesOf(motion: Motion): number {
  return Math.floor(motion.length / PER_FRAME)
}
