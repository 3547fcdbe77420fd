/** From the motion of the pen to the counts of its converters, with every fault of a real pen or with none. */
import { cos, sin } from '../signal/arithmetic.ts'
import { framesOf, tipSpeed } from './motion.ts'
import type { Motion } from './motion.ts'
import { PER_FRAME } from './plan.ts'
import { CHANNELS, DIGIPEN_RANGES, FRONT, REAR, calibrationOf } from './profile.ts'
import type { SensorErrors, VirtualPenUnit } from './profile.ts'
import type { NamedRandom } from '../random/named.ts'
import { bodyRate, inPenFrame, penState, specificForce, stateAt } from './rigidbody.ts'
import type { PenState } from './rigidbody.ts'
import type { PenHold } from './hold.ts'

/**
 * Noise of one frame: accelerometers in g and gyroscope in deg/s (data sheet densities over 50 Hz), field in uT, force
 * in N.
 */
const NOISE = [6e-4, 6e-4, 6e-4, 1e-3, 1e-3, 1e-3, 0.04, 0.04, 0.04, 0.4, 0.4, 0.4, 0.004] as const
/**
 * Friction acts along the paper, so that it shakes the pen sideways and hardly up and down: shares of x, y and z in the
 * world, and what a shake of 1 g does to the rate (deg/s) and to the force (N).
 */
const SHAKE = [1, 1, 0.2] as const
const SHAKE_RATE = 24
const SHAKE_FORCE = 1.2
/** Touch-down knock along the pen in g per N, and how much of it is left one tap later. */
const KNOCK = 0.08
const KNOCK_KEPT = 0.4
/** Readings that a sensor averages within a frame: its bandwidth. */
const TAPS = 2

/** The earth's field at the writer's desk in uT, in the world frame. */
export function earthField({ field }: PenHold): readonly [number, number, number] {
  const level = field.strength * cos(field.inclination)
  return [level * sin(field.heading), level * cos(field.heading), -field.strength * sin(field.inclination)]
}

/**
 * What perfect sensors read at each frame: `[frames, 13]` in g, deg/s, uT and N. No noise, no filter, no quantisation.
 */
export function idealSignal(motion: Motion, writer: PenHold): Float64Array {
  const frames = framesOf(motion)
  const values = new Float64Array(frames * CHANNELS)
  const state = penState()
  const field = earthField(writer)
  for (let frame = 0; frame < frames; frame++) {
    const at = frame * CHANNELS
    stateAt(motion, frame * PER_FRAME, state)
    specificForce(state, FRONT, values, at)
    specificForce(state, REAR, values, at + 3)
    bodyRate(state, values, at + 6)
    inPenFrame(state, field, values, at + 9)
    values[at + 12] = motion.force[frame * PER_FRAME]!
  }
  return values
}

/**
 * What the writer's pen reports: `[frames, 13]` counts. Paper friction shakes the pen, the sensors average over the
 * frame (their bandwidth), add bias and noise, and clip and quantise in the ranges of the DigiPen.
 */
export function penCounts(motion: Motion, writer: PenHold, random: NamedRandom): Int16Array {
  const { pen } = writer
  const frames = framesOf(motion)
  const counts = new Int16Array(frames * CHANNELS)
  const sum = new Float64Array(CHANNELS)
  const now = new Float64Array(CHANNELS)
  const state = penState()
  const field = earthField(writer)
  const offset = [...pen.bias.acc1, ...pen.bias.acc2, ...pen.bias.gyro]
  let knock = 0
  for (let frame = 0; frame < frames; frame++) {
    sum.fill(0)
    for (let tap = 0; tap < TAPS; tap++) {
      const i = frame * PER_FRAME + (tap * PER_FRAME) / TAPS
      stateAt(motion, i, state)
      specificForce(state, FRONT, now, 0)
      specificForce(state, REAR, now, 3)
      bodyRate(state, now, 6)
      now[12] = motion.force[i]!
      if (motion.down[i] === 1 && i > 0 && motion.down[Math.max(0, i - PER_FRAME / TAPS)] === 0)
        knock = KNOCK * writer.force.mean
      knock *= KNOCK_KEPT
      shake(now, motion, i, state, pen, knock, random)
      for (let c = 0; c < 9; c++) sum[c]! += now[c]! / TAPS
      sum[12]! += now[12]! / TAPS
    }
    inPenFrame(state, field, now, 9)
    magnetise(now, sum, writer)
    for (let c = 0; c < CHANNELS; c++) {
      const bias = c < 9 ? offset[c]! : c < 12 ? pen.bias.hardIron[c - 9]! : pen.bias.force
      counts[frame * CHANNELS + c] = quantised(sum[c]! + bias + NOISE[c]! * random.noise(), c)
    }
  }
  return counts
}

/** Stick and slip of the nib on paper grows with speed and force, and is broadband far beyond the frame rate. */
function shake(
  now: Float64Array,
  motion: Motion,
  i: number,
  state: PenState,
  unit: VirtualPenUnit,
  knock: number,
  random: NamedRandom,
): void {
  const force = motion.force[i]!
  const speed = tipSpeed(motion, i) / 30
  const amount = force > 0 ? unit.friction * Math.sqrt(Math.sqrt(speed * speed * speed) * (force / 1.5)) : 0
  if (amount === 0 && knock < 1e-4) return
  const push: [number, number, number] = [
    amount * SHAKE[0] * random.noise(),
    amount * SHAKE[1] * random.noise(),
    (amount * SHAKE[2] + knock) * random.noise(),
  ]
  inPenFrame(state, push, pushed, 0)
  for (let axis = 0; axis < 3; axis++) {
    now[axis]! += pushed[axis]!
    now[3 + axis]! += pushed[axis]!
    now[6 + axis]! += amount * SHAKE_RATE * random.noise()
  }
  if (force > 0) now[12] = Math.max(0, force + amount * SHAKE_FORCE * random.noise())
}

const pushed = new Float64Array(3)

/** Soft iron bends and scales the field that the sensor sees. */
function magnetise(now: Float64Array, sum: Float64Array, { pen }: PenHold): void {
  const [x, y, z] = [now[9]!, now[10]!, now[11]!]
  const [xy, xz, yz] = pen.softIron
  sum[9] = pen.magScale[0] * x + xy * y + xz * z
  sum[10] = xy * x + pen.magScale[1] * y + yz * z
  sum[11] = xz * x + yz * y + pen.magScale[2] * z
}

function quantised(reading: number, channel: number): number {
  const { counts, full, low, high } = DIGIPEN_RANGES[channel]!
  const exact = Math.floor((reading * counts) / full + 0.5)
  return exact < low ? low : exact > high ? high : exact
}

/** Counts to g, deg/s, uT and N by the DigiPen's rule: si = ((raw - bias) / (counts / full)) / scale. */
export function correctedValues(counts: Int16Array, calibration: SensorErrors): Float32Array {
  const values = new Float32Array(counts.length)
  const bias = [0, 0, 0, 0, 0, 0, ...calibration.gyroBias, ...calibration.magBias, 0]
  const scale = [1, 1, 1, 1, 1, 1, 1, 1, 1, ...calibration.magScale, 1]
  for (let i = 0; i < counts.length; i++) {
    const c = i % CHANNELS
    const { counts: span, full } = DIGIPEN_RANGES[c]!
    values[i] = (counts[i]! - bias[c]!) / (span / full) / scale[c]!
  }
  return values
}

/** The calibration that belongs to the writer's pen. */
export function sensorErrors(writer: PenHold): SensorErrors {
  return calibrationOf(writer.pen)
}
