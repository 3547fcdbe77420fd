import { describe, expect, it } from 'vitest'
import { doubtOf } from '../../src/main/quality/index.ts'
import { ctcLogLikelihood } from '../../src/main/quality/likelihood.ts'

/** What a sequence of outputs says once repeats are merged and blanks left out. */
function collapse(path: readonly number[]): string {
  return path.filter((symbol, i) => symbol !== 0 && symbol !== path[i - 1]).join()
}

describe('the likelihood of a text', () => {
  it('is the sum over all of its alignments', () => {
    const [frames, outputs] = [5, 3]
    const logits = Float32Array.from({ length: frames * outputs }, (_, i) => Math.sin(i * 2.3) * 2)
    const probability = (frame: number, symbol: number) => {
      const row = [...logits.subarray(frame * outputs, (frame + 1) * outputs)].map(Math.exp)
      return row[symbol]! / row.reduce((a, b) => a + b)
    }
    const sums = new Map<string, number>()
    for (let code = 0; code < outputs ** frames; code++) {
      const path = Array.from({ length: frames }, (_, frame) => Math.floor(code / outputs ** frame) % outputs)
      const product = path.reduce((p, symbol, frame) => p * probability(frame, symbol), 1)
      sums.set(collapse(path), (sums.get(collapse(path)) ?? 0) + product)
    }
    for (const [text, sum] of sums) {
      expect(
        Math.exp(ctcLogLikelihood(logits, frames, outputs, text === '' ? [] : text.split(',').map(Number))),
      ).toBeCloseTo(sum, 10)
    }
    expect(ctcLogLikelihood(logits, frames, outputs, [1, 1, 1, 1])).toBe(-Infinity)
  })
})

describe('the doubt of a model', () => {
  const classes = ['a', 'b']
  const logits = (likely: number[]) => ({
    frames: likely.length,
    outputs: 3,
    values: Float32Array.from(likely.flatMap((symbol) => [0, 1, 2].map((each) => (each === symbol ? 8 : 0)))),
  })

  it('is none where it reads the label, and strong where it reads something else', () => {
    expect(doubtOf({ text: 'ab', logits: logits([1, 0, 2]) }, 'ab', { task: 'ctc', classes })).toEqual({
      reads: 'ab',
      doubt: 0,
    })
    expect(doubtOf({ text: 'ab', logits: logits([1, 0, 2]) }, 'bb', { task: 'ctc', classes })!.doubt).toBeGreaterThan(
      0.95,
    )
  })

  it('is weak where the label is nearly as likely', () => {
    const { values, ...shape } = logits([1])
    values[2] = 7.9
    expect(
      doubtOf({ text: 'a', logits: { ...shape, values } }, 'b', { task: 'classes', classes: ['-', 'a', 'b'] })!.doubt,
    ).toBeLessThan(0.15)
  })

  it('says nothing about letters that the model does not know', () => {
    expect(doubtOf({ text: 'ab', logits: logits([1, 0, 2]) }, 'Ä', { task: 'ctc', classes })).toBeNull()
  })
})
