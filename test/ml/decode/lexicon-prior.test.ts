import { describe, expect, it } from 'vitest'
import { createDecoder, type WordLogits } from '../../../src/main/ml/decode/decoder.ts'
import { LetterModel } from '../../../src/main/ml/decode/letter-model.ts'
import { LexiconPrior } from '../../../src/main/ml/decode/lexicon-prior.ts'
import { TrieBuilder } from '../../../src/main/ml/decode/trie.ts'

const ALPHABET = 'HMadhinusz135.,'
const signature = { task: 'ctc', classes: [...ALPHABET] } as const

function priorOf(words: Readonly<Record<string, number>>): LexiconPrior {
  const builder = new TrieBuilder(ALPHABET)
  const letters = new LetterModel(ALPHABET.length)
  for (const [word, share] of Object.entries(words)) {
    const codes = builder.add(word, share)
    if (codes) letters.add(codes)
  }
  return new LexiconPrior({ tries: [builder.finish()], letters, alphabet: ALPHABET }, { unknown: 0.05 })
}

const prior = priorOf({ und: 0.4, Hand: 0.2, Hund: 0.1, Mai: 0.1, haus: 0.1, in: 0.1 })

/** Logits of a text, with another letter that is as likely but for so much at some places. */
function saying(text: string, doubts: Record<number, [string, number]> = {}): WordLogits {
  const outputs = ALPHABET.length + 1
  const rows = [...text].flatMap((letter, at) => {
    const row = new Float32Array(outputs).fill(-4)
    row[ALPHABET.indexOf(letter) + 1] = 6
    const [other, less] = doubts[at] ?? []
    if (other !== undefined && less !== undefined) row[ALPHABET.indexOf(other) + 1] = 6 - less
    const blank = new Float32Array(outputs).fill(-4)
    blank[0] = 6
    return [row, blank]
  })
  return { values: Float32Array.from(rows.flatMap((row) => [...row])), frames: rows.length, outputs }
}

const decode = createDecoder(
  signature,
  { method: 'lexicon', beamWidth: 32, languageWeight: 0, readings: 3 },
  { lexicon: prior },
)

describe('reading with a lexicon', () => {
  it('takes the listed word where letters look alike, and the more frequent one of two', () => {
    expect(decode(saying('Hanz', { 3: ['d', 0.5] }))).toMatchObject({ text: 'Hand', inLexicon: true })
    expect(decode(saying('Hund', { 1: ['a', 0] })).text).toBe('Hand')
  })

  it('reads a word that no list has where the network is sure of it', () => {
    expect(decode(saying('Mandusi'))).toMatchObject({ text: 'Mandusi', inLexicon: false })
    expect(decode(saying('Hanz', { 3: ['d', 9] })).text).toBe('Hanz')
  })

  it('reads digits, and signs behind a word', () => {
    expect(decode(saying('13.')).text).toBe('13.')
    expect(decode(saying('Mai,'))).toMatchObject({ text: 'Mai,', inLexicon: true })
    expect(decode(saying('Maz,', { 2: ['i', 0.5] })).text).toBe('Mai,')
  })

  it('takes a word with the capital of a sentence for the word', () => {
    expect(prior.holds('Haus')).toBe(true)
    expect(prior.holds('hand')).toBe(false)
    expect(prior.holds('hauß')).toBe(false)
    expect(decode(saying('Hauz', { 3: ['s', 0.5] })).text).toBe('Haus')
  })

  it('counts as much as it is told to', () => {
    const heedless = createDecoder(
      signature,
      { method: 'lexicon', beamWidth: 32, languageWeight: 0, lexiconWeight: 0, readings: 3 },
      { lexicon: prior },
    )
    expect(heedless(saying('Hanz', { 3: ['d', 0.5] })).text).toBe('Hanz')
  })
})

describe('the probability of a beginning', () => {
  it('is never below that of what goes on with it', () => {
    const classes = Array.from({ length: ALPHABET.length }, (_, at) => at + 1)
    let state = prior.start
    for (const letter of 'Hand,') {
      const begins = prior.begins(state)
      for (const symbol of classes)
        expect(prior.begins(prior.step(state, symbol))).toBeLessThanOrEqual(begins + Math.log(1.2))
      expect(prior.ends(state)).toBeLessThanOrEqual(begins)
      state = prior.step(state, ALPHABET.indexOf(letter) + 1)
    }
  })
})
