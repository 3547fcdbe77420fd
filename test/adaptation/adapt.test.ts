import { describe, expect, it } from 'vitest'
import type { AdaptationOrder } from '../../src/shared/api/adaptation.ts'
import { planOrder } from '../../src/main/adaptation/order.ts'
import { adapt } from '../../src/main/training/fine-tuning/adapt.ts'
import type { AdaptationJob } from '../../src/main/training/fine-tuning/types.ts'
import { openTestEngine } from '../ml/open-engine.ts'
import { folderFor } from '../training/small-store.ts'
import { addGeneralModel, modelIn, TURNED, WORDS, writersStore, type Words } from './writers.ts'

const words = writersStore()
const modelId = await addGeneralModel(words)

function jobOf({ store }: Words, change: Partial<AdaptationOrder> & { epochs?: number } = {}): AdaptationJob {
  const { epochs, ...order } = change
  const writer = store.writers.find(TURNED)!
  const base = modelIn(store, modelId)
  const full: AdaptationOrder = {
    writerId: writer.id,
    modelId,
    recipe: 'all',
    loss: { kind: 'plain' },
    leaveOut: [],
    seed: 1,
    ...order,
  }
  const { config } = planOrder(store.recordings, full, writer, { id: modelId, model: base })
  // The network is tiny, and far from what it is to learn: it takes larger steps than a real one, and more of them.
  return {
    config: { ...config, learningRate: 0.01, batchSize: 6, epochs: epochs ?? 60, adapt: config.adapt! },
    base,
    source: store.recordings,
    folder: folderFor('adapting'),
    openEngine: openTestEngine,
    codeVersion: 'test',
  }
}

describe('an adaptation', () => {
  it('teaches a model a hand that it could not read, measured on words left out in turn, without forgetting others', async () => {
    const { report, card } = await adapt(jobOf(words, { epochs: 40 }))
    expect(report.own).toMatchObject({ how: 'cross-validated', folds: 4, words: WORDS.length, writers: 1 })
    expect(report.own.cer.before.value).toBeGreaterThan(0.3)
    expect(report.own.cer.after.value).toBeLessThan(report.own.cer.before.value / 2)
    expect(report.own.cer.change.high).toBeLessThan(0)
    expect(report.others).toMatchObject({ kind: 'recorded', writers: 2 })
    expect(report.others!.cer.change.value).toBeLessThan(0.05)
    expect(report.better.length + report.worse.length + report.same).toBe(WORDS.length)
    expect(report.better[0]!.before).not.toBe(report.better[0]!.label)
    expect(card.trainedOn.ids).toEqual(expect.arrayContaining(words.ids[TURNED]!))
    expect(card.scores).toMatchObject({ cer: report.own.cer.after.value, recordings: WORDS.length })
  })

  it('never rehearses a word of others that it is measured on', async () => {
    const { card, report } = await adapt(jobOf(words, { epochs: 1 }))
    expect(report.rehearsalBuffer.words).toBeGreaterThan(0)
    expect(card.trainedOn.ids.filter((id) => card.trainedOn.heldOutIds.includes(id))).toEqual([])
  })
})
