import type { Channel } from '../../../shared/signal.ts'
import { triads } from '../../ml/data/triads.ts'
import { accelerometerOf } from '../../ml/data/pose.ts'

/** Samples at an even rate, `[frames, channels]`. */
export interface Samples {
  values: Float32Array
  channels: readonly Channel[]
  rateHz: number
}

type Vector = [number, number, number]

/** What follows gravity over time: slower than this is posture, faster is writing. */
const POSTURE_HZ = 0.3
/** How long the gyroscope is believed before the accelerometer corrects it, in s. */
const FUSED_S = 2
const RADIANS = Math.PI / 180

/**
 * Gravity of each frame by a low pass of first order over the accelerometer, there and back so that nothing is delayed,
 * begun at the mean.
 */
export function slowGravity({ values, channels, rateHz }: Samples): Vector[] {
  const felt = accelerations(values, channels)
  const share = 1 - Math.exp((-2 * Math.PI * POSTURE_HZ) / rateHz)
  const pass = (course: readonly Vector[]): Vector[] => {
    let now = meanOf(felt)
    return course.map((next) => (now = now.map((value, axis) => value + share * (next[axis]! - value)) as Vector))
  }
  return pass(pass(felt).toReversed()).toReversed()
}

/**
 * Gravity of each frame by the gyroscope, drawn towards the accelerometer: Mahony's filter for the direction of gravity
 * alone, without its integral (Mahony, Hamel and Pflimlin, 2008). It runs from the mean to the end and back, so that
 * where it began is forgotten. Null without a gyroscope of three axes.
 */
export function fusedGravity({ values, channels, rateHz }: Samples): Vector[] | null {
  const gyroscope = triads(channels.map(({ name }) => name)).find(([x]) => channels[x]!.unit === 'deg/s')
  if (!gyroscope) return null
  const felt = accelerations(values, channels)
  const rates = felt.map(
    (_, frame) => gyroscope.map((axis) => (values[frame * channels.length + axis]! * RADIANS) / rateHz) as Vector,
  )
  const there = followed(meanOf(felt), felt, rates, 1 / (FUSED_S * rateHz))
  const backwards = rates.toReversed().map((rate) => rate.map((value) => 0 - value) as Vector)
  return followed(there.at(-1)!, felt.toReversed(), backwards, 1 / (FUSED_S * rateHz)).toReversed()
}

/** What stands still in the world turns the other way in the pen: its change is itself times the rate. */
function followed(from: Vector, felt: readonly Vector[], rates: readonly Vector[], share: number): Vector[] {
  let now = from
  return felt.map((next, frame) => {
    const [x, y, z] = now
    const [p, q, r] = rates[frame]!
    const turned: Vector = [x + (y * r - z * q), y + (z * p - x * r), z + (x * q - y * p)]
    return (now = turned.map((value, axis) => value + share * (next[axis]! - value)) as Vector)
  })
}

/** All sensors of three axes turned about z, frame by frame, until gravity as it was then has no part in y. */
export function turnedAlong({ values, channels }: Samples, gravity: readonly Vector[]): Float32Array {
  const sensors = triads(channels.map(({ name }) => name))
  const turned = values.slice()
  gravity.forEach(([x, y], frame) => {
    const across = Math.hypot(x, y) || 1
    const row = frame * channels.length
    for (const [i, j] of sensors) {
      const [a, b] = [values[row + i]!, values[row + j]!]
      turned[row + i] = (x * a + y * b) / across
      turned[row + j] = (x * b - y * a) / across
    }
  })
  return turned
}

/** The front accelerometer, frame by frame. Recordings without one do not come here. */
export function accelerations(values: Float32Array, channels: readonly Channel[]): Vector[] {
  const axes = accelerometerOf(channels)!
  return Array.from(
    { length: values.length / channels.length },
    (_, frame) => axes.map((axis) => values[frame * channels.length + axis]!) as Vector,
  )
}

export function meanOf(course: readonly Vector[]): Vector {
  const sum = course.reduce<Vector>(([x, y, z], [a, b, c]) => [x + a, y + b, z + c], [0, 0, 0])
  return sum.map((value) => value / course.length) as Vector
}
