import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Events } from '../../src/main/events.ts'
import type { StoredModel } from '../../src/main/ml/checkpoint/model.ts'
import { openEngineForModel } from '../../src/main/ml/engine/open.ts'
import { Evaluator } from '../../src/main/ml/evaluate/evaluator.ts'
import { train } from '../../src/main/ml/train/train.ts'
import type { Store } from '../../src/main/store/index.ts'
import { openTestEngine } from './open-engine.ts'
import { configOf, folderFor, smallStore } from './small-store.ts'

let store: Store
let model: StoredModel

beforeAll(async () => {
  store = smallStore(['ab', 'ba', 'aab'])
  const { card, weights, state } = await train({ config: configOf({ epochs: 1 }), source: store.recordings, folder: folderFor('evaluator'), openEngine: openTestEngine, codeVersion: 'test' })
  model = { card: { ...card, weights: { file: 'none.safetensors', bytes: 0, sha256: '0'.repeat(64) } }, weights, state }
})
afterAll(() => store.close())

describe('measuring a model', () => {
  it('tells how far it has come, and measures writers and hands apart', async () => {
    const events = new Events()
    const told: { done: number; total: number }[] = []
    events.on('models.evaluating', (at) => told.push(at))
    const evaluator = new Evaluator({ store, events, openEngine: openEngineForModel, lexiconFor: () => Promise.resolve(undefined) })
    const { recordings, byGroup } = await evaluator.evaluate(model, {})
    expect(told.at(-1)).toEqual({ done: recordings, total: recordings })
    const groups = byGroup.map(({ group }) => group)
    for (const { name, handedness } of store.writers.list()) expect(groups).toEqual(expect.arrayContaining([name, `${handedness}-handed`]))
  })

  it('stops when it is told to, and can be started again', async () => {
    const evaluator = new Evaluator({ store, events: new Events(), openEngine: openEngineForModel, lexiconFor: () => Promise.resolve(undefined) })
    const first = evaluator.evaluate(model, {})
    await expect(evaluator.evaluate(model, {})).rejects.toMatchObject({ code: 'conflict' })
    evaluator.cancel()
    await expect(first).rejects.toMatchObject({ code: 'cancelled' })
    await expect(evaluator.evaluate(model, {})).resolves.toMatchObject({ lexicon: null })
  })
})
