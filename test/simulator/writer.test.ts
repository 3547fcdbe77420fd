import { expect, test } from 'vitest'
import { drawWriter } from '../../src/main/simulator/writer.ts'

const SEEDS = Array.from({ length: 200 }, (_, at) => at + 1)

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

test('writers drawn with twice the spread stray twice as far in slant, pose and size, and are the same people otherwise', () => {
  const [usual, wide] = [1, 2].map((spread) =>
    SEEDS.map((seed) => drawWriter(seed, { handedness: 'right', spread })),
  ) as [ReturnType<typeof drawWriter>[], ReturnType<typeof drawWriter>[]]
  expect(deviation(wide.map(({ slant }) => slant)) / deviation(usual.map(({ slant }) => slant))).toBeCloseTo(2, 5)
  expect(
    deviation(wide.map(({ pose }) => pose.azimuth)) / deviation(usual.map(({ pose }) => pose.azimuth)),
  ).toBeCloseTo(2, 5)
  expect(
    deviation(wide.map(({ width }) => Math.log(width))) / deviation(usual.map(({ width }) => Math.log(width))),
  ).toBeCloseTo(2, 5)
  expect(wide.map(({ hand, fonts, pen }) => ({ hand, fonts, pen }))).toEqual(
    usual.map(({ hand, fonts, pen }) => ({ hand, fonts, pen })),
  )
})

test('a writer drawn without a spread is the usual one', () => {
  expect(drawWriter(7)).toEqual(drawWriter(7, { spread: 1 }))
})
