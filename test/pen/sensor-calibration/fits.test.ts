import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corrected, uncorrected } from '../../../src/main/pen/sensor-calibration/apply.ts'
import {
  fitEllipsoid,
  fitPoses,
  fitRest,
  length,
  minus,
  times,
  type Vector,
} from '../../../src/main/pen/sensor-calibration/fits.ts'
import { BUILT_IN_PROFILES } from '../../../src/main/pen/profiles/built-in.ts'
import type { Signal } from '../../../src/shared/signal.ts'

const SIDES: Vector[] = [
  [1, 0, 0],
  [-1, 0, 0],
  [0, 1, 0],
  [0, -1, 0],
  [0, 0, 1],
  [0, 0, -1],
]

/** Directions spread evenly over a sphere (a golden spiral). */
function sphere(count: number): Vector[] {
  return Array.from({ length: count }, (_, i) => {
    const z = 1 - (2 * i + 1) / count
    const angle = i * Math.PI * (3 - Math.sqrt(5))
    const r = Math.sqrt(1 - z * z)
    return [r * Math.cos(angle), r * Math.sin(angle), z]
  })
}

const within = (most: number) => fc.double({ min: -most, max: most, noNaN: true })
const vector = (most: number) => fc.tuple(within(most), within(most), within(most))

describe('rest', () => {
  it('tells the bias of the gyroscope', () => {
    const rates = Array.from({ length: 300 }, (_, i): Vector => [
      1.5 + Math.sin(i) * 0.1,
      -0.7,
      0.2 + Math.cos(i) * 0.1,
    ])
    const { bias, before, after } = fitRest(rates)
    expect(bias[0]).toBeCloseTo(1.5, 2)
    expect(bias[1]).toBeCloseTo(-0.7, 6)
    expect(before).toBeGreaterThan(1.6)
    expect(after).toBeLessThan(0.11)
  })
})

describe('six poses', () => {
  it('give back any bias and scale that an accelerometer was given', () => {
    fc.assert(
      fc.property(vector(0.2), vector(0.15), (bias, error) => {
        const poses = SIDES.map(
          (side) => side.map((value, i) => value / (1 + error[i]!) + bias[i]!) as unknown as Vector,
        )
        const found = fitPoses(poses)
        found.bias.forEach((value, i) => expect(value).toBeCloseTo(bias[i]!, 9))
        found.scale.forEach((value, i) => expect(value).toBeCloseTo(1 + error[i]!, 9))
        expect(found.after).toBeLessThan(1e-9)
      }),
    )
  })

  it('leave of crooked and noisy ones what the noise is', () => {
    const tilted = SIDES.map(([x, y, z]): Vector => [x * 0.97 + y * 0.2 + 0.05, y * 0.96 - x * 0.2, z * 1.03 - 0.04])
    const found = fitPoses([...tilted, [0.57 + 0.05, 0.57, 0.59 - 0.04]])
    expect(found.after).toBeLessThan(found.before)
  })

  it.each([
    ['too few', SIDES.slice(0, 5)],
    ['all the same', Array<Vector>(6).fill([0, 0, 1])],
    [
      'all on one side',
      sphere(40)
        .filter(([, , z]) => z > 0.98)
        .concat(Array<Vector>(6).fill([0, 0, 1])),
    ],
  ])('are refused where they are %s', (_, poses) => {
    expect(() => fitPoses(poses)).toThrow(
      expect.objectContaining({ code: 'invalid-input', hint: expect.stringContaining('six different sides') }),
    )
  })
})

describe('turning the magnetometer', () => {
  it('gives back any hard and soft iron', () => {
    fc.assert(
      fc.property(
        vector(80),
        fc.tuple(within(0.2), within(0.2), within(0.2)),
        vector(0.1),
        (hard, [a, b, c], [d, e, f]) => {
          const iron = [1 + a, d, e, d, 1 + b, f, e, f, 1 + c]
          const values = sphere(400).map(
            (direction) =>
              times(iron, direction.map((value) => value * 48) as unknown as Vector).map(
                (value, i) => value + hard[i]!,
              ) as unknown as Vector,
          )
          const { bias, matrix, radius, after } = fitEllipsoid(values)
          bias.forEach((value, i) => expect(value).toBeCloseTo(hard[i]!, 4))
          for (const value of values) expect(length(times(matrix, minus(value, bias)))).toBeCloseTo(radius, 4)
          expect(after).toBeLessThan(1e-4)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('stands noise, and says what is left', () => {
    const values = sphere(800).map(
      (direction, i) =>
        direction.map(
          (value, axis) => value * 48 * (axis === 0 ? 1.2 : 1) + 30 + Math.sin(i * 12.9 + axis) * 0.5,
        ) as unknown as Vector,
    )
    const { bias, before, after } = fitEllipsoid(values)
    for (const value of bias) expect(value).toBeCloseTo(30, 0)
    expect(before).toBeGreaterThan(10)
    expect(after).toBeLessThan(0.6)
  })

  it.each([
    [
      'it was turned about one axis alone',
      Array.from({ length: 400 }, (_, i): Vector => [48 * Math.cos(i), 48 * Math.sin(i), 10]),
    ],
    ['it was not turned', Array<Vector>(400).fill([20, 10, 40])],
    ['there is hardly anything', sphere(20)],
  ])('is refused where %s', (_, values) => {
    expect(() => fitEllipsoid(values)).toThrow(expect.objectContaining({ code: 'invalid-input' }))
  })
})

describe('a corrected profile', () => {
  it('keeps what the device sent: counts come back whole', () => {
    const wt901 = BUILT_IN_PROFILES.find(({ id }) => id === 'wt901')!
    const note = { at: 0, pen: null, residuals: [] }
    const profile = corrected(
      wt901,
      [
        { sensor: 'acc1', bias: [0.02, -0.03, 0.01], scale: [1.02, 0.98, 1.01] },
        { sensor: 'gyro', bias: [1, -2, 0.5], matrix: [1.1, 0.02, 0, 0.02, 0.95, 0.01, 0, 0.01, 1] },
      ],
      note,
    )
    const channels = profile.channels.map(({ name, unit }) => ({ name, unit }))
    const counts = Float32Array.from({ length: 6 * 200 }, (_, i) => Math.round(Math.sin(i * 7.7) * 32_767))
    const values = new Float32Array(counts.length)
    for (let frame = 0; frame < 200; frame++) {
      const si = profile.channels.map(({ bias, scale }, c) => Math.fround((counts[frame * 6 + c]! - bias) * scale))
      const [x, y, z] = times(profile.mixing![0]!.matrix, si.slice(3) as unknown as Vector)
      values.set([...si.slice(0, 3), x, y, z], frame * 6)
    }
    const signal: Signal = {
      channels,
      rateHz: 10,
      frames: 200,
      values,
      deviceMicros: new Float64Array(200),
      hostMillis: new Float64Array(200),
      gaps: [],
    }
    expect(uncorrected(signal, profile).map((value) => Math.round(value) + 0)).toEqual(counts)
  })
})
