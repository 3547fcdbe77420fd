import { describe, expect, it } from 'vitest'
import { createDecoder } from '../../src/main/ml/decode/decoder.ts'
import { buildTrie, holdsWord } from '../../src/main/ml/decode/trie.ts'
import { modelOf } from '../../src/main/ml/checkpoint/model.ts'
import { reliabilityOf } from '../../src/main/training/evaluation/confidence-calibration.ts'
import { evaluateStored } from '../../src/main/training/evaluation/stored.ts'
import { train } from '../../src/main/training/train.ts'
import { openTestEngine } from '../ml/open-engine.ts'
import { configOf, folderFor, smallStore } from './small-store.ts'

const LABELS = ['ab', 'ba', 'abb', 'baa', 'aba', 'bab']

describe('the end of a training', () => {
  it('measures on held-out words what the confidence is worth, and figures with a lexicon stay apart', async () => {
    const store = smallStore(LABELS, 12)
    const config = configOf({ epochs: 6, split: { by: 'writer', heldOut: 0.5 } })
    const { card, weights, state } = await train({
      config,
      source: store.recordings,
      folder: folderFor('calibrated'),
      openEngine: openTestEngine,
      codeVersion: 'test',
    })
    const { reliability } = modelOf({ ...card, weights: { file: 'x', bytes: 0, sha256: '' } }, null)
    expect(reliability).toMatchObject({ words: 36 })
    expect(reliability!.shown.bins.reduce((sum, { words }) => sum + words, 0)).toBe(36)
    expect(Object.keys(card.calibration!.maps)).toEqual(['greedy', 'beam', 'lexicon'])

    const { engine } = await openTestEngine({ name: 'recogniser', config: { model: card.network } }, { weights, state })
    const trie = buildTrie(LABELS.slice(0, 4), 'ab', { capitals: false })
    const decode = createDecoder(
      { task: 'ctc', classes: ['a', 'b'] },
      { method: 'lexicon', beamWidth: 16, languageWeight: 0, readings: 1 },
      { lexicon: trie },
    )
    const model = { card: { ...card, weights: { file: 'x', bytes: 0, sha256: '' } }, weights, state }
    const plain = await evaluateStored(store.recordings, model, engine, {})
    const both = await evaluateStored(
      store.recordings,
      model,
      engine,
      {},
      { lexicon: { words: trie.words, holds: (word) => holdsWord(trie, word, ['a', 'b']), decode } },
    )
    expect(plain.lexicon).toBeNull()
    const apart = both.readings.map(({ decoded, ...reading }) => ({ ...reading, text: decoded!.text }))
    expect({ ...both, lexicon: null, readings: apart }).toEqual({
      ...plain,
      readings: plain.readings.map((reading, at) => ({ ...reading, text: apart[at]!.text })),
    })
    expect(both.lexicon).toMatchObject({ words: 4, unknown: 24 })
    expect(both.lexicon!.accuracy).toBeLessThanOrEqual(48 / 72)
    await engine.dispose()
    store.close()
  })
})

describe('reliability', () => {
  it('is measured on words that the map was not fitted to', () => {
    const words = Array.from({ length: 400 }, (_, i) => ({
      confidence: 0.9 + (i % 10) / 100,
      right: (i * 0.618) % 1 < 0.5,
    }))
    const { raw, shown } = reliabilityOf(words)
    expect(raw.error).toBeGreaterThan(0.4)
    expect(shown.error).toBeLessThan(0.1)
  })
})
