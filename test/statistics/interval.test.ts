import { describe, expect, test } from 'vitest'
import { estimate, pairedDifference, studentQuantile } from '../../src/main/statistics/interval.ts'

describe('statistics of an experiment', () => {
  test("quantiles of Student's t are those of the tables", () => {
    const table: [number, number][] = [
      [1, 12.706],
      [2, 4.303],
      [3, 3.182],
      [4, 2.776],
      [9, 2.262],
      [24, 2.064],
      [100, 1.984],
    ]
    for (const [freedom, value] of table) expect(studentQuantile(0.975, freedom)).toBeCloseTo(value, 3)
  })

  test('a mean comes with its 95 % interval', () => {
    const { mean, low, high, count } = estimate([4, 6, 5])
    expect([mean, count]).toEqual([5, 3])
    expect(high - mean).toBeCloseTo(4.303 / Math.sqrt(3), 3)
    expect(mean - low).toBeCloseTo(4.303 / Math.sqrt(3), 3)
  })

  test('differences are taken pair by pair, so that what pairs share cancels out', () => {
    const { mean, low, high } = pairedDifference([
      { before: 10, after: 9 },
      { before: 50, after: 49 },
      { before: 90, after: 89 },
    ])
    expect([mean, low, high]).toEqual([-1, -1, -1])
  })

  test('one pair has no interval', () => {
    const { mean, low } = pairedDifference([{ before: 1, after: 3 }])
    expect(mean).toBe(2)
    expect(low).toBeNaN()
  })
})
