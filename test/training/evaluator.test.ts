import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Events } from '../../src/main/process/events.ts'
import { modelOf, type StoredModel } from '../../src/main/ml/checkpoint/model.ts'
import { openEngineForModel } from '../../src/main/ml/programs/open-engine.ts'
import { trainedOnBy } from '../../src/main/training/evaluation/trained-on.ts'
import { Evaluator } from '../../src/main/training/evaluation/evaluator.ts'
import { train } from '../../src/main/training/train.ts'
import type { Store } from '../../src/main/store/index.ts'
import { rangesOf } from '../../src/shared/id-ranges.ts'
import { openTestEngine } from '../ml/open-engine.ts'
import { configOf, folderFor, smallStore } from './small-store.ts'

let store: Store
let model: StoredModel

beforeAll(async () => {
  store = smallStore(['ab', 'ba', 'aab'])
  const { card, weights, state } = await train({
    config: configOf({ epochs: 1 }),
    source: store.recordings,
    folder: folderFor('evaluator'),
    openEngine: openTestEngine,
    codeVersion: 'test',
  })
  model = { card: { ...card, weights: { file: 'none.safetensors', bytes: 0, sha256: '0'.repeat(64) } }, weights, state }
})
afterAll(() => store.close())

describe('measuring a model', () => {
  it('tells how far it has come, and measures writers and hands apart', async () => {
    const events = new Events()
    const told: { done: number; total: number }[] = []
    events.on('models.evaluating', (at) => told.push(at))
    const evaluator = new Evaluator({
      store,
      events,
      openEngine: openEngineForModel,
      lexiconFor: () => Promise.resolve(undefined),
    })
    const { recordings, byGroup } = (await evaluator.evaluate(model, {}, 'all')).evaluation
    expect(told.at(-1)).toEqual({ done: recordings, total: recordings })
    const groups = byGroup.map(({ group }) => group)
    for (const { name, handedness } of store.writers.list())
      expect(groups).toEqual(expect.arrayContaining([name, `${handedness}-handed`]))
  })

  it('counts only what the model did not learn from, unless all is asked for, and says which was which', async () => {
    const evaluator = new Evaluator({
      store,
      events: new Events(),
      openEngine: openEngineForModel,
      lexiconFor: () => Promise.resolve(undefined),
    })
    const { ids, heldOutIds } = model.card.trainedOn
    const { evaluation, readings } = await evaluator.evaluate(model, {})
    expect(readings.map(({ example }) => example.id).sort((a, b) => a - b)).toEqual(
      [...heldOutIds].sort((a, b) => a - b),
    )
    expect(evaluation).toMatchObject({
      on: 'unseen',
      recordings: heldOutIds.length,
      learned: 0,
      leftOut: ids.length,
      parentKnown: true,
    })
    // Held back were single recordings: the model knows everybody's hand.
    expect(evaluation.byGroup.filter(({ writerId }) => writerId !== null).every(({ known }) => known)).toBe(true)
    const all = (await evaluator.evaluate(model, {}, 'all')).evaluation
    expect(all).toMatchObject({
      on: 'all',
      recordings: ids.length + heldOutIds.length,
      learned: ids.length,
      leftOut: 0,
    })
    const byId = store.recordings.byIds([...ids, ...heldOutIds])
    for (const { writerId, ids: named, recordings } of all.byGroup) {
      if (writerId !== null)
        expect([named, recordings]).toEqual([
          rangesOf(byId.filter((recording) => recording.writerId === writerId).map(({ id }) => id)),
          recordings,
        ])
    }
  })

  it('says so where the model learned from all there is', async () => {
    const evaluator = new Evaluator({
      store,
      events: new Events(),
      openEngine: openEngineForModel,
      lexiconFor: () => Promise.resolve(undefined),
    })
    const learned = {
      ...model,
      card: {
        ...model.card,
        trainedOn: { ...model.card.trainedOn, ids: [...model.card.trainedOn.ids, ...model.card.trainedOn.heldOutIds] },
      },
    }
    await expect(evaluator.evaluate(learned, {})).rejects.toMatchObject({
      code: 'not-found',
      message: 'The model learned from all 9 of the recordings that it could be measured on.',
    })
  })

  it('takes both halves of what was cut since for learned, and tells that a model before it is gone', async () => {
    const cut = smallStore(['abab'], 2)
    const [first, second] = [...cut.recordings.each({})]
    const half = cut.edits.split(first!.id, 48, ['ab', 'ab'], () => null)
    const learned = {
      ...model.card,
      config: { ...model.card.config, startFrom: 99 },
      trainedOn: { ...model.card.trainedOn, ids: [first!.id], heldOutIds: [] },
    }
    const { ids, whole } = trainedOnBy(cut, learned)
    expect([first!.id, half, second!.id].map((id) => ids.has(id))).toEqual([true, true, false])
    expect(whole).toBe(false)
    cut.close()
  })

  it('keeps what was measured with the model, and lets go of it with a writer or the model', () => {
    const modelId = store.models.create({ ...modelOf(model.card, null), files: [] }).id
    const row = {
      group: 'w1',
      writerId: 1,
      known: false,
      cer: 0,
      wer: 0,
      accuracy: 1,
      recordings: 1,
      ids: '1',
      wrong: '',
    }
    const kept = {
      at: 1,
      on: 'all' as const,
      filter: {},
      cer: 0,
      wer: 0,
      accuracy: 1,
      recordings: 1,
      learned: 0,
      leftOut: 0,
      parentKnown: true,
      byGroup: [row],
      lexicon: null,
    }
    const { evaluations } = store
    evaluations.keep(modelId, kept)
    evaluations.keep(modelId, { ...kept, at: 2, byGroup: [{ ...row, writerId: 2 }] })
    expect(evaluations.of(modelId).map(({ at }) => at)).toEqual([2, 1])
    evaluations.forgetWriter(2)
    expect(evaluations.of(modelId).map(({ at }) => at)).toEqual([1])
    evaluations.forget(modelId)
    expect(evaluations.of(modelId)).toEqual([])
  })

  it('stops when it is told to, and can be started again', async () => {
    const evaluator = new Evaluator({
      store,
      events: new Events(),
      openEngine: openEngineForModel,
      lexiconFor: () => Promise.resolve(undefined),
    })
    const first = evaluator.evaluate(model, {})
    await expect(evaluator.evaluate(model, {})).rejects.toMatchObject({ code: 'conflict' })
    evaluator.cancel()
    await expect(first).rejects.toMatchObject({ code: 'cancelled' })
    await expect(evaluator.evaluate(model, {})).resolves.toMatchObject({ evaluation: { lexicon: null } })
  })
})
