import { describe, expect, test } from 'vitest'
import { gramianField, leastError, sinusoids } from '../../src/main/experiments/synthetic/signals.ts'

describe('the synthetic data', () => {
  test('can be told apart by who knows the sinusoids, the worse the more noise there is', () => {
    const errors = [0, 1.5, 2, 6].map((noise) => leastError(sinusoids(30, noise, 7)))
    expect(errors[0]).toBe(0)
    expect(errors[1]).toBeLessThan(0.05)
    expect(errors[3]).toBeGreaterThan(0.5)
    expect(errors).toEqual(errors.toSorted((a, b) => a - b))
  })

  test('a Gramian angular field holds the cosine of the sum of two angles in each pixel', () => {
    const series = Float32Array.of(-1, 0, 0.5, 1)
    const { pixels } = gramianField(series)
    const angles = [...series].map((value) => Math.acos(value))
    const expected = angles.flatMap((a) => angles.map((b) => 127.5 * (1 - Math.cos(a + b))))
    expect([...pixels].every((grey, at) => Math.abs(grey - expected[at]!) < 0.51)).toBe(true)
  })
})
