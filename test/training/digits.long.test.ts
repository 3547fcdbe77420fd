import { afterAll, describe, expect, it } from 'vitest'
import { train } from '../../src/main/training/train.ts'
import { digitsFound, digitsStore } from './digits-store.ts'
import { openTestEngine } from '../ml/open-engine.ts'
import { configOf, folderFor } from './small-store.ts'

describe.skipIf(!digitsFound)(
  'on real digits (skipped: real recordings not found, where ../shared/data is missing)',
  () => {
    const store = digitsFound ? digitsStore() : null
    afterAll(() => store?.close())

    it('the smallest network reads at least 98 of 100 that it never saw', async () => {
      const config = configOf({
        task: 'classes',
        split: { by: 'recording', heldOut: 0.2 },
        rateHz: 60,
        epochs: 40,
        batchSize: 32,
        learningRate: 0.01,
        warmupEpochs: 2,
        augment: true,
        augmentations: ['tempo', 'scale', 'noise', 'warp'],
        // One writer in one sitting holds the pen alike: what is tested is the network, not the turning by gravity.
        pose: 'as held',
      })
      const { card } = await train({
        config,
        source: store!.recordings,
        folder: folderFor('digits'),
        openEngine: openTestEngine,
        codeVersion: 'test',
      })
      expect(card.trainedOn.recordings + card.scores!.recordings).toBe(745)
      expect(card.preprocessing.normalisation.by).toBe('training set')
      expect(card.scores!.accuracy).toBeGreaterThanOrEqual(0.98)
    })
  },
)
