import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { blended, joined, type Weights } from '../../src/main/training/fine-tuning/blend.ts'
import { dropParts, loadParts, saveParts } from '../../src/main/training/fine-tuning/parts.ts'
import { makePart, SHARE, versionOf, type Workshop } from '../../src/main/training/fine-tuning/version.ts'
import type { Example } from '../../src/main/ml/data/types.ts'

const weights = (...values: number[]): Weights => ({
  weights: { w: { shape: [values.length], values: Float32Array.from(values) } },
  state: { s: { shape: [1], values: Float32Array.of(values[0]!) } },
})
const valuesOf = (of: Weights): number[] => [...of.weights['w']!.values]
const word = (id: number): Example => ({
  id,
  writerId: 1,
  writerName: 'w01',
  label: `word ${id}`,
  target: [1],
  frames: 1,
  values: new Float32Array(1),
})

describe('a version', () => {
  test('lies a share of the way from the model to the mean of its parts, running statistics included', () => {
    const version = versionOf(weights(0, 10), weights(1, 20))
    expect(valuesOf(version)).toEqual([SHARE, 10 + SHARE * 10].map(Math.fround))
    expect(version.state['s']!.values[0]).toBe(Math.fround(SHARE))
  })

  test('takes weights that the model did not have from its parts', () => {
    expect([...blended({ weights: {}, state: {} }, weights(3), 0.5).weights['w']!.values]).toEqual([3])
  })

  test('has the mean of parts, each counting as much', () => {
    const parts = [weights(1, 8), weights(2, 4), weights(6, 0)]
    const mean = parts.reduce<Weights | null>((sum, part, at) => joined(sum, at, part), null)!
    expect(valuesOf(mean).map((value) => Math.round(value * 1e5) / 1e5)).toEqual([3, 4])
  })
})

describe('a part of a version', () => {
  const own = [1, 2, 3, 4].map(word)
  const made = async (practise: Workshop['practise']) => {
    const tuned: { from: number; words: number[]; seed: number; synthetic: number[] }[] = []
    const shares: number[] = []
    const part = await makePart(
      {
        start: weights(0),
        practise,
        tune: ({ weights: from, synthetic }, words, seed, progress) => {
          tuned.push({
            from: valuesOf(from)[0]!,
            words: words.map(({ id }) => id),
            seed,
            synthetic: synthetic.map(({ id }) => id),
          })
          progress(1)
          return Promise.resolve(weights(tuned.length === 1 ? 2 : 4))
        },
        read: (with_, words) =>
          Promise.resolve(words.map(({ id }) => [id, `read with ${valuesOf(with_)[0]!.toFixed(1)}`])),
      },
      own,
      [own[1]!],
      { at: 0, seed: 7, words: 'few', progress: (share) => shares.push(share) },
    )
    return { part, tuned, shares }
  }

  test('is the mean of tunings to all words but its fold, each with draws of its own, and reads that fold alone', async () => {
    const { part, tuned, shares } = await made(null)
    expect(tuned.map(({ from, words }) => [from, words])).toEqual([
      [0, [1, 3, 4]],
      [0, [1, 3, 4]],
    ])
    expect(new Set(tuned.map(({ seed }) => seed)).size).toBe(2)
    expect(valuesOf(part.weights)).toEqual([3])
    expect(part.readings).toEqual([[2, `read with ${(3 * SHARE).toFixed(1)}`]])
    expect(shares).toEqual([0.5, 1])
  })

  test('is tuned from what practising made of the start, on synthetic writers that know nothing of its fold', async () => {
    const known: number[][] = []
    const { part, tuned, shares } = await made((words, _, progress) => {
      known.push(words.map(({ id }) => id))
      progress(0.5)
      return Promise.resolve({ weights: weights(8), synthetic: [word(90), word(91)] })
    })
    expect(known).toEqual([[1, 3, 4]])
    expect(tuned.map(({ from, synthetic }) => [from, synthetic])).toEqual([
      [8, [90, 91]],
      [8, [90, 91]],
    ])
    expect(part.readings).toEqual([[2, `read with ${(3 * SHARE).toFixed(1)}`]])
    expect(shares.map((share) => Math.round(share * 100) / 100)).toEqual([0.2, 0.7, 1])
  })
})

describe('what is kept of an adaptation', () => {
  const folderOf = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'parts-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    return folder
  }
  const parts = {
    ...loadParts('nowhere', 'order'),
    seconds: 3,
    before: [[1, 'ab']] as [number, string][],
    folds: [[[1, 'ab']] as [number, string][]],
    mean: weights(1 / 3, 2),
  }

  test('is the same to the last bit when it goes on, and nothing is left of it in the end', () => {
    const folder = folderOf()
    saveParts(folder, parts)
    expect(loadParts(folder, 'order')).toEqual(parts)
    saveParts(folder, { ...parts, folds: [...parts.folds, []], mean: weights(5) })
    expect(valuesOf(loadParts(folder, 'order').mean!)).toEqual([5])
    dropParts(folder)
    expect(loadParts(folder, 'order')).toMatchObject({ before: null, folds: [], mean: null })
  })

  test('is begun anew where its order is another, or its weights are damaged or gone', () => {
    const folder = folderOf()
    saveParts(folder, parts)
    expect(loadParts(folder, 'another').folds).toEqual([])
    const file = (JSON.parse(readFileSync(join(folder, 'adaptation.json'), 'utf8')) as { mean: { file: string } }).mean
      .file
    writeFileSync(join(folder, file), 'damaged')
    expect(loadParts(folder, 'order').folds).toEqual([])
    rmSync(join(folder, file))
    expect(loadParts(folder, 'order').folds).toEqual([])
  })
})
