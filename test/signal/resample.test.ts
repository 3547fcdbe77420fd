import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resample } from '../../src/main/signal/resample.ts'
import type { Gap, Signal } from '../../src/shared/signal.ts'

function signalOf(
  rateHz: number,
  values: readonly number[],
  options: { gaps?: Gap[]; deviceMicros?: number[] } = {},
): Signal {
  return {
    channels: [{ name: 'force', unit: 'N' }],
    rateHz,
    frames: values.length,
    values: Float32Array.from(values),
    deviceMicros: Float64Array.from(values, (_, index) => options.deviceMicros?.[index] ?? NaN),
    hostMillis: Float64Array.from(values, (_, index) => (index * 1000) / rateHz),
    gaps: options.gaps ?? [],
  }
}

function sine(hertz: number, rateHz: number, seconds: number): number[] {
  return Array.from({ length: Math.round(seconds * rateHz) }, (_, index) =>
    Math.sin((2 * Math.PI * hertz * index) / rateHz),
  )
}

describe('resampling', () => {
  it('leaves a signal without gaps as it is at its own rate', () => {
    const signal = signalOf(100, [1, 4, 2, 8])
    expect(resample(signal, 100)).toMatchObject({ values: signal.values, frames: 4, rateHz: 100 })
  })

  it('doubles the rate with the values in between', () => {
    expect(Array.from(resample(signalOf(50, [0, 2, 4]), 100).values)).toEqual([0, 1, 2, 3, 4])
  })

  it('fills a gap with a straight line', () => {
    const filled = resample(signalOf(100, [0, 1, 5, 6], { gaps: [{ at: 2, lost: 3 }] }), 100)
    expect(Array.from(filled.values)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(filled.gaps).toEqual([])
  })

  it('goes by device time where there is one, so a device that runs slow is stretched', () => {
    const slow = signalOf(100, [0, 1, 2], { deviceMicros: [0, 20_000, 40_000] })
    expect(Array.from(resample(slow, 100).values)).toEqual([0, 0.5, 1, 1.5, 2])
  })

  it('falls back to counting where device time jumps back', () => {
    const broken = signalOf(100, [0, 1, 2], { deviceMicros: [500, 10_500, 0] })
    expect(resample(broken, 100).frames).toBe(3)
  })

  it('does not fold what is above half the new rate down when it decimates', () => {
    const high = resample(signalOf(400, sine(90, 400, 2)), 100)
    const low = resample(signalOf(400, sine(10, 400, 2)), 100)
    const rms = (signal: Signal) =>
      Math.sqrt(signal.values.slice(20, -20).reduce((sum, value) => sum + value * value, 0) / (signal.frames - 40))
    expect(rms(high)).toBeLessThan(0.02)
    expect(rms(low)).toBeCloseTo(Math.SQRT1_2, 2)
  })

  it('keeps a constant constant, at any rate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 60 }),
        (from, to, frames) => {
          const out = resample(signalOf(from, new Array<number>(frames).fill(3)), to)
          expect(out.frames).toBeGreaterThan(0)
          for (const value of out.values) expect(value).toBeCloseTo(3, 5)
        },
      ),
    )
  })

  it('takes the time of a single frame that is out of line from its neighbours', () => {
    const steady = Array.from({ length: 200 }, (_, i) => 3_600_000_000 + i * 10_000)
    const values = steady.map((_, i) => i)
    const even = resample(signalOf(100, values, { deviceMicros: steady }), 100)
    for (const [at, garbled] of [
      [100, 93_600_000_000],
      [100, 0],
      [0, 93_600_000_000],
      [0, 0],
      [199, 93_600_000_000],
      [199, 0],
      [50, 3_600_510_000],
    ] as const) {
      const deviceMicros = steady.with(at, garbled)
      const gaps = [{ at, lost: 9_000_000 }]
      expect(
        Array.from(resample(signalOf(100, values, { deviceMicros, gaps }), 100).values),
        `frame ${at} at ${garbled}`,
      ).toEqual(Array.from(even.values))
    }
  })

  it('refuses a gap that nobody can fill, by the clock or by count', () => {
    const month = Array.from({ length: 60 }, (_, i) => i * 10_000 + (i < 30 ? 0 : 2.6e12))
    expect(() => resample(signalOf(100, month.map(Number), { deviceMicros: month }), 100)).toThrow(
      /gap of more than 10 s/,
    )
    expect(() => resample(signalOf(100, [1, 2, 3], { gaps: [{ at: 1, lost: 9_000_000 }] }), 100)).toThrow(
      /gap of more than 10 s/,
    )
  })

  it('never makes many times what was recorded, whatever clock and rate say', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e15, max: 1e15 }), { minLength: 1, maxLength: 50 }),
        fc.double({ min: 1e-3, max: 1e9 }),
        (deviceMicros, rateHz) => {
          try {
            expect(
              resample(
                signalOf(
                  rateHz,
                  deviceMicros.map(() => 1),
                  { deviceMicros },
                ),
                100,
              ).frames,
            ).toBeLessThan(60_000)
          } catch (error) {
            expect(error).toMatchObject({ code: 'invalid-input' })
          }
        },
      ),
    )
  })

  it('does not believe a rate beside times that say otherwise', () => {
    const deviceMicros = Array.from({ length: 200 }, (_, i) => i * 10_000)
    expect(
      resample(
        signalOf(
          100_000,
          deviceMicros.map(() => 3),
          { deviceMicros },
        ),
        100,
      ),
    ).toMatchObject({ frames: 200, rateHz: 100 })
  })

  it('gives nothing for nothing', () => {
    expect(resample(signalOf(100, []), 50).frames).toBe(0)
  })

  it('refuses a rate that is none', () => {
    expect(() => resample(signalOf(100, [1]), 0)).toThrow(/0 Hz/)
  })
})
