import { expect, test } from 'vitest'
import { planOrder } from '../../src/main/adaptation/order.ts'
import { materialOf } from '../../src/main/training/fine-tuning/material.ts'
import { practise } from '../../src/main/training/fine-tuning/pre-train.ts'
import { virtualRehearsalBuffer } from '../../src/main/training/fine-tuning/rehearsal-buffer.ts'
import { signatureOf, loadModel } from '../../src/main/ml/checkpoint/model.ts'
import type { Example } from '../../src/main/ml/data/types.ts'
import { evaluation, readExamples } from '../../src/main/training/evaluation/evaluate.ts'
import { timeReduction } from '../../src/main/ml/models/index.ts'
import { findStyleEstimator } from '../../src/main/ml/style/file.ts'
import { resource } from '../../src/main/files/paths.ts'
import { virtualWords500 } from '../../src/main/corpus/benchmark.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'
import type { AdaptationOrder } from '../../src/shared/api/adaptation.ts'
import { openTestEngine } from '../ml/open-engine.ts'
import { exampleOf, virtualStore, WRITTEN } from './virtual-writer.ts'

const writer = drawWriter(963_001)

test('synthetic writers are practised on where the style can be estimated, unless the order says no', () => {
  const store = virtualStore(writer)
  const base = loadModel(resource('models', 'base.json'))
  const one = store.writers.list()[0]!
  const materialFor = (synthetic: Pick<AdaptationOrder, 'synthetic'>) => {
    const order: AdaptationOrder = {
      writerId: one.id,
      modelId: 1,
      recipe: 'all',
      loss: { kind: 'plain' },
      leaveOut: [],
      seed: 1,
      ...synthetic,
    }
    const { config } = planOrder(store.recordings, order, one, { id: 1, model: base })
    return materialOf({
      config: { ...config, adapt: config.adapt! },
      base,
      source: store.recordings,
      folder: '',
      openEngine: openTestEngine,
      codeVersion: 'test',
    })
  }
  expect(materialFor({}).styleEstimator).toEqual(findStyleEstimator(base.card.weights.sha256))
  expect(materialFor({ synthetic: false }).styleEstimator).toBeNull()
  store.close()
})

test('practising on synthetic writers of a writer makes a model read that writer’s other words better', async () => {
  const base = loadModel(resource('models', 'base.json'))
  const signature = { ...signatureOf(base.card), reduction: timeReduction(base.card.network) }
  // A hand that the base model reads badly, so that there is something to gain.
  const hard = drawWriter(963_028, { handedness: 'left', spread: 1.25 })
  const written = (text: string, id: number): Example => exampleOf(hard, text, id, signature)
  const kept = virtualWords500().words.flatMap(({ text, fold }) => (fold === 0 ? [text] : []))
  const others = kept.slice(0, 40).map((text, at) => written(text, 100 + at))
  const { engine } = await openTestEngine({ name: 'recogniser', config: { model: base.card.network } }, base)
  try {
    const cer = async (): Promise<number> =>
      evaluation((await readExamples(engine, signature, others, { batchSize: 20 })).readings, () => []).cer
    const before = await cer()
    const config = {
      epochs: 24,
      batchSize: 16,
      learningRate: 1e-3,
      weightDecay: 0,
      warmupEpochs: 1,
      augmentations: [],
      seed: 1,
    }
    const synthetic = await practise(engine, WRITTEN.map(written), config, {
      signature,
      reader: findStyleEstimator(base.card.weights.sha256)!,
      rehearsalBuffer: virtualRehearsalBuffer(signature, 200),
      frozen: [],
    })
    expect(synthetic).toHaveLength(900)
    expect(synthetic.flatMap(({ label }) => (kept.includes(label) ? [label] : []))).toEqual([])
    expect(await cer()).toBeLessThan(before)
  } finally {
    await engine.dispose()
  }
})
