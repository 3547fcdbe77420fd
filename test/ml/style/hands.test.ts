import { beforeAll, describe, expect, test } from 'vitest'
import { drawTwins, twinTexts, twinWords } from '../../../src/main/training/fine-tuning/synthetic-writers.ts'
import { findHandReader } from '../../../src/main/ml/style/file.ts'
import type { Impression } from '../../../src/main/ml/style/impression.ts'
import { handValues, HandLearning } from '../../../src/main/ml/style/learn.ts'
import { handOf, type Hand, type HandReader } from '../../../src/main/ml/style/reader.ts'
import { TRAIT_NAMES, traitsOf } from '../../../src/main/simulator/traits.ts'
import { virtualWords500 } from '../../../src/main/corpus/benchmark.ts'
import { simulateWord } from '../../../src/main/simulator/simulate.ts'
import { drawWriter, type VirtualWriter } from '../../../src/main/simulator/writer.ts'
import { base, face, mostLikely, seen, told } from './writers.ts'

describe('the hand reader that ships', () => {
  let reader: HandReader
  let unseen: Awaited<ReturnType<typeof seen>>
  beforeAll(async () => {
    reader = findHandReader(base.card.weights.sha256)!
    unseen = await seen(960_000, 24, 15)
  })
  const hands = (count: number) =>
    unseen.map(({ writer, impressions }) => ({ writer, hand: handOf(reader, impressions.slice(0, count)) }))

  test('tells tempo, force, joining and direction of unseen writers nearly, and most of their fonts', () => {
    const pairs = hands(15)
    for (const trait of ['tempo', 'force', 'lift', 'joining', 'azimuth, cosine'])
      expect(told(trait, pairs), trait).toBeGreaterThan(0.85)
    expect(
      pairs.filter(({ writer, hand }) => mostLikely(hand.fonts[0]!) === writer.fonts.small).length,
    ).toBeGreaterThanOrEqual(18)
  })

  test('tells less of fewer words, and knows it', () => {
    const [few, many] = [hands(5), hands(15)]
    const width = TRAIT_NAMES.indexOf('slant')
    expect(told('slant', few)).toBeLessThan(told('slant', many))
    const uncertain = ({ factor }: Hand): number => Math.hypot(...factor[width]!)
    expect(uncertain(few[0]!.hand)).toBeGreaterThan(uncertain(many[0]!.hand))
  })

  test('is as sure as it is right: of the traits, two thirds lie within one standard deviation', () => {
    const within = hands(15).flatMap(({ writer, hand }) =>
      traitsOf(writer).map((value, trait) => Math.abs(value - hand.mean[trait]!) < Math.hypot(...hand.factor[trait]!)),
    )
    const share = within.filter(Boolean).length / within.length
    expect(share).toBeGreaterThan(0.58)
    expect(share).toBeLessThan(0.82)
  })

  test('has twins whose traits scatter about the hand as its uncertainty says, in the fonts that are likely', () => {
    const { hand } = hands(15)[0]!
    const twins = [1, 2, 3, 4, 5].flatMap((seed) => drawTwins(hand, seed))
    const tempo = TRAIT_NAMES.indexOf('tempo')
    const values = twins.map((twin) => traitsOf(twin)[tempo]!)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
    expect(Math.abs(mean - hand.mean[tempo]!)).toBeLessThan(0.4 * deviation)
    expect(deviation / Math.hypot(...hand.factor[tempo]!)).toBeGreaterThan(0.7)
    expect(deviation / Math.hypot(...hand.factor[tempo]!)).toBeLessThan(1.3)
    const common = mostLikely(hand.fonts[0]!)
    expect(twins.filter(({ fonts }) => fonts.small === common).length / twins.length).toBeGreaterThan(0.5)
    expect(drawTwins(hand, 3)).toEqual(drawTwins(hand, 3))
  })

  test('has twins that write each letter in a way of their own, and none of the words that are kept to measure on', () => {
    const { hand } = hands(15)[0]!
    const [one, other] = drawTwins(hand, 1)
    expect(simulateWord(one!, 'Haus').signal.values).not.toEqual(
      simulateWord({ ...one!, seed: other!.seed }, 'Haus').signal.values,
    )
    const kept = new Set(virtualWords500().words.flatMap(({ text, fold }) => (fold === 0 ? [text] : [])))
    expect(twinTexts(900).filter((text) => kept.has(text))).toEqual([])
    const practised = twinWords(hand, 60, 1, face)
    expect(practised.map(({ label }) => label)).toEqual(twinTexts(60))
    expect(new Set(practised.map(({ writerId }) => writerId)).size).toBe(20)
  })
})

describe('learning to tell hands', () => {
  test('finds the linear law that impressions were made by, whatever the words', () => {
    const learning = new HandLearning()
    const impression = (writer: VirtualWriter, word: number): Impression => {
      const [traits, share] = [handValues(writer), (word % 5) / 5]
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
      hand: handOf(
        reader,
        [3, 4, 4, 1, 8].map((word) => impression(writer, word)),
      ),
    }))
    expect(told('tempo', pairs)).toBeGreaterThan(0.95)
    expect(Math.abs(told('force', pairs))).toBeLessThan(0.2)
  })

  test('needs two writers', () => {
    expect(() => new HandLearning().finish()).toThrow('fewer than two writers')
  })
})
