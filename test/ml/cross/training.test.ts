import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { recipeOf, type RecipeInput } from '../../../src/shared/api/recipe.ts'
import type { EpochScore } from '../../../src/shared/api/training.ts'
import { train } from '../../../src/main/training/train.ts'
import type { Trained, TrainingJob } from '../../../src/main/training/types.ts'
import type { WeightsFile } from '../../../src/main/ml/checkpoint/card.ts'
import { readWeights } from '../../../src/main/ml/checkpoint/weights.ts'
import { readEmbedding } from '../../../src/main/ml/embedding/file.ts'
import type { NamedArrays } from '../../../src/main/compute/engine/types.ts'
import { initialModel } from '../../../src/main/ml/models/index.ts'
import { openTestEngine } from '../open-engine.ts'
import { configOf, folderFor, smallStore } from '../../training/small-store.ts'

const store = smallStore(['ab', 'ba', 'aab', 'bba'], 2)
afterAll(() => store.close())

const PICTURES: RecipeInput = {
  kind: 'cross-modal',
  image: { size: 'tiny', steps: 4, batchSize: 4, variants: 2 },
  projection: 8,
}
const TEXTS: RecipeInput = { kind: 'contrastive', size: 8, letter: 6 }

function jobOf(recipe: RecipeInput, change: Partial<TrainingJob['config']> = {}): TrainingJob {
  return {
    config: configOf({ ...change, recipe: recipeOf(recipe) }),
    source: store.recordings,
    folder: folderFor('run'),
    openEngine: openTestEngine,
    codeVersion: 'test',
  }
}

/**
 * Stops a training after two steps and lets it go on to its end. The image network must not be trained a second time.
 */
async function interruptedAndResumed(recipe: RecipeInput): Promise<{ folder: string; trained: Trained }> {
  const job = jobOf(recipe)
  const stop = new AbortController()
  let steps = 0
  await expect(train(job, { progress: () => ++steps === 2 && stop.abort() }, stop.signal)).rejects.toMatchObject({
    code: 'cancelled',
  })
  const before = readFileSync(join(job.folder, 'image-network.json'))
  const written = statSync(join(job.folder, 'image-network.json')).mtimeMs
  const trained = await train(job)
  expect(statSync(join(job.folder, 'image-network.json')).mtimeMs).toBe(written)
  expect(readFileSync(join(job.folder, 'image-network.json'))).toEqual(before)
  return { folder: job.folder, trained }
}

const weightsFileOf = (path: string): WeightsFile =>
  (JSON.parse(readFileSync(path, 'utf8')) as { weights: WeightsFile }).weights

/** A training towards pictures that went through, for what is compared with it. */
let pictures: { job: TrainingJob; trained: Trained } | undefined

async function withPictures(): Promise<{ job: TrainingJob; trained: Trained }> {
  if (pictures) return pictures
  const job = jobOf(PICTURES)
  return (pictures = { job, trained: await train(job) })
}

describe('a training with another side', () => {
  test.each([
    ['pictures', PICTURES],
    ['texts', TEXTS],
  ] as const)('of %s shows its loss and distances, and leaves a model of the pen alone', async (side, recipe) => {
    const scores: EpochScore[] = []
    const job = jobOf(recipe)
    const trained = await train(job, { epoch: (score) => scores.push(score) })
    if (side === 'pictures') pictures = { job, trained }
    const { card, weights } = trained
    expect(Object.keys(weights).sort()).toEqual(Object.keys(initialModel(card.network, 1).weights).sort())
    expect(scores.map(({ cross }) => Object.values(cross!).every(Number.isFinite))).toEqual([true, true])
    expect(scores.map(({ heldOutLoss }) => Number.isFinite(heldOutLoss))).toEqual([true, true])
    expect(scores.map(({ image }) => image?.losses.length)).toEqual(
      side === 'pictures' ? [4, undefined] : [undefined, undefined],
    )
    expect(card.config.recipe).toEqual(recipeOf(recipe))
  })

  test('is the same to the bit when it is repeated, and when it was interrupted and resumed', async () => {
    const { job, trained: whole } = await withPictures()
    const again = jobOf(PICTURES)
    expect((await train(again)).weights).toEqual(whole.weights)
    const resumed = await interruptedAndResumed(PICTURES)
    expect(resumed.trained.weights).toEqual(whole.weights)
    expect([readEmbedding(again.folder), readEmbedding(resumed.folder)]).toEqual([
      readEmbedding(job.folder),
      readEmbedding(job.folder),
    ])
  })

  test('that trains the image network along is the same to the bit when it was interrupted and resumed, and keeps that network beside its checkpoint', async () => {
    const recipe: RecipeInput = {
      ...PICTURES,
      image: { size: 'tiny', steps: 2, batchSize: 4, variants: 2, network: 'along' },
    }
    const job = jobOf(recipe)
    const whole = await train(job)
    expect(Object.keys(whole.weights).filter((name) => name.startsWith('image.'))).toEqual([])
    const resumed = await interruptedAndResumed(recipe)
    expect(resumed.trained.weights).toEqual(whole.weights)
    const kept = (folder: string, name: string): NamedArrays => ({
      ...readWeights(join(folder, `${name}.json`), weightsFileOf(join(folder, `${name}.json`)))['image'],
    })
    expect(kept(resumed.folder, 'image-network-along')).toEqual(kept(job.folder, 'image-network-along'))
    expect(kept(job.folder, 'image-network-along')['features.weight']).not.toEqual(
      kept(job.folder, 'image-network')['features.weight'],
    )
  })

  test("changes what the pen's network learns", async () => {
    const plain = await train(jobOf({ kind: 'plain' }))
    const { trained: cross } = await withPictures()
    expect(cross.weights['conv0.kernel']).not.toEqual(plain.weights['conv0.kernel'])
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
