import { beforeAll, describe, expect, test } from 'vitest'
import {
  drawSyntheticWriters,
  syntheticTexts,
  syntheticWords,
} from '../../../src/main/training/fine-tuning/synthetic-writers.ts'
import { findStyleEstimator } from '../../../src/main/ml/style/file.ts'
import type { WordFeatures } from '../../../src/main/ml/style/features.ts'
import { styleValues, StyleFit } from '../../../src/main/ml/style/fit.ts'
import { styleOf, type StyleDistribution, type StyleEstimator } from '../../../src/main/ml/style/estimate.ts'
import { TRAIT_NAMES, traitsOf } from '../../../src/main/simulator/traits.ts'
import { virtualWords500 } from '../../../src/main/corpus/benchmark.ts'
import { simulateWord } from '../../../src/main/simulator/simulate.ts'
import { drawWriter, type VirtualWriter } from '../../../src/main/simulator/writer.ts'
import { base, signature, mostLikely, seen, told } from './writers.ts'

describe('the style estimator that ships', () => {
  let reader: StyleEstimator
  let unseen: Awaited<ReturnType<typeof seen>>
  beforeAll(async () => {
    reader = findStyleEstimator(base.card.weights.sha256)!
    unseen = await seen(960_000, 24, 15)
  })
  const hands = (count: number) =>
    unseen.map(({ writer, features }) => ({ writer, style: styleOf(reader, features.slice(0, count)) }))

  test('tells tempo, force, joining and direction of unseen writers nearly, and most of their fonts', () => {
    const pairs = hands(15)
    for (const trait of ['tempo', 'force', 'lift', 'joining', 'azimuth, cosine'])
      expect(told(trait, pairs), trait).toBeGreaterThan(0.85)
    expect(
      pairs.filter(({ writer, style }) => mostLikely(style.fonts[0]!) === writer.fonts.small).length,
    ).toBeGreaterThanOrEqual(18)
  })

  test('tells less of fewer words, and knows it', () => {
    const [few, many] = [hands(5), hands(15)]
    const width = TRAIT_NAMES.indexOf('slant')
    expect(told('slant', few)).toBeLessThan(told('slant', many))
    const uncertain = ({ factor }: StyleDistribution): number => Math.hypot(...factor[width]!)
    expect(uncertain(few[0]!.style)).toBeGreaterThan(uncertain(many[0]!.style))
  })

  test('is as sure as it is right: of the traits, two thirds lie within one standard deviation', () => {
    const within = hands(15).flatMap(({ writer, style }) =>
      traitsOf(writer).map(
        (value, trait) => Math.abs(value - style.mean[trait]!) < Math.hypot(...style.factor[trait]!),
      ),
    )
    const share = within.filter(Boolean).length / within.length
    expect(share).toBeGreaterThan(0.58)
    expect(share).toBeLessThan(0.82)
  })

  test('has synthetic writers whose traits scatter about the hand as its uncertainty says, in the fonts that are likely', () => {
    const { style } = hands(15)[0]!
    const synthetic = [1, 2, 3, 4, 5].flatMap((seed) => drawSyntheticWriters(style, seed))
    const tempo = TRAIT_NAMES.indexOf('tempo')
    const values = synthetic.map((syntheticWriter) => traitsOf(syntheticWriter)[tempo]!)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
    expect(Math.abs(mean - style.mean[tempo]!)).toBeLessThan(0.4 * deviation)
    expect(deviation / Math.hypot(...style.factor[tempo]!)).toBeGreaterThan(0.7)
    expect(deviation / Math.hypot(...style.factor[tempo]!)).toBeLessThan(1.3)
    const common = mostLikely(style.fonts[0]!)
    expect(synthetic.filter(({ fonts }) => fonts.small === common).length / synthetic.length).toBeGreaterThan(0.5)
    expect(drawSyntheticWriters(style, 3)).toEqual(drawSyntheticWriters(style, 3))
  })

  test('has synthetic writers that write each letter in a way of their own, and none of the words that are kept to measure on', () => {
    const { style } = hands(15)[0]!
    const [one, other] = drawSyntheticWriters(style, 1)
    expect(simulateWord(one!, 'Haus').signal.values).not.toEqual(
      simulateWord({ ...one!, seed: other!.seed }, 'Haus').signal.values,
    )
    const kept = new Set(virtualWords500().words.flatMap(({ text, fold }) => (fold === 0 ? [text] : [])))
    expect(syntheticTexts(900).filter((text) => kept.has(text))).toEqual([])
    const practised = syntheticWords(style, 60, 1, signature)
    expect(practised.map(({ label }) => label)).toEqual(syntheticTexts(60))
    expect(new Set(practised.map(({ writerId }) => writerId)).size).toBe(20)
  })
})

describe('learning to estimate styles', () => {
  test('finds the linear law that impressions were made by, whatever the words', () => {
    const learning = new StyleFit()
    const impression = (writer: VirtualWriter, word: number): WordFeatures => {
      const [traits, share] = [styleValues(writer), (word % 5) / 5]
      const chance = Math.sin(writer.seed * 12.9 + word * 78.2)
      return {
        text: Float64Array.of(share, 1 - share),
        values: Float64Array.of(3 * traits[TRAIT_NAMES.indexOf('tempo')]! + 40 * share + 0.05 * chance, chance),
      }
    }
    for (let seed = 1; seed <= 300; seed++)
      learning.add(
        drawWriter(seed),
        Array.from({ length: 15 }, (_, word) => impression(drawWriter(seed), word)),
      )
    const reader = learning.finish()
    const pairs = Array.from({ length: 40 }, (_, at) => drawWriter(5000 + at)).map((writer) => ({
      writer,
      style: styleOf(
        reader,
        [3, 4, 4, 1, 8].map((word) => impression(writer, word)),
      ),
    }))
    expect(told('tempo', pairs)).toBeGreaterThan(0.95)
    expect(Math.abs(told('force', pairs))).toBeLessThan(0.2)
  })

  test('needs two writers', () => {
    expect(() => new StyleFit().finish()).toThrow('fewer than two writers')
  })
})
