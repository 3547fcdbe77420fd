import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { present, REWI_AUGMENTATIONS, USUAL_AUGMENTATIONS } from '../../src/main/ml/augment/augment.ts'
import { rotate } from '../../src/main/ml/augment/rotate.ts'
import { triads } from '../../src/main/ml/data/triads.ts'
import { tempo, warp } from '../../src/main/ml/augment/time.ts'
import { normalisationOf, normalise, zScore } from '../../src/main/ml/data/normalise.ts'
import { KeyedRandom } from '../../src/main/random/keyed.ts'

const NAMES = ['acc1_x', 'acc1_y', 'acc1_z', 'gyro_x', 'gyro_y', 'force']

function piece(frames: number, seed = 1): { values: Float32Array; names: string[] } {
  const random = new KeyedRandom(seed)
  return { names: NAMES, values: Float32Array.from({ length: frames * NAMES.length }, () => random.normal()) }
}

describe('the z-score', () => {
  it('gives every channel mean 0 and deviation 1 over the recording', () => {
    const values = Float32Array.of(1, 10, 2, 30, 3, 20)
    zScore(values, 2)
    const deviation = Math.sqrt(3 / 2)
    expect([...values].map((value) => Number(value.toFixed(5)))).toEqual(
      [-1, -1, 0, 1, 1, 0].map((value) => Number((value * deviation).toFixed(5))),
    )
  })

  it('makes a constant channel 0 instead of dividing by nothing', () => {
    const values = Float32Array.of(9.81, 1, 9.81, 2, 9.81, 4)
    zScore(values, 2)
    expect([values[0], values[2], values[4]]).toEqual([0, 0, 0])
    expect(values.every(Number.isFinite)).toBe(true)
  })
})

describe('the scale of a training set', () => {
  it('keeps what tells recordings apart, and gives the set as a whole mean 0 and deviation 1', () => {
    const pieces = [Float32Array.of(1, 5, 2, 5), Float32Array.of(3, 5, 4, 5)]
    const scale = normalisationOf(pieces, 2)
    for (const piece of pieces) normalise(piece, 2, scale)
    const first = pieces.flatMap((piece) => [piece[0]!, piece[2]!])
    expect(first.reduce((a, b) => a + b)).toBeCloseTo(0, 5)
    expect(first.reduce((sum, value) => sum + value ** 2, 0) / 4).toBeCloseTo(1, 5)
    expect(first).toEqual([...first].sort((a, b) => a - b))
    expect(pieces.flatMap((piece) => [piece[1], piece[3]])).toEqual([0, 0, 0, 0])
  })
})

describe('a rotation', () => {
  it('turns sensors that have three axes, keeps their length, and leaves the others alone', () => {
    const { values, names } = piece(50)
    const turned = rotate({ values, names }, new KeyedRandom(3))
    for (let row = 0; row < values.length; row += names.length) {
      const length = (v: Float32Array): number => Math.hypot(v[row]!, v[row + 1]!, v[row + 2]!)
      expect(length(turned)).toBeCloseTo(length(values), 5)
      expect([...turned.subarray(row + 3, row + 6)]).toEqual([...values.subarray(row + 3, row + 6)])
    }
    expect(turned).not.toEqual(values)
  })

  it('stays below 15 degrees in 19 of 20 cases', () => {
    const up = { values: Float32Array.of(0, 0, 1), names: ['acc1_x', 'acc1_y', 'acc1_z'] }
    const angles = Array.from(
      { length: 1000 },
      (_, seed) => (Math.acos(Math.min(1, rotate(up, new KeyedRandom(seed))[2]!)) * 180) / Math.PI,
    )
    expect(angles.filter((angle) => angle < 15).length).toBeGreaterThan(950)
    expect(Math.max(...angles)).toBeGreaterThan(8)
  })

  it('finds the three axes of a sensor wherever they stand', () => {
    expect(triads(['force', 'mag_z', 'mag_x', 'mag_y', 'gyro_x', 'gyro_y'])).toEqual([[2, 3, 1]])
  })
})

describe('tempo and time warp', () => {
  it('play 0.8 to 1.25 times as fast and keep the first and last frame', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(), (frames, seed) => {
        const { values, names } = piece(frames)
        const played = tempo({ values, names }, new KeyedRandom(seed))
        const speed = values.length / played.length
        expect(speed).toBeGreaterThan(0.8 * (1 - 1 / frames))
        expect(speed).toBeLessThan(1.25 * (1 + 1 / frames))
        expect(played.subarray(0, 6)).toEqual(values.subarray(0, 6))
        expect(played.subarray(-6)).toEqual(values.subarray(-6))
      }),
    )
  })

  it('warp keeps the length and the order of what happened', () => {
    const ramp = { values: Float32Array.from({ length: 100 }, (_, i) => i), names: ['force'] }
    const warped = warp(ramp, new KeyedRandom(5))
    expect(warped.length).toBe(100)
    expect([...warped].every((value, i) => i === 0 || value >= warped[i - 1]!)).toBe(true)
    expect(warped).not.toEqual(ramp.values)
  })
})

describe('a recording as a network sees it', () => {
  const every = [...USUAL_AUGMENTATIONS, ...REWI_AUGMENTATIONS]

  it('is finite, whole frames, and the same for the same draw, whatever the length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), fc.nat(), (frames, seed) => {
        const once = present(piece(frames), every, new KeyedRandom(seed), 1)
        expect(once.length % NAMES.length).toBe(0)
        expect(once.length).toBeGreaterThan(0)
        expect(once.every(Number.isFinite)).toBe(true)
        expect(present(piece(frames), every, new KeyedRandom(seed), 1)).toEqual(once)
      }),
    )
  })

  it('never becomes too short for its label', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 60 }), fc.nat(), (frames, seed) => {
        expect(present(piece(frames), ['tempo'], new KeyedRandom(seed), frames).length).toBeGreaterThanOrEqual(
          frames * NAMES.length,
        )
      }),
    )
  })

  it('leaves the recording itself as it was', () => {
    const { values, names } = piece(30)
    const before = values.slice()
    present({ values, names }, every, new KeyedRandom(1), 1)
    expect(values).toEqual(before)
  })
})
