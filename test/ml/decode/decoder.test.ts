import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDecoder, type DecoderSettings, type WordLogits } from '../../../src/main/ml/decode/decoder.ts'
import { buildTrie } from '../../../src/main/ml/decode/trie.ts'

const ALPHABET = [...'abcdeäA']
const signature = { task: 'ctc', classes: ALPHABET } as const
const settings: DecoderSettings = { method: 'greedy', beamWidth: 32, languageWeight: 0.4, readings: 4 }

/** Logits that say a text, letter by letter with a blank between, with doubts at some letters. */
function saying(text: string, doubts: Record<number, string> = {}): WordLogits {
  const outputs = ALPHABET.length + 1
  const rows = [...text].flatMap((letter, at) => {
    const row = new Float32Array(outputs).fill(-4)
    row[ALPHABET.indexOf(letter) + 1] = 4
    for (const other of doubts[at] ?? '') row[ALPHABET.indexOf(other) + 1] = 3.8
    const blank = new Float32Array(outputs).fill(-4)
    blank[0] = 4
    return [row, blank]
  })
  return { values: Float32Array.from(rows.flatMap((row) => [...row])), frames: rows.length, outputs }
}

describe('a decoder', () => {
  it('reads the same clear word whatever the method', () => {
    const lexicon = buildTrie(['abc', 'äbcd'], ALPHABET.join(''))
    for (const method of ['greedy', 'beam', 'lexicon'] as const) {
      const { text, confidence, calibrated } = createDecoder(
        signature,
        { ...settings, method },
        { lexicon },
      )(saying('äbcd'))
      expect(text).toBe('äbcd')
      expect(confidence).toBeGreaterThan(0.9)
      expect(calibrated).toBe(false)
    }
  })

  it('tells what else a doubtful word could be, best first', () => {
    const { text, readings } = createDecoder(signature, settings)(saying('abc', { 1: 'd' }))
    expect(text).toBe('abc')
    expect(readings.slice(0, 2).map((reading) => reading.text)).toEqual(['abc', 'adc'])
  })

  it('is held by the lexicon, and is not sure of a word that the network did not see', () => {
    const lexicon = buildTrie(['abc'], ALPHABET.join(''))
    const inside = createDecoder(signature, { ...settings, method: 'lexicon' }, { lexicon })
    expect(inside(saying('adc', { 1: 'b' }))).toMatchObject({ text: 'abc', inLexicon: true })
    expect(inside(saying('ede')).confidence).toBeLessThan(0.3)
  })

  it('never lets readings claim more than certainty together, nor an alternative more than the best', () => {
    const lexicon = buildTrie(['ab', 'ba', 'ädd', 'cab', 'e'], ALPHABET.join(''))
    const logits = fc.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: 8, maxLength: 80 })
    fc.assert(
      fc.property(logits, fc.constantFrom('greedy', 'beam', 'lexicon'), (values, method) => {
        const frames = Math.floor(values.length / 8)
        const { readings, confidence } = createDecoder(
          signature,
          { ...settings, method },
          { lexicon },
        )({ values: Float32Array.from(values.slice(0, frames * 8)), frames, outputs: 8 })
        expect(readings.length).toBeLessThanOrEqual(settings.readings)
        expect(new Set(readings.map(({ text }) => text)).size).toBe(readings.length)
        expect(readings.reduce((sum, reading) => sum + reading.confidence, 0)).toBeLessThanOrEqual(1 + 1e-6)
        for (const reading of readings) expect(reading.confidence).toBeLessThanOrEqual(confidence + 1e-9)
      }),
    )
  })

  it('says what its confidence is worth where that was measured', () => {
    const calibration = { greedy: { confidence: [0, 1], share: [0.1, 0.6] } }
    const { confidence, calibrated, rawConfidence } = createDecoder(signature, settings, { calibration })(saying('abc'))
    expect(rawConfidence).toBeGreaterThan(0.9)
    expect(confidence).toBeLessThanOrEqual(0.6)
    expect(calibrated).toBe(true)
  })

  it('ranks single labels by their probability', () => {
    const digits = { task: 'classes', classes: ['null', 'eins', 'zwei'] } as const
    const { readings } = createDecoder(
      digits,
      settings,
    )({ values: Float32Array.from([0, 2, 1]), frames: 1, outputs: 3 })
    expect(readings.map(({ text }) => text)).toEqual(['eins', 'zwei', 'null'])
    expect(readings.reduce((sum, { confidence }) => sum + confidence, 0)).toBeCloseTo(1, 5)
  })
})
