import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fieldImages } from '../../../src/main/experiments/synthetic/signals.ts'
import { prepareAuxiliary } from '../../../src/main/training/auxiliary/network.ts'
import { openEngineFor } from '../../../src/main/ml/programs/open-engine.ts'
import { ImageNetworkStorage } from '../../../src/main/ml/image/checkpoint.ts'
import { namedConfig } from '../../../src/main/ml/models/index.ts'
import { recipeOf } from '../../../src/shared/api/recipe.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'images-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const recipe = recipeOf({
  kind: 'cross-modal',
  image: { size: 'tiny', steps: 5, batchSize: 4, variants: 1 },
  penLayer: 'dense',
  projection: 8,
})
if (recipe.kind !== 'cross-modal') throw new Error('not the recipe that is tested')
const material = {
  pen: namedConfig('small', { channels: 1, classes: 4, head: 'class' }),
  signature: {
    task: 'classes' as const,
    channels: ['signal'],
    rateHz: 96,
    classes: ['0', '3', '6', '9'],
    minimumFrames: 16,
  },
  source: fieldImages(0.1, 16),
  openEngine: openEngineFor({ backend: 'wasm', threads: 1 }),
  drawn: { labels: ['0', '3', '6', '9'], seed: 7 },
}

test('an image network that learned from drawn labels serves trainings with other labels and seeds', async () => {
  let steps = 0
  const prepared = (labels: string[], seed: number, drawn = material.drawn) =>
    prepareAuxiliary(recipe, {
      ...material,
      labels,
      seed,
      drawn,
      keeper: new ImageNetworkStorage(folder),
      progress: () => void steps++,
    })
  const first = await prepared(['0', '3'], 1)
  expect(steps).toBe(5)
  const second = await prepared(['6', '9'], 2)
  expect([steps, second.image]).toEqual([5, first.image])
  // What is paired with is still of the recordings' own labels.
  expect(() => second.others(['6'], 1)).not.toThrow()
  await prepared(['6', '9'], 2, { ...material.drawn, seed: 8 })
  expect(steps).toBe(10)
})
