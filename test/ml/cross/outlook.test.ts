import { createCanvas } from '@napi-rs/canvas'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { recipeOf, type CrossModalRecipe, type RecipeInput } from '../../../src/shared/api/recipe.ts'
import type { Run, TrainingConfig } from '../../../src/shared/api/training.ts'
import { selectRecordings } from '../../../src/main/ml/data/select.ts'
import { embeddingOfRun } from '../../../src/main/ml/embedding/answer.ts'
import { writeEmbedding } from '../../../src/main/ml/embedding/file.ts'
import { outlookOf, provedRecipe } from '../../../src/main/training/queue/recipe.ts'
import { openPictures } from '../../../src/main/words/origin.ts'
import { configOf, folderFor, smallStore } from '../../training/small-store.ts'

const store = smallStore(['ab', 'ba', 'aab', 'bba'], 2)
afterAll(() => store.close())

const configWith = (recipe: RecipeInput): TrainingConfig => configOf({ recipe: recipeOf(recipe) })
const extractFeatures = (recipe: RecipeInput): ReturnType<typeof outlookOf> =>
  outlookOf(configWith(recipe), selectRecordings(store.recordings, configWith(recipe)), store)
const prove = (recipe: RecipeInput): ReturnType<typeof provedRecipe> =>
  provedRecipe(configWith(recipe), selectRecordings(store.recordings, configWith(recipe)), store)

describe('what a recipe can be set to', () => {
  test('are the layers of both networks', () => {
    const { pen, image } = extractFeatures({ kind: 'cross-modal' }).layers
    expect([pen.map(({ name }) => name), image.at(-1)]).toEqual([
      ['cnn0', 'cnn1', 'lstm', 'dense'],
      { name: 'features', size: 100 },
    ])
    expect(extractFeatures({ kind: 'contrastive' }).layers.image).toEqual([])
  })

  test('says of how many labels there are pictures', () => {
    const folder = folderFor('pictures')
    writeFileSync(join(folder, 'ab.png'), createCanvas(64, 32).toBuffer('image/png'))
    expect(extractFeatures({ kind: 'cross-modal', pictures: { from: 'folder', folder } })).toMatchObject({
      pictures: { labels: 4, own: 1 },
      against: null,
    })
    expect(extractFeatures({ kind: 'cross-modal' })).toMatchObject({ pictures: { labels: 4, own: 0 }, against: null })
  })

  test('says that labels of pictures are not in UTF-8, until it is said what they are in', () => {
    const folder = folderFor('pictures')
    for (const file of ['1.png', '2.png']) writeFileSync(join(folder, file), '')
    writeFileSync(join(folder, 'labels.csv'), Buffer.from('1.png;ab\n2.png;Stra\xdfe\n', 'latin1'))
    const pictures = { from: 'folder', folder } as const
    expect(extractFeatures({ kind: 'cross-modal', pictures }).against).toMatchObject({ code: 'not-utf8' })
    const said = { ...pictures, encoding: 'windows-1252' } as const
    expect(extractFeatures({ kind: 'cross-modal', pictures: said }).against).toBeNull()
  })

  test('names what is against it, and still says what there is to choose from', () => {
    const { layers, against } = extractFeatures({ kind: 'cross-modal', penLayer: 'top' })
    expect(against).toEqual({
      code: 'invalid-input',
      message: 'The pen\'s network has no layer "top" to embed with.',
      hint: 'It has cnn0, cnn1, lstm, dense.',
    })
    expect(layers.pen).toHaveLength(4)
    expect(extractFeatures({ kind: 'cross-modal', pictures: { from: 'strokes' } }).against!.message).toMatch(
      /strokes of none of these recordings/,
    )
    expect(
      extractFeatures({ kind: 'cross-modal', pictures: { from: 'folder', folder: '/nowhere' } }).against!.message,
    ).toBe('There is no folder /nowhere.')
  })
})

describe('a recipe with pictures of a user', () => {
  test('is stored with what was in their folder, and refused once that is something else', async () => {
    const folder = folderFor('pictures')
    const write = (file: string, width: number): void =>
      writeFileSync(join(folder, file), createCanvas(width, 32).toBuffer('image/png'))
    write('ab.png', 64)
    write('ba.png', 64)
    const proved = await prove({ kind: 'cross-modal', pictures: { from: 'folder', folder } })
    expect(proved).toMatchObject({ pictures: { from: 'folder', folder, fingerprint: { pictures: 2 } } })
    expect(await prove(proved!)).toEqual(proved)

    write('ba.png', 65)
    await expect(prove(proved!)).rejects.toMatchObject({
      code: 'conflict',
      message: `The folder ${folder} has changed since the training was ordered: pictures or labels are other ones.`,
    })
    write('aab.png', 64)
    expect(extractFeatures(proved!).against!.message).toContain('it had 2 pictures and has 3')
    await expect(openPictures((proved as CrossModalRecipe).pictures!, ['ab'], null)).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('is not begun while one of them cannot be read', async () => {
    const folder = folderFor('pictures')
    writeFileSync(join(folder, 'ab.png'), 'no picture')
    const recipe: RecipeInput = { kind: 'cross-modal', pictures: { from: 'folder', folder } }
    expect(extractFeatures(recipe).against).toBeNull()
    await expect(prove(recipe)).rejects.toMatchObject({
      code: 'decode-failed',
      message: expect.stringContaining(join(folder, 'ab.png')) as string,
    })
  })
})

describe('the picture of a run', () => {
  const run: Run = {
    id: 1,
    config: configWith({ kind: 'cross-modal' }),
    state: 'running',
    startedAt: 0,
    endedAt: null,
    epoch: 0,
    epochProgress: 0,
    scores: [],
    trainRecordings: 6,
    heldOutRecordings: 2,
    virtual: false,
    backend: null,
    backendReason: null,
    modelId: null,
    problem: null,
  }

  test('is the one beside its checkpoint, with who wrote its recordings as they are called now', () => {
    const folder = folderFor('run')
    const picture = {
      words: [{ text: 'ab', trained: true }],
      points: [
        { side: 'pen' as const, word: 0, recordingId: 7, writer: null },
        { side: 'pen' as const, word: 0, recordingId: 8, writer: null },
      ],
      frames: [
        {
          epoch: 0,
          at: [[0, 0] as [number, number], [1, 1] as [number, number]],
          nearest: [null, null],
          explained: 1,
          own: 0,
          other: 0,
        },
      ],
      size: 8,
    }
    writeEmbedding(folder, picture)
    const recordings = {
      byIds: (ids: readonly number[]) => ids.filter((id) => id === 7).map((id) => ({ id, writerName: 'w1' })),
    }
    expect(embeddingOfRun(run, folder, recordings)).toEqual({
      is: 'there',
      picture: { ...picture, points: [{ ...picture.points[0], writer: 'w1' }, picture.points[1]] },
    })
  })

  test('is missing for a reason', () => {
    const folder = folderFor('run')
    const why = (change: Partial<Run>): unknown => embeddingOfRun({ ...run, ...change }, folder, { byIds: () => [] })
    expect(why({ config: configOf({}) })).toEqual({ is: 'missing', why: 'plain' })
    expect(why({ config: configWith({ kind: 'plain' }) })).toEqual({ is: 'missing', why: 'plain' })
    expect(why({})).toEqual({ is: 'missing', why: 'not-yet' })
    expect(why({ heldOutRecordings: 0 })).toEqual({ is: 'missing', why: 'nothing-held-out' })
    expect(why({ state: 'cancelled' })).toEqual({ is: 'missing', why: 'never' })
  })
})
