import { afterAll, describe, expect, test } from 'vitest'
import { recipeOf, type RecipeInput } from '../../src/shared/api/recipe.ts'
import type { EpochScore } from '../../src/shared/api/training.ts'
import { train } from '../../src/main/ml/train/train.ts'
import type { TrainingJob } from '../../src/main/ml/train/types.ts'
import { initialModel } from '../../src/main/ml/models/index.ts'
import { openTestEngine } from '../ml/open-engine.ts'
import { configOf, folderFor, smallStore } from '../ml/small-store.ts'

const store = smallStore(['ab', 'ba', 'aab', 'bba'], 2)
afterAll(() => store.close())

const PICTURES: RecipeInput = { kind: 'cross-modal', image: { size: 'tiny', steps: 4, batchSize: 4, variants: 2 }, projection: 8 }
const TEXTS: RecipeInput = { kind: 'contrastive', size: 8, letter: 6 }

function jobOf(recipe: RecipeInput, change: Partial<TrainingJob['config']> = {}): TrainingJob {
  return { config: configOf({ ...change, recipe: recipeOf(recipe) }), source: store.recordings, folder: folderFor('run'), openEngine: openTestEngine, codeVersion: 'test' }
}

describe('a training with another side', () => {
  test.each([['pictures', PICTURES], ['texts', TEXTS]] as const)('of %s shows its loss and distances, and leaves a model of the pen alone', async (side, recipe) => {
    const scores: EpochScore[] = []
    const { card, weights } = await train(jobOf(recipe), { epoch: (score) => scores.push(score) })
    expect(Object.keys(weights).sort()).toEqual(Object.keys(initialModel(card.network, 1).weights).sort())
    expect(scores.map(({ cross }) => Object.values(cross!).every(Number.isFinite))).toEqual([true, true])
    expect(scores.map(({ heldOutLoss }) => Number.isFinite(heldOutLoss))).toEqual([true, true])
    expect(scores.map(({ image }) => image?.losses.length)).toEqual(side === 'pictures' ? [4, undefined] : [undefined, undefined])
    expect(card.config.recipe).toEqual(recipeOf(recipe))
  })

  test('is the same to the bit when it is repeated, and when it was interrupted and resumed', async () => {
    const whole = await train(jobOf(PICTURES))
    expect((await train(jobOf(PICTURES))).weights).toEqual(whole.weights)
    const job = jobOf(PICTURES)
    const stop = new AbortController()
    let steps = 0
    await expect(train(job, { progress: () => ++steps === 2 && stop.abort() }, stop.signal)).rejects.toMatchObject({ code: 'cancelled' })
    expect((await train(job)).weights).toEqual(whole.weights)
  })

  test('changes what the pen\'s network learns', async () => {
    const plain = await train(jobOf({ kind: 'plain' }, { epochs: 1 }))
    const cross = await train(jobOf(PICTURES, { epochs: 1 }))
    expect(cross.weights['conv0.kernel']).not.toEqual(plain.weights['conv0.kernel'])
  })

  test('trains the image network along where the recipe says so', async () => {
    const { weights } = await train(jobOf({ ...PICTURES, image: { size: 'tiny', steps: 2, batchSize: 4, variants: 2, network: 'along' } }, { epochs: 1 }))
    expect(Object.keys(weights).filter((name) => name.startsWith('image.'))).toEqual([])
  })

  test('says before it begins that layers do not meet', async () => {
    await expect(train(jobOf({ ...PICTURES, projection: null }))).rejects.toThrow(/cannot be compared/)
  })

  test('can be cancelled while the image network is learning', async () => {
    const stop = new AbortController()
    stop.abort()
    await expect(train(jobOf(PICTURES), {}, stop.signal)).rejects.toMatchObject({ code: 'cancelled' })
  })
})
