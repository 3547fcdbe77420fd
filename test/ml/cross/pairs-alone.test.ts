import { describe, expect, test } from 'vitest'
import { recipeOf, type RecipeInput } from '../../../src/shared/api/recipe.ts'
import { fit } from '../../../src/main/experiments/fit.ts'
import { fieldImages, sinusoids } from '../../../src/main/experiments/synthetic/signals.ts'
import { batchOf } from '../../../src/main/ml/batches/batches.ts'
import type { ImageNetworkCache } from '../../../src/main/training/auxiliary/network.ts'
import type { CrossModalConfig } from '../../../src/main/ml/cross/program.ts'
import { KeyedRandom } from '../../../src/main/random/keyed.ts'
import type { Example, ModelSignature } from '../../../src/main/ml/data/types.ts'
import { openEngineFor } from '../../../src/main/ml/programs/open-engine.ts'
import { imageConfig } from '../../../src/main/ml/image/config.ts'
import { namedConfig } from '../../../src/main/ml/models/index.ts'

const CLASSES = ['0', '3', '6', '9']
const signature: ModelSignature = {
  task: 'classes',
  channels: ['signal'],
  rateHz: 96,
  classes: CLASSES,
  minimumFrames: 16,
}
const model = {
  ...namedConfig('small', { channels: 1, classes: 4, head: 'class' }),
  dense: 12,
} as CrossModalConfig['pen']
const openEngine = openEngineFor({ backend: 'wasm', threads: 1 })

const series = (seed: number): Example[] => sinusoids(16, 0.3, seed).filter(({ label }) => CLASSES.includes(label))

/** The image network learns the same in every test: its pictures alone. */
const imageCache: ImageNetworkCache = new Map()

/**
 * Trains on targets that say nothing, and reads held-out series by the picture that lies nearest to them: the share
 * read right.
 */
async function nearestPicture(loss: Partial<Extract<RecipeInput, { kind: 'cross-modal' }>>): Promise<number> {
  const random = new KeyedRandom(5)
  const train = series(1).map((example) => ({ ...example, target: [random.below(CLASSES.length)] }))
  const heldOut = series(2)
  const recipe = recipeOf({
    kind: 'cross-modal',
    image: { size: 'tiny', steps: 80, batchSize: 24, learningRate: 0.01, variants: 8 },
    loss: 'triplet',
    distance: 'cosine',
    margin: { kind: 'fixed', value: 1 },
    penLayer: 'dense',
    projection: null,
    ...loss,
  })
  const fitted = await fit(
    {
      model,
      recipe,
      epochs: 14,
      batchSize: 16,
      learningRate: 0.01,
      weightDecay: 0.01,
      warmupEpochs: 1,
      augmentations: [],
      seed: 1,
    },
    { signature, train, heldOut, source: fieldImages(0.1, 16), openEngine, imageCache },
  )
  const embeddings = [...imageCache.values()][0]!.embeddings!
  const config: CrossModalConfig = {
    pen: model,
    penLayer: 'dense',
    image: imageConfig('tiny', { classes: 4, head: 'class', height: 16 }),
    imageLayer: 'features',
    imageNetwork: 'frozen',
    projection: null,
    loss: 'triplet',
    distance: 'cosine',
  }
  const { engine } = await openEngine({ name: 'cross-modal', config }, fitted)
  const { outputs } = await engine.predict(batchOf(heldOut, signature), { layers: ['embedding'] })
  await engine.dispose()
  const { values } = outputs['embedding']!
  const right = heldOut.filter(({ label }, row) => {
    const own = values.subarray(row * 12, (row + 1) * 12)
    const scores = CLASSES.map((name) =>
      embeddings.get(name)!.reduce((sum, picture) => sum + cosine(own, picture.values), 0),
    )
    return CLASSES[scores.indexOf(Math.max(...scores))] === label
  })
  return right.length / heldOut.length
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array): number => x.reduce((sum, value, i) => sum + value * y[i]!, 0)
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b) + 1e-12)
}

describe('where the pairs of series and picture carry the only information', () => {
  test('a triplet loss learns it: the nearest picture names the class of series never seen', async () => {
    // All other classes at once: of four, the schedule would soon leave the one that is likest.
    expect(await nearestPicture({ negatives: 'any', negativesEach: 3 })).toBeGreaterThan(0.9)
  })

  test('without weight on the cross-modal loss there is nothing to learn', async () => {
    expect(await nearestPicture({ negatives: 'any', negativesEach: 3, weight: 0 })).toBeLessThan(0.6)
  })
})
