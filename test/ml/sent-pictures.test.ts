import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dropUnusedPictures, sentPictures } from '../../src/main/training/queue/sent-pictures.ts'
import type { TrainingConfig } from '../../src/shared/api/training.ts'
import { newStore, temporaryFolder } from '../store/fixtures.ts'

const config = (folder: string) =>
  ({
    name: 'pairs',
    recipe: { kind: 'cross-modal', pictures: { from: 'folder', folder } },
  }) as unknown as TrainingConfig

test('pictures that were sent for a training stay as long as the training is known, and others go', () => {
  const store = newStore(join(temporaryFolder(), 'pens.db'))
  dropUnusedPictures(store)
  const folders = ['used', 'within', 'left'].map((name) => join(sentPictures(store), name, 'words'))
  for (const folder of folders) mkdirSync(folder, { recursive: true })
  store.runs.create(config(folders[0]!))
  const within = store.runs.create(config(join(folders[1]!, 'pens')))
  dropUnusedPictures(store)
  expect(readdirSync(sentPictures(store)).sort()).toEqual(['used', 'within'])
  store.runs.delete(within.id)
  dropUnusedPictures(store)
  expect(readdirSync(sentPictures(store))).toEqual(['used'])
})
