import { expect, test } from 'vitest'
import { FONT_NAMES, TRAIT_NAMES, traitsOf, withTraits } from '../../src/main/simulator/traits.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'

const SEEDS = Array.from({ length: 200 }, (_, at) => at + 1)

test('a writer who is given the traits of another has them, and keeps what is no trait', () => {
  for (const seed of SEEDS) {
    const [one, other] = [drawWriter(seed), drawWriter(seed + 1000)]
    const given = withTraits(other, traitsOf(one), one.fonts)
    traitsOf(given).forEach((value, at) =>
      expect(value, `${TRAIT_NAMES[at]!} of writer ${seed}`).toBeCloseTo(traitsOf(one)[at]!, 6),
    )
    expect(given.fonts).toEqual(one.fonts)
    const { seed: own, name, retracing, tremor, field } = other
    expect(given).toMatchObject({ seed: own, name, retracing, tremor, field })
  }
})

test('writers of an unusual spread can be given on, too', () => {
  const clamped = SEEDS.map((seed) => drawWriter(seed, { spread: 1.25 })).filter((one) => {
    const given = traitsOf(withTraits(drawWriter(5), traitsOf(one), one.fonts))
    return given.some((value, at) => Math.abs(value - traitsOf(one)[at]!) > 1e-6)
  })
  expect(clamped.length).toBeLessThan(SEEDS.length / 20)
})

test('traits that nobody has become the nearest that somebody has', () => {
  const writer = drawWriter(3)
  for (const absurd of [-1e9, 1e9]) {
    const { xHeight, tempo, joining, pose } = withTraits(
      writer,
      TRAIT_NAMES.map(() => absurd),
      writer.fonts,
    )
    expect(xHeight).toBe(absurd < 0 ? 1.2 : 3.3)
    expect(tempo).toBe(absurd < 0 ? 0.03 : 0.11)
    expect(joining).toBe(absurd < 0 ? 0 : 1)
    expect(Number.isFinite(pose.azimuth)).toBe(true)
  }
})

test('giving traits leaves the writer who gets them as they were', () => {
  const writer = drawWriter(4)
  const before = structuredClone(writer)
  withTraits(writer, traitsOf(drawWriter(9)), { small: FONT_NAMES[0]!, capital: FONT_NAMES[1]!, other: FONT_NAMES[2]! })
  expect(writer).toEqual(before)
})
