import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shownReport } from '../../src/main/adaptation/shown-report.ts'
import type { AdaptationReport, Comparison } from '../../src/shared/api/adaptation.ts'
import { comparisonText } from '../../src/main/entrypoints/cli/adaptation-report.ts'
import { changedWords, compareReadings, type ReadTwice } from '../../src/main/training/fine-tuning/comparison.ts'
import { foldsOf } from '../../src/main/training/fine-tuning/folds.ts'

function read(label: string, before: string, after: string, recordingId = 1, writerId = 1): ReadTwice {
  return { recordingId, writerId, label, before, after }
}

describe('what an adaptation is worth', () => {
  it('is counted in letters and words over all, as the field counts', () => {
    // 2 and 1 of 3 letters wrong before, 0 and 1 after: CER 3/6 and 1/6, WER 2/2 and 1/2.
    const { cer, wer, words, writers } = compareReadings([
      read('abc', 'axx', 'abc', 1, 1),
      read('cab', 'cap', 'cap', 2, 2),
    ])
    expect([cer.before.value, cer.after.value, wer.before.value, wer.after.value]).toEqual([3 / 6, 1 / 6, 1, 1 / 2])
    expect(cer.change.value).toBeCloseTo(-2 / 6, 12)
    expect({ words, writers }).toEqual({ words: 2, writers: 2 })
  })

  it('is the share that is right alone where whole labels are read, and says so in the terminal', () => {
    const { accuracy } = compareReadings(
      [read('ab', 'ba', 'ab', 1), read('cd', 'cd', 'cd', 2), read('ef', 'ab', 'ef', 3), read('ab', 'cd', 'cd', 4)],
      'classes',
    )
    expect([accuracy!.before.value, accuracy!.after.value, accuracy!.change.value]).toEqual([1 / 4, 3 / 4, 1 / 2])
    expect(compareReadings([read('ab', 'ba', 'ab')]).accuracy).toBeUndefined()
    const comparison = compareReadings([read('ab', 'ba', 'ab'), read('cd', 'cd', 'cd', 2)], 'classes')
    const text = comparisonText({ comparison, better: [], worse: [], same: 2 }, 'digits', 'version 1')
    expect(text).toMatch(/\n {2}Right 50\.0 % .* to 100\.0 % /)
    expect(text).not.toMatch(/CER|WER/)
  })

  it('is known from the wrong words of an earlier report of whole labels, where each is one word', () => {
    const readings = [read('ab', 'ba', 'ab', 1), read('cd', 'cd', 'cd', 2), read('ef', 'ab', 'ef', 3)]
    const { accuracy, ...earlier } = compareReadings(readings, 'classes')
    const report = (comparison: Comparison): AdaptationReport => ({
      own: { how: 'held out', folds: 1, ...comparison },
      others: { kind: 'recorded', ...comparison },
      better: [],
      worse: [],
      same: 3,
      rehearsalBuffer: { kind: 'none', words: 0 },
      synthetic: 0,
      weights: { trained: 1, all: 1 },
      seconds: 1,
    })
    const shown = shownReport(report(earlier), 'classes', ['ab', 'cd', 'ef'])!
    for (const figures of [shown.own.accuracy!, shown.others!.accuracy!])
      for (const when of ['before', 'after', 'change'] as const)
        for (const what of ['value', 'low', 'high'] as const)
          expect(figures[when][what]).toBeCloseTo(accuracy![when][what], 12)
    expect(shownReport(report(earlier), 'classes', ['ab', 'thank you'])).toBeNull()
    expect(shownReport(report(earlier), 'ctc', undefined)).toEqual(report(earlier))
  })

  it('has intervals of the width that theory gives for many independent words', () => {
    // 400 words of one letter, a quarter wrong before, a tenth of these and no others after.
    const readings = Array.from({ length: 400 }, (_, at) =>
      read('a', at % 4 === 0 ? 'b' : 'a', at % 40 === 0 ? 'b' : 'a', at + 1),
    )
    const { cer } = compareReadings(readings)
    const normal = (share: number): number => 1.96 * Math.sqrt((share * (1 - share)) / 400)
    expect(cer.before.value).toBe(0.25)
    expect(cer.before.high - cer.before.value).toBeCloseTo(normal(0.25), 2)
    expect(cer.before.value - cer.before.low).toBeCloseTo(normal(0.25), 2)
    // Nine tenths of the errors go, none comes: the paired change is itself a share of 0.225.
    expect(cer.change.value).toBeCloseTo(-0.225, 12)
    expect(cer.change.value - cer.change.low).toBeCloseTo(normal(0.225), 2)
  })

  it('is the same for the same words, and no interval leaves its value out', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ä'), minLength: 1, maxLength: 5 })
    const reading = fc.record({
      recordingId: fc.nat(),
      writerId: fc.nat(3),
      label: text,
      before: fc.oneof(text, fc.constant('')),
      after: text,
    })
    fc.assert(
      fc.property(fc.array(reading, { minLength: 3, maxLength: 12 }), (readings) => {
        const compared = compareReadings(readings)
        expect(compareReadings(readings)).toEqual(compared)
        for (const { before, after, change } of [compared.cer, compared.wer]) {
          for (const { value, low, high } of [before, after, change])
            expect(low <= value + 1e-9 && value <= high + 1e-9).toBe(true)
        }
      }),
      { numRuns: 15 },
    )
  })

  it('lists the words that were read better and worse, most changed first', () => {
    const { better, worse, same } = changedWords([
      read('abc', 'abx', 'abc', 1),
      read('abc', 'xyz', 'abc', 2),
      read('abc', 'abc', 'ab', 3),
      read('abc', 'abd', 'abe', 4),
    ])
    expect(better.map(({ recordingId, before, after }) => [recordingId, before, after])).toEqual([
      [2, 'xyz', 'abc'],
      [1, 'abx', 'abc'],
    ])
    expect(worse).toEqual([{ recordingId: 3, label: 'abc', before: 'abc', after: 'ab' }])
    expect(same).toBe(1)
  })
})

describe('parting a few words', () => {
  const items = (labels: string[]) => labels.map((label, at) => ({ id: at + 1, label }))

  it('keeps recordings of one word together, and uses every one once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('an', 'Öl', 'O\u0308l', 'zu', 'ab', 'um'), { minLength: 5, maxLength: 30 }),
        (labels) => {
          fc.pre(new Set(labels.map((label) => label.normalize('NFC'))).size >= 2)
          const folds = foldsOf(items(labels), 'ctc', 1)
          expect(
            folds
              .flat()
              .map(({ id }) => id)
              .sort((a, b) => a - b),
          ).toEqual(labels.map((_, at) => at + 1))
          expect(folds.every((fold) => fold.length > 0)).toBe(true)
          const places = folds.flatMap((fold, at) => fold.map(({ label }) => `${label.normalize('NFC')} ${at}`))
          expect(new Set(places).size).toBe(new Set(labels.map((label) => label.normalize('NFC'))).size)
        },
      ),
    )
  })

  it('spreads the recordings of each single label over the folds', () => {
    const folds = foldsOf(items([...'AABBCCDD']), 'classes', 1)
    expect(folds.map((fold) => fold.length)).toEqual([2, 2, 2, 2])
    for (const fold of folds) expect(new Set(fold.map(({ label }) => label)).size).toBe(2)
  })

  it('parts the same word written over and over by recording', () => {
    expect(foldsOf(items(['ja', 'ja', 'ja', 'ja', 'ja']), 'ctc', 1).map((fold) => fold.length)).toEqual([2, 1, 1, 1])
  })
})
