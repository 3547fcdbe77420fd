import { describe, expect, it } from 'vitest'
import { motionOf, stillMotion } from '../../src/main/simulator/motion.ts'
import { CHANNELS, FRONT, REAR } from '../../src/main/simulator/profile.ts'
import { GRAVITY, penState, specificForce, stateAt } from '../../src/main/simulator/rigidbody.ts'
import { earthField, idealSignal, penCounts, correctedValues, sensorErrors } from '../../src/main/simulator/sensors.ts'
import { PER_FRAME, STEP } from '../../src/main/simulator/plan.ts'
import { randomStream } from '../../src/main/random/named.ts'
import { simulateWord } from '../../src/main/simulator/simulate.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'

const writer = drawWriter(3)
const length = (v: ArrayLike<number>, at: number) => Math.hypot(v[at]!, v[at + 1]!, v[at + 2]!)
const poses = [
  [54, -38, 0],
  [90, 0, 0],
  [20, 140, -75],
  [-30, 250, 200],
  [0, 0, 90],
].map(([altitude, azimuth, roll]) => ({ altitude: altitude!, azimuth: azimuth!, roll: roll! }))

describe('a pen at rest', () => {
  it.each(poses)(
    'reads 1 g on both accelerometers and the norm of the field, altitude $altitude azimuth $azimuth roll $roll',
    (pose) => {
      const ideal = idealSignal(stillMotion(0.1, pose), writer)
      expect(length(ideal, 0)).toBeCloseTo(1, 9)
      expect(length(ideal, 3)).toBeCloseTo(1, 9)
      expect(length(ideal, 9)).toBeCloseTo(Math.hypot(...earthField(writer)), 9)
      expect([...ideal.subarray(6, 9)]).toEqual([0, 0, 0].map((zero) => expect.closeTo(zero, 9) as number))
    },
  )
  it('feels the paper push upwards: an upright pen reads +1 g along its axis', () => {
    const ideal = idealSignal(stillMotion(0.1, { altitude: 90, azimuth: 0, roll: 0 }), writer)
    expect(ideal[2]).toBeCloseTo(1, 12)
  })
  it('reads nearly that through real sensors: bias and noise stay below 60 mg and, once calibrated, 5 uT', () => {
    const still = stillMotion(1, { altitude: 54, azimuth: -38, roll: 0 })
    const values = correctedValues(penCounts(still, writer, randomStream('test')), sensorErrors(writer))
    expect(length(values, 0)).toBeGreaterThan(0.94)
    expect(length(values, 0)).toBeLessThan(1.06)
    expect(Math.abs(length(values, 9) - writer.field.strength)).toBeLessThan(5)
  })
})

describe('a moving pen with perfect sensors', () => {
  const { motion, ideal } = simulateWord(writer, 'Straße', { truth: true }).truth!

  it('turns as its gyroscope says: integrating the rate returns the orientation to 1e-6', () => {
    const [substeps, state] = [8, penState()]
    let rotation = Float64Array.from(stateAt(motion, 0, state).rotation)
    for (let i = 0; i < (motion.length - 2) * substeps; i++)
      rotation = turned(rotation, (at) => stateAt(motion, at, state).rate, i / substeps, 1 / substeps)
    const end = stateAt(motion, motion.length - 2, state).rotation
    for (let k = 0; k < 9; k++) expect(Math.abs(rotation[k]! - end[k]!)).toBeLessThan(1e-6)
  })

  it('has accelerometers that differ by exactly the rigid-body terms a x r + w x (w x r)', () => {
    const state = penState()
    const [x, y, z] = [REAR.x - FRONT.x, REAR.y - FRONT.y, REAR.z - FRONT.z]
    for (let frame = 0; frame * PER_FRAME < motion.length - PER_FRAME; frame++) {
      const { rate: w, rateChange: a } = stateAt(motion, frame * PER_FRAME, state)
      const swirl = cross(w, [x, y, z])
      const [euler, centripetal] = [cross(a, [x, y, z]), cross(w, swirl)]
      for (let axis = 0; axis < 3; axis++) {
        const difference = ideal[frame * CHANNELS + 3 + axis]! - ideal[frame * CHANNELS + axis]!
        expect(Math.abs(difference - (euler[axis]! + centripetal[axis]!) / GRAVITY)).toBeLessThan(1e-9)
      }
    }
  })

  it('reads the second derivative of where its accelerometer goes, plus gravity, to 1e-6 g', () => {
    const h = 1 / 64
    const places = (at: number) => {
      const { position, rotation: r } = stateAt(motion, at, penState())
      return [0, 1, 2].map(
        (i) => position[i]! + r[3 * i]! * FRONT.x + r[3 * i + 1]! * FRONT.y + r[3 * i + 2]! * FRONT.z,
      )
    }
    const read = new Float64Array(3)
    for (let at = 10.5; at < motion.length - 8; at += 7) {
      const [before, now, after] = [places(at - h), places(at), places(at + h)]
      const world = [0, 1, 2].map(
        (i) => (after[i]! - 2 * now[i]! + before[i]!) / (h * STEP) ** 2 + (i === 2 ? GRAVITY : 0),
      )
      const state = stateAt(motion, at, penState())
      specificForce(state, FRONT, read, 0)
      const { rotation: r } = state
      for (let axis = 0; axis < 3; axis++) {
        const expected = (r[axis]! * world[0]! + r[3 + axis]! * world[1]! + r[6 + axis]! * world[2]!) / GRAVITY
        expect(Math.abs(read[axis]! - expected)).toBeLessThan(1e-6)
      }
    }
  })

  it('presses only on the paper: the force is zero in every flight', () => {
    for (let i = 0; i < motion.length; i++) if (motion.down[i] === 0) expect(motion.force[i]).toBe(0)
    expect(Math.max(...motion.force)).toBeGreaterThan(0.3)
  })

  it('measures the field in its own frame: turning it back gives the earth field', () => {
    const field = earthField(writer)
    const { rotation: r } = stateAt(motion, 40, penState())
    const at = 10 * CHANNELS + 9
    for (let i = 0; i < 3; i++)
      expect(r[3 * i]! * ideal[at]! + r[3 * i + 1]! * ideal[at + 1]! + r[3 * i + 2]! * ideal[at + 2]!).toBeCloseTo(
        field[i]!,
        9,
      )
  })
})

describe('the converters', () => {
  it('clip at the ends of their ranges instead of wrapping round', () => {
    const violent = stillMotion(0.5, { altitude: 54, azimuth: 0, roll: 0 })
    for (let i = 0; i < violent.length; i++) violent.x[i] = 40 * Math.sin(i / 4)
    const counts = penCounts(violent, writer, randomStream('test'))
    const acc1 = Array.from({ length: counts.length / CHANNELS }, (_, i) => counts[i * CHANNELS]!)
    expect(Math.max(...acc1.map(Math.abs))).toBeGreaterThanOrEqual(32767)
    expect(Math.max(...counts.filter((_, i) => i % CHANNELS === 3).map(Math.abs))).toBeLessThanOrEqual(8192)
  })
  it('give different noise for different takes of the same motion', () => {
    const still = motionOf(
      writer,
      {
        length: 400,
        x: new Float64Array(400),
        y: new Float64Array(400),
        z: new Float64Array(400),
        down: new Uint8Array(400),
      },
      randomStream('a'),
    )
    expect(penCounts(still, writer, randomStream('a'))).not.toEqual(penCounts(still, writer, randomStream('b')))
  })
})

function cross(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  return [a[1]! * b[2]! - a[2]! * b[1]!, a[2]! * b[0]! - a[0]! * b[2]!, a[0]! * b[1]! - a[1]! * b[0]!]
}

/** One Runge-Kutta step of R' = R [w]x over `share` of a grid step. */
function turned(
  rotation: Float64Array,
  rate: (at: number) => Float64Array,
  at: number,
  share: number,
): Float64Array<ArrayBuffer> {
  const change = (r: Float64Array, when: number) => {
    const [x, y, z] = rate(when)
    return Float64Array.from({ length: 9 }, (_, k) => {
      const [a, b, c] = r.subarray(3 * Math.floor(k / 3), 3 * Math.floor(k / 3) + 3)
      return [b! * z! - c! * y!, c! * x! - a! * z!, a! * y! - b! * x!][k % 3]!
    })
  }
  const h = share * STEP
  const moved = (k: Float64Array, by: number) => rotation.map((value, i) => value + by * k[i]!)
  const k1 = change(rotation, at)
  const k2 = change(moved(k1, h / 2), at + share / 2)
  const k3 = change(moved(k2, h / 2), at + share / 2)
  const k4 = change(moved(k3, h), at + share)
  return Float64Array.from(rotation, (value, i) => value + (h / 6) * (k1[i]! + 2 * k2[i]! + 2 * k3[i]! + k4[i]!))
}
