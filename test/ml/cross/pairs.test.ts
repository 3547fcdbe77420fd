import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editDistance, symbols } from '../../../src/shared/text.ts'
import { KeyedRandom } from '../../../src/main/random/keyed.ts'
import { corruptedTexts } from '../../../src/main/ml/cross/corrupt.ts'
import {
  classMargins,
  confusionDifference,
  MARGIN_SCALES,
  ordinalDifference,
  wordMargin,
} from '../../../src/main/ml/cross/margin.ts'
import { editSchedule, nearestClasses, NegativeClasses, NegativeWords } from '../../../src/main/ml/cross/negatives.ts'
import { crossWeight } from '../../../src/main/ml/cross/weight.ts'

const word = fc.string({ unit: fc.constantFrom(...'abcäß'), minLength: 1, maxLength: 8 })
const words = fc.uniqueArray(word, { minLength: 2, maxLength: 30 })
const edits = (a: string, b: string): number => editDistance(symbols(a), symbols(b))

describe('choosing negatives', () => {
  test("a negative never bears the anchor's label", () => {
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(99), (all, seed, epoch) => {
        const negatives = new NegativeWords([...all, ...all])
        for (const anchor of all)
          expect(negatives.choose(anchor, editSchedule(epoch, 100), new KeyedRandom(seed))).not.toBe(anchor)
      }),
    )
  })

  test("its edit distance lies in the range wherever any word's does, and otherwise as near as any", () => {
    fc.assert(
      fc.property(words, fc.nat(), fc.nat(8), fc.nat(8), (all, seed, least, more) => {
        const range = { least, most: least + more }
        const away = (other: string): number =>
          Math.max(0, least - edits(all[0]!, other), edits(all[0]!, other) - range.most)
        const chosen = new NegativeWords(all).choose(all[0]!, range, new KeyedRandom(seed))
        expect(away(chosen)).toBe(Math.min(...all.slice(1).map(away)))
      }),
    )
  })

  test('the same word in another Unicode form is the same label', () => {
    expect(() => new NegativeWords(['Übung', 'U\u0308bung'])).toThrow(/two different labels/)
  })

  test('far negatives come first, nearer ones as training goes on', () => {
    const ranges = Array.from({ length: 10 }, (_, epoch) => editSchedule(epoch, 10))
    expect(ranges.map(({ least }) => least)).toEqual([5, 5, 4, 4, 3, 3, 2, 2, 1, 1])
    expect(ranges.map(({ most }) => most)).toEqual([11, 11, 9, 9, 7, 7, 5, 5, 3, 3])
  })

  test('the range of any epoch begins at one edit or more and never grows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (epochs) => {
        const ranges = Array.from({ length: epochs }, (_, epoch) => editSchedule(epoch, epochs))
        ranges.forEach(({ least, most }, i) => {
          expect(least).toBeGreaterThanOrEqual(1)
          expect(least).toBeLessThanOrEqual(ranges[Math.max(0, i - 1)]!.least)
          expect(most).toBe(2 * least + 1)
        })
      }),
    )
  })
})

describe('choosing negatives of single labels', () => {
  const classes = [...'abcdefgh']

  test("a negative never bears the anchor's label, and is one of those most like it", () => {
    fc.assert(
      fc.property(
        fc.subarray(classes, { minLength: 2 }),
        fc.integer({ min: 1, max: 8 }),
        fc.nat(),
        (labels, most, seed) => {
          const negatives = new NegativeClasses(classes, labels, ordinalDifference)
          const apart = (a: string, b: string): number => Math.abs(classes.indexOf(a) - classes.indexOf(b))
          for (const anchor of labels) {
            const negative = negatives.choose(anchor, most, new KeyedRandom(seed))
            expect(negative).not.toBe(anchor)
            expect(
              labels.filter((label) => label !== anchor && apart(anchor, label) < apart(anchor, negative)).length,
            ).toBeLessThan(most)
          }
        },
      ),
    )
  })

  test('all others may be drawn at first, the two most like it at the end', () => {
    const most = Array.from({ length: 8 }, (_, epoch) => nearestClasses(epoch, 8, 9))
    expect(most).toEqual([9, 8, 7, 6, 5, 3, 2, 2])
    expect(nearestClasses(7, 8, 1)).toBe(1)
  })

  test('one class alone has no negatives', () => {
    expect(() => new NegativeClasses(classes, ['a'], ordinalDifference)).toThrow(/two different labels/)
  })
})

describe('margins', () => {
  test('a word margin is the scale times the mean edit distance of the batch', () => {
    expect(
      wordMargin(
        [
          { anchor: 'Haus', negative: 'Maus' },
          { anchor: 'ab', negative: 'xyz' },
        ],
        0.1,
      ),
    ).toBeCloseTo(0.2)
  })

  test('it grows with the edit distance of the negatives', () => {
    fc.assert(
      fc.property(word, words, (anchor, others) => {
        const sorted = others.toSorted((a, b) => edits(anchor, a) - edits(anchor, b))
        const margins = sorted.map((negative) => wordMargin([{ anchor, negative }], MARGIN_SCALES.cosine))
        expect(margins).toEqual(margins.toSorted((a, b) => a - b))
      }),
    )
  })

  test('classes in an order ask for margins by their places, others by how seldom they are confused', () => {
    const pairs = [
      { anchor: 1, negative: 0 },
      { anchor: 0, negative: 2 },
    ]
    expect([...classMargins(pairs, 0.5, ordinalDifference)]).toEqual([0.5, 1])
    const confusion = [
      [0.5, 0.5, 0],
      [0.25, 0.75, 0],
      [0, 0, 1],
    ]
    expect([...classMargins(pairs, 1, confusionDifference(confusion))]).toEqual([0.625, 1])
  })
})

describe('the weight of the cross-modal loss', () => {
  test('it waits, rises and stays', () => {
    const weights = Array.from({ length: 6 }, (_, epoch) => crossWeight(epoch, { weight: 2, from: 2, warmup: 1 }))
    expect(weights).toEqual([0, 0, 1, 2, 2, 2])
    expect(crossWeight(0, { weight: 0.5, from: 0, warmup: 0 })).toBe(0.5)
  })
})

describe('spoilt texts', () => {
  test('they are one edit away from the true text, and never it', () => {
    fc.assert(
      fc.property(word, fc.nat(), (text, seed) => {
        const spoilt = corruptedTexts(text, 6, [...'abcäß'], new KeyedRandom(seed))
        expect(spoilt.map((other) => edits(text, other))).toEqual([1, 1, 1, 1, 1, 1])
      }),
    )
  })

  test('insertions, deletions and substitutions take turns', () => {
    const lengths = corruptedTexts('Haus', 6, [...'xyz'], new KeyedRandom(1)).map((text) => text.length)
    expect(lengths).toEqual([5, 3, 4, 5, 3, 4])
  })

  test('a text that cannot be spoilt is refused', () => {
    expect(() => corruptedTexts('', 3, ['a', 'b'], new KeyedRandom(1))).toThrow(/cannot be spoilt/)
  })
})
