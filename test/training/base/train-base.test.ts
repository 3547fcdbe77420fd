import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { QUICK_RECIPE, type BaseRecipe } from '../../../src/main/training/base/recipe.ts'
import { trainBase, type BaseReport } from '../../../src/main/training/base/train-base.ts'
import { loadModel } from '../../../src/main/ml/checkpoint/model.ts'
import { findStyleEstimator } from '../../../src/main/ml/style/file.ts'
import { folderFor } from '../small-store.ts'

const RECIPE: BaseRecipe = {
  ...QUICK_RECIPE,
  writers: 6,
  leftHanded: 2,
  perWriter: 4,
  unseenWriters: 2,
  unseenPerWriter: 3,
  epochs: 1,
}

test('the base model is made in two parts, and goes on where it was broken off', async () => {
  const [workFolder, outFolder] = [folderFor('base'), folderFor('base-out')]
  const said: string[] = []
  const making = (): Promise<BaseReport> =>
    trainBase({
      recipe: RECIPE,
      workFolder,
      outFolder,
      codeVersion: 'test',
      threads: 1,
      progress: (message) => said.push(message),
    })

  const report = await making()
  const stages = said.map((message) => /^(writing|epoch|settling|looking)/.exec(message)?.[0])
  expect(stages.filter((stage, at) => stage !== stages[at - 1])).toEqual(['writing', 'epoch', 'settling', 'epoch'])
  expect(report).toMatchObject({ recordings: 6, by_group: [{ group: 'left-handed' }, { group: 'right-handed' }] })

  const finished = loadModel(report.cardPath)
  const first = loadModel(join(workFolder, 'first.json'))
  expect(finished.card).toMatchObject({
    measured: { cer: report.cer, wer: report.wer, recordings: 6 },
    trainedOn: { ids: [], heldOutIds: [], virtual: true },
  })
  expect(finished.card.trainSeconds).toBeGreaterThan(first.card.trainSeconds!)
  expect(finished.weights).not.toEqual(first.weights)
  expect(findStyleEstimator(finished.card.weights.sha256, outFolder)!.models.map(({ words }) => words)).toEqual([
    5, 10, 15,
  ])

  // Without its settling, that alone is made again, to the same weights.
  rmSync(join(workFolder, 'settling'), { recursive: true })
  said.length = 0
  const again = await making()
  expect(said.filter((message) => message.startsWith('writing'))).toEqual([])
  expect(said.filter((message) => message.startsWith('epoch'))).toHaveLength(RECIPE.settling)
  expect(loadModel(again.cardPath).weights).toEqual(finished.weights)
})

test('it stops when it is asked to', async () => {
  await expect(
    trainBase({
      recipe: RECIPE,
      workFolder: folderFor('base'),
      outFolder: folderFor('base-out'),
      codeVersion: 'test',
      threads: 1,
      signal: AbortSignal.abort(new Error('enough')),
    }),
  ).rejects.toThrow('enough')
})
