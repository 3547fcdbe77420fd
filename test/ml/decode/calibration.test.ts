import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  calibratedConfidence,
  expectedCalibrationError,
  fitConfidenceCalibration,
  reliability,
  type Judged,
} from '../../../src/main/ml/decode/confidence-calibration.ts'

/** Words of an overconfident reader: it claims `confidence`, and is right only `confidence²` of the time. */
function overconfident(count: number): Judged[] {
  return Array.from({ length: count }, (_, i) => {
    const confidence = (i + 0.5) / count
    // Low-discrepancy draws stand for chance, so that the test is the same every time.
    return { confidence, right: (i * 0.6180339887) % 1 < confidence ** 2 }
  })
}

describe('calibration', () => {
  it('takes an overconfident reader back to what it is worth', () => {
    const words = overconfident(2000)
    const map = fitConfidenceCalibration(words.filter((_, i) => i % 2 === 0))
    const others = words.filter((_, i) => i % 2 === 1)
    const mended = others.map((word) => ({ ...word, confidence: calibratedConfidence(map, word.confidence) }))
    expect(expectedCalibrationError(others)).toBeGreaterThan(0.1)
    expect(expectedCalibrationError(mended)).toBeLessThan(0.04)
  })

  it('never falls where the decoder grows surer, and never claims certainty', () => {
    const judged = fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() })
    fc.assert(
      fc.property(fc.array(judged, { minLength: 1, maxLength: 60 }), (words) => {
        const map = fitConfidenceCalibration(words)
        const shares = Array.from({ length: 101 }, (_, i) => calibratedConfidence(map, i / 100))
        for (const [i, value] of shares.entries()) {
          expect(value).toBeGreaterThan(0)
          expect(value).toBeLessThan(1)
          if (i > 0) expect(value).toBeGreaterThanOrEqual(shares[i - 1]! - 1e-12)
        }
      }),
    )
  })

  it('counts every word in one bin of the reliability diagram', () => {
    const bins = reliability([
      { confidence: 1, right: true },
      { confidence: 0, right: false },
      { confidence: 0.55, right: true },
    ])
    expect(bins.map((bin) => bin.words)).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 0, 1])
  })

  it('refuses to calibrate on nothing', () => {
    expect(() => fitConfidenceCalibration([])).toThrow(RangeError)
  })
})
