import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resample } from '../../src/main/pen/resample.ts'
import type { Gap, Signal } from '../../src/shared/signal.ts'

function signalOf(rateHz: number, values: readonly number[], options: { gaps?: Gap[]; deviceMicros?: number[] } = {}): Signal {
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
  return Array.from({ length: Math.round(seconds * rateHz) }, (_, index) => Math.sin((2 * Math.PI * hertz * index) / rateHz))
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
    const rms = (signal: Signal) => Math.sqrt(signal.values.slice(20, -20).reduce((sum, value) => sum + value * value, 0) / (signal.frames - 40))
    expect(rms(high)).toBeLessThan(0.02)
    expect(rms(low)).toBeCloseTo(Math.SQRT1_2, 2)
  })

  it('keeps a constant constant, at any rate', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 60 }), (from, to, frames) => {
        const out = resample(signalOf(from, new Array<number>(frames).fill(3)), to)
        expect(out.frames).toBeGreaterThan(0)
        for (const value of out.values) expect(value).toBeCloseTo(3, 5)
      }),
    )
  })

  it('gives nothing for nothing', () => {
    expect(resample(signalOf(100, []), 50).frames).toBe(0)
  })

  it('refuses a rate that is none', () => {
    expect(() => resample(signalOf(100, [1]), 0)).toThrow(/0 Hz/)
  })
})
