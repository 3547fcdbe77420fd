import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corrected, uncorrected, type Correction } from '../../../src/main/pen/sensor-calibration/apply.ts'
import { toFrames } from '../../../src/main/pen/connection/assemble.ts'
import { calibrate } from '../../../src/main/pen/profile.ts'
import { BUILT_IN_PROFILES } from '../../../src/main/pen/profiles/built-in.ts'
import type { DeviceProfile } from '../../../src/shared/api/devices.ts'

const WIDTH = 6
const COUNTING = BUILT_IN_PROFILES.find(({ id }) => id === 'wt901')!
/** Half the distance between two neighbours of float32, as a share of a number. */
const ROUNDING = 2 ** -24

const within = (most: number) => fc.double({ min: -most, max: most, noNaN: true })
const axes = (most: number) => fc.tuple(within(most), within(most), within(most))

/**
 * Corrections of an accelerometer by bias and scale, and of a gyroscope that also mix its axes, each by less than a
 * third.
 */
const corrections = fc
  .record({
    acc: axes(8),
    accScale: axes(0.15),
    gyro: axes(1000),
    gyroScale: axes(0.15),
    mixed: fc.array(within(0.1), { minLength: 9, maxLength: 9 }),
  })
  .map(({ acc, accScale, gyro, gyroScale, mixed }): Correction[] => [
    { sensor: 'acc1', bias: acc, scale: accScale.map((error) => 1 + error) },
    {
      sensor: 'gyro',
      bias: gyro,
      scale: gyroScale.map((error) => 1 + error),
      matrix: mixed.map((error, at) => (at % 4 === 0 ? 1 : 0) + error),
    },
  ])

/** What the store is given of frames that a device sent, and what is told from it again. */
function thereAndBack(sent: Float32Array, profile: DeviceProfile): Float32Array {
  const count = sent.length / WIDTH
  const raw = {
    columns: profile.channels,
    count,
    values: sent,
    deviceMicros: new Float64Array(count),
    lostBefore: new Uint32Array(count),
  }
  const { channels, values } = toFrames(raw, calibrate(profile, profile.channels, false), 0)
  return uncorrected(
    {
      channels,
      rateHz: 100,
      frames: count,
      values,
      deviceMicros: raw.deviceMicros,
      hostMillis: new Float64Array(count),
      gaps: [],
    },
    profile,
  )
}

const profiles = fc
  .tuple(corrections, fc.constantFrom('x', '-x', 'y', '-y', 'z', '-z'))
  .map(([each, longAxis]) => ({ ...corrected(COUNTING, each, { at: 0, pen: null, residuals: [] }), longAxis }))

describe('what a pen sent, told from what is stored', () => {
  it('is every whole count of up to a million, exactly, whatever a calibration corrected', () => {
    const million = 2 ** 20
    const counts = fc.oneof(
      fc.integer({ min: -million, max: million }),
      fc.constantFrom(-million, -32_768, -1, 0, 1, 32_767, million),
    )
    fc.assert(
      fc.property(
        profiles,
        fc.array(fc.array(counts, { minLength: WIDTH, maxLength: WIDTH }), { minLength: 1, maxLength: 20 }),
        (profile, frames) => {
          const sent = Float32Array.from(frames.flat())
          expect(thereAndBack(sent, profile).map((value) => Math.round(value) + 0)).toEqual(sent)
        },
      ),
    )
  })

  it('is a fraction to the rounding of float32: twice for a bias and a scale, five times where axes are mixed', () => {
    const fractions = fc.float({ min: -40_000, max: 40_000, noNaN: true })
    // Next to zero float32 has fewer digits.
    const smallest = 1e-36
    let inexact = 0
    fc.assert(
      fc.property(profiles, fc.array(fractions, { minLength: WIDTH, maxLength: WIDTH }), (profile, frame) => {
        const sent = Float32Array.from(frame)
        const told = thereAndBack(sent, profile)
        const sizes = profile.channels.map(({ bias }, c) => Math.abs(sent[c]!) + Math.abs(bias))
        for (const c of sent.keys()) {
          const error = Math.abs(told[c]! - sent[c]!)
          expect(error).toBeLessThanOrEqual(
            smallest + (c < 3 ? 2 * ROUNDING * sizes[c]! : 5 * ROUNDING * Math.max(...sizes.slice(3))),
          )
          if (error > 0) inexact++
        }
      }),
    )
    // The bound is needed: fractions do not come back exactly.
    expect(inexact).toBeGreaterThan(0)
  })

  it('is exactly what came where the profile corrects nothing', () => {
    const plain: DeviceProfile = {
      ...COUNTING,
      channels: COUNTING.channels.map((channel) => ({ ...channel, scale: 1 })),
    }
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: WIDTH, maxLength: WIDTH }),
        (frame) => {
          const sent = Float32Array.from(frame, (value) => value + 0)
          expect(thereAndBack(sent, plain)).toEqual(sent)
        },
      ),
    )
  })
})
