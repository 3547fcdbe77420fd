import { describe, expect, test } from 'vitest'
import { estimate, percentileInterval } from '../../src/main/statistics/interval.ts'
import { deviation, mean } from '../../src/main/statistics/mean.ts'
import { median, medianDeviation, quantile } from '../../src/main/statistics/quantile.ts'

/** Miles per gallon of 32 cars: `mtcars$mpg` of R, for which its manual and many textbooks give the figures below. */
const MPG = [
  21, 21, 22.8, 21.4, 18.7, 18.1, 14.3, 24.4, 22.8, 19.2, 17.8, 16.4, 17.3, 15.2, 10.4, 10.4, 14.7, 32.4, 30.4, 33.9,
  21.5, 15.5, 15.2, 13.3, 19.2, 27.3, 26, 30.4, 15.8, 19.7, 15, 21.4,
]

describe('what values have in common', () => {
  test("quantiles are those of R's quantile()", () => {
    const found = [0, 0.25, 0.5, 0.75, 1].map((p) => quantile(MPG, p))
    for (const [at, value] of [10.4, 15.425, 19.2, 22.8, 33.9].entries()) expect(found[at]).toBeCloseTo(value, 10)
    expect([0, 0.25, 0.5, 0.75, 1].map((p) => quantile([4, 3, 2, 1], p))).toEqual([1, 1.75, 2.5, 3.25, 4])
  })

  test("the median of an even number of values is that of NumPy's percentile()", () => {
    expect(median([10, 7, 4, 3, 2, 1])).toBe(3.5)
  })

  test('a quantile can be one of the values: that at the nearest rank, or the first that more than the share do not exceed', () => {
    const values = [10, 20, 30, 40]
    expect([0, 0.4, 0.5, 0.95, 1].map((p) => quantile(values, p, 'nearest'))).toEqual([10, 20, 30, 40, 40])
    expect([0, 0.4, 0.5, 0.95, 1].map((p) => quantile(values, p, 'above'))).toEqual([10, 20, 30, 40, 40])
    expect(quantile(values, 0.3, 'nearest')).toBe(20)
    expect(quantile(values, 0.24, 'above')).toBe(10)
  })

  test("mean, deviation and median deviation are those of R's mean(), sd() and mad()", () => {
    expect(mean(MPG)).toBeCloseTo(20.09062, 5)
    expect(deviation(MPG) * Math.sqrt(32 / 31)).toBeCloseTo(6.026948, 6)
    expect(medianDeviation(MPG)).toBeCloseTo(5.41149, 5)
  })

  test("the interval of a mean is that of R's t.test()", () => {
    const { low, high } = estimate(MPG)
    expect(low).toBeCloseTo(17.91768, 4)
    expect(high).toBeCloseTo(22.26357, 4)
  })

  test('the percentile interval holds the middle 95 % of the resamples', () => {
    const { low, high } = percentileInterval(Array.from({ length: 1001 }, (_, at) => 1000 - at))
    expect([low, high]).toEqual([25, 975])
  })

  test('nothing has no quantile, and values stay in their order', () => {
    expect([quantile([], 0.5), quantile([], 0.5, 'above'), median([], 'nearest')]).toEqual([NaN, NaN, NaN])
    const values = [3, 1, 2]
    median(values)
    expect(values).toEqual([3, 1, 2])
  })
})
