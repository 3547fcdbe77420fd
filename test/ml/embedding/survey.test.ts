import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { EmbeddedPoint } from '../../../src/shared/api/embedding.ts'
import { recipeOf, type RecipeInput } from '../../../src/shared/api/recipe.ts'
import { chooseWords } from '../../../src/main/ml/embedding/choose.ts'
import { readEmbedding } from '../../../src/main/ml/embedding/file.ts'
import { frameOf } from '../../../src/main/training/auxiliary/survey.ts'
import { pointsOf, squaredDistance } from '../../../src/main/ml/embedding/vectors.ts'
import type { Example, Split } from '../../../src/main/ml/data/types.ts'
import type { Distance } from '../../../src/main/compute/ops/distance.ts'
import { train } from '../../../src/main/training/train.ts'
import type { TrainingJob } from '../../../src/main/training/types.ts'
import { openTestEngine } from '../open-engine.ts'
import { configOf, folderFor, smallStore } from '../../training/small-store.ts'

const example = (id: number, writerId: number, label: string): Example => ({
  id,
  writerId,
  writerName: `w${writerId}`,
  label,
  target: [],
  frames: 1,
  values: new Float32Array(1),
})

describe('the words to look at', () => {
  const all = [...'abcdefghij'].flatMap((label, i) =>
    Array.from({ length: i + 1 }, (_, at) => example(100 * i + at, at % 3, label)),
  )

  test('are those with most recordings that can be pictured', () => {
    expect(chooseWords(all, (text) => text !== 'j').map(({ text }) => text)).toEqual([...'bcdefghi'])
  })

  test('have recordings of as many writers as possible', () => {
    const unfair = [
      ...Array.from({ length: 20 }, (_, at) => example(at, 1, 'a')),
      example(98, 2, 'a'),
      example(99, 3, 'a'),
    ]
    expect(chooseWords(unfair, () => true)[0]!.examples.map(({ id }) => id)).toEqual([0, 98, 99, 1, 2, 3, 4, 5])
  })

  test('are none where nothing is held out', () => {
    expect(chooseWords([], () => true)).toEqual([])
  })
})

describe('points of sequences', () => {
  const [a, b] = [
    [1, 2, 3],
    [2, -1, 0.5],
  ]
  const cosine = (x: number[], y: number[]): number =>
    x.reduce((sum, value, i) => sum + value * y[i]!, 0) / Math.hypot(...x) / Math.hypot(...y)
  const centred = (x: number[]): number[] => x.map((value) => value - x.reduce((sum, one) => sum + one / x.length, 0))
  const softmax = (x: number[]): number[] =>
    x.map((value) => Math.exp(value) / x.reduce((sum, one) => sum + Math.exp(one), 0))

  test.each<[Distance, number]>([
    ['mse', (1 + 9 + 6.25) / 3],
    ['cosine', 2 * (1 - cosine(a, b))],
    ['pearson', 2 * (1 - cosine(centred(a), centred(b)))],
    ['kl', softmax(a).reduce((sum, p, i) => sum + (Math.sqrt(p) - Math.sqrt(softmax(b)[i]!)) ** 2, 0)],
  ])('lie as far apart as the distance %s says', (distance, wanted) => {
    const [u, x] = pointsOf({ shape: [2, 1, 3], values: Float32Array.from([...a, ...b]), lengths: [1, 1] }, distance)
    expect(squaredDistance(u!, x!)).toBeCloseTo(wanted, 5)
  })

  test('of other lengths that go the same way are the same, whatever pads them', () => {
    const long = [0, 1, 2, 3, 4, 5, 6].map((value) => 2 * value)
    const [short, whole] = pointsOf(
      { shape: [2, 7, 1], values: Float32Array.from([0, 4, 8, 12, 99, 99, 99, ...long]), lengths: [4, 7] },
      'mse',
    )
    expect(squaredDistance(short!, whole!)).toBeCloseTo(0, 8)
  })
})

describe('a frame', () => {
  test('says which point of the other side is nearest, and how far own and other words are', () => {
    const point = (side: EmbeddedPoint['side'], word: number): EmbeddedPoint => ({
      side,
      word,
      recordingId: null,
      writer: null,
    })
    const points = [point('pen', 0), point('pen', 1), point('image', 0), point('image', 1)]
    const frame = frameOf(
      3,
      points,
      [
        [0, 0, 0],
        [1, 0, 0],
        [0, 1, 0],
        [0, 3, 0],
      ].map((at) => Float64Array.from(at)),
    )
    expect(frame).toMatchObject({
      epoch: 3,
      nearest: [2, 2, null, null],
      own: (1 + 10) / 2,
      other: (9 + 2) / 2,
      explained: 1,
    })
  })
})

describe('a cross-modal training', () => {
  const store = smallStore(['ab', 'ba', 'aab', 'bba'], 3)
  afterAll(() => store.close())
  const image = { size: 'tiny', steps: 4, batchSize: 4, variants: 2 } as const
  const PICTURES: RecipeInput = { kind: 'cross-modal', image, projection: 8 }

  function jobOf(recipe: RecipeInput, change: Partial<TrainingJob['config']> = {}): TrainingJob {
    return {
      config: configOf({ ...change, recipe: recipeOf(recipe) }),
      source: store.recordings,
      folder: folderFor('run'),
      openEngine: openTestEngine,
      codeVersion: 'test',
    }
  }

  test.each<[string, RecipeInput, Split['by'], EmbeddedPoint['side'], number]>([
    ['pictures of words that were held out whole', PICTURES, 'word', 'image', 2],
    [
      'pictures that the network learns along with',
      { ...PICTURES, image: { ...image, network: 'along' } },
      'recording',
      'image',
      2,
    ],
    ['pictures, contrasted within the batch', { ...PICTURES, loss: 'in-batch' }, 'recording', 'image', 2],
    ['texts', { kind: 'contrastive', size: 8, letter: 6 }, 'recording', 'text', 1],
  ])(
    'leaves a picture of its embedding beside the checkpoint: recordings and %s',
    async (_what, recipe, by, side, each) => {
      const job = jobOf(recipe, { split: { by, heldOut: 0.25 } })
      const { card } = await train(job)
      const { words, points, frames, size } = readEmbedding(job.folder)!
      expect(
        points
          .filter((point) => point.side === 'pen')
          .map(({ recordingId }) => recordingId!)
          .sort(),
      ).toEqual([...card.trainedOn.heldOutIds].sort())
      expect(points.filter((point) => point.side === side)).toHaveLength(words.length * each)
      expect(frames.map(({ epoch }) => epoch)).toEqual([0, 1])
      expect(frames.flatMap(({ at }) => at.flat()).every(Number.isFinite)).toBe(true)
      expect(frames[1]!.at).not.toEqual(frames[0]!.at)
      expect(size).toBe(8)
      expect(new Set(words.map(({ trained }) => trained))).toEqual(new Set([by === 'recording']))
    },
  )

  test('names a picture that is damaged', () => {
    const folder = folderFor('run')
    writeFileSync(join(folder, 'embedding.json'), '{"format": "kalamos-embedding"')
    expect(() => readEmbedding(folder)).toThrow(
      expect.objectContaining({
        code: 'checkpoint-damaged',
        message: expect.stringContaining('embedding.json') as string,
      }),
    )
  })
})
