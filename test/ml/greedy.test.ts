import { describe, expect, it } from 'vitest'
import { textOf } from '../../src/main/ml/decode/text.ts'
import { evaluation } from '../../src/main/training/evaluation/evaluate.ts'
import type { Example } from '../../src/main/ml/data/types.ts'

const words = { task: 'ctc', classes: ['a', 'b', 'ß'] } as const

/** Logits whose softmax is the given probabilities: `[1, frames, outputs]`. */
function logitsOf(probabilities: number[][]): { shape: number[]; values: Float32Array } {
  return {
    shape: [1, probabilities.length, probabilities[0]!.length],
    values: Float32Array.from(probabilities.flat(), (p) => Math.log(p) + 3),
  }
}

const path = (classes: number[]): number[][] =>
  classes.map((best) => Array.from({ length: 4 }, (_, k) => (k === best ? 0.7 : 0.1)))

describe('greedy decoding', () => {
  it.each([
    ['drops blanks', [0, 1, 0, 2, 0], 'ab'],
    ['merges repeats', [1, 1, 1, 2, 2], 'ab'],
    ['keeps a letter twice where a blank is between', [1, 1, 0, 1], 'aa'],
    ['reads nothing where there are only blanks', [0, 0, 0], ''],
    ['knows letters beyond ASCII', [3, 3, 0, 1], 'ßa'],
  ])('%s', (_, classes, text) => {
    expect(textOf(words, logitsOf(path(classes)), 0, classes.length).text).toBe(text)
  })

  it('does not look behind the length of a row, and finds the row in its batch', () => {
    const logits = { shape: [2, 3, 4], values: Float32Array.from([...path([1, 2, 3]), ...path([2, 0, 1])].flat()) }
    expect(textOf(words, logits, 0, 2).text).toBe('ab')
    expect(textOf(words, logits, 1, 3).text).toBe('ba')
  })

  it('tells how sure it is of each letter: the best frame counts, and the word has their mean', () => {
    const { letters, confidence } = textOf(
      words,
      logitsOf([
        [0.1, 0.6, 0.2, 0.1],
        [0.05, 0.9, 0.03, 0.02],
        [0.2, 0.2, 0.5, 0.1],
      ]),
      0,
      3,
    )
    expect(letters.map(({ text, probability }) => [text, Number(probability.toFixed(5))])).toEqual([
      ['a', 0.9],
      ['b', 0.5],
    ])
    expect(confidence).toBeCloseTo(0.7, 5)
  })

  it('is not sure at all where it read nothing', () => {
    expect(textOf(words, logitsOf([[0.97, 0.01, 0.01, 0.01]]), 0, 1)).toEqual({ text: '', confidence: 0, letters: [] })
  })

  it('names one label of a closed set, with its probability', () => {
    const logits = { shape: [2, 2], values: Float32Array.of(0, Math.log(3), 5, 5 - Math.log(4)) }
    const labels = { task: 'classes', classes: ['Haus', 'Maus'] } as const
    expect(textOf(labels, logits, 0, undefined)).toMatchObject({
      text: 'Maus',
      confidence: expect.closeTo(0.75, 5) as number,
    })
    expect(textOf(labels, logits, 1, undefined)).toMatchObject({
      text: 'Haus',
      confidence: expect.closeTo(0.8, 5) as number,
    })
  })
})

describe('an evaluation', () => {
  it('sums edits over the whole set and over each writer, not the mean of means', () => {
    const of = (writerName: string, reference: string, hypothesis: string) => ({
      example: { writerName } as Example,
      reference,
      hypothesis,
      confidence: 1,
    })
    const result = evaluation(
      [of('w2', 'Haus', 'Haus'), of('w1', 'Maus', 'Laus'), of('w1', 'a', 'b')],
      ({ writerName }) => [writerName],
    )
    expect(result).toEqual({
      cer: 2 / 9,
      wer: 2 / 3,
      accuracy: 1 / 3,
      recordings: 3,
      byGroup: [
        { group: 'w1', cer: 2 / 5, wer: 1, recordings: 2 },
        { group: 'w2', cer: 0, wer: 0, recordings: 1 },
      ],
    })
  })
})
