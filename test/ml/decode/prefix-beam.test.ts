import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countLetters, languageModel } from '../../../src/main/ml/decode/language-model.ts'
import { prefixBeamSearch } from '../../../src/main/ml/decode/prefix-beam.ts'
import { buildTrie } from '../../../src/main/ml/decode/trie.ts'

/** Rows of probabilities, blank first, as the flat log probabilities that a network gives. */
function logs(rows: number[][]): Float32Array {
  return Float32Array.from(rows.flat(), Math.log)
}

/** The probability of every text, by walking all paths: the definition of CTC. */
function allTexts(rows: number[][], alphabet: string): Map<string, number> {
  const texts = new Map<string, number>()
  const walk = (frame: number, text: string, last: number, p: number): void => {
    if (frame === rows.length) {
      texts.set(text, (texts.get(text) ?? 0) + p)
      return
    }
    rows[frame]!.forEach((q, symbol) => {
      walk(frame + 1, symbol === 0 || symbol === last ? text : text + alphabet[symbol - 1], symbol, p * q)
    })
  }
  walk(0, '', 0, 1)
  return texts
}

const rowsOf = (classes: number) =>
  fc.array(
    fc.array(fc.integer({ min: 1, max: 100 }), { minLength: classes, maxLength: classes }).map((weights) => {
      const sum = weights.reduce((a, b) => a + b, 0)
      return weights.map((weight) => weight / sum)
    }),
    { minLength: 1, maxLength: 6 },
  )

describe('prefix beam search', () => {
  it('sums over all paths of a text, where greedy reading follows only one', () => {
    // The best single path is all blanks (0.36), yet "a" has more mass over its paths (0.64).
    const [best] = prefixBeamSearch(
      logs([
        [0.6, 0.4],
        [0.6, 0.4],
      ]),
      2,
      'a',
    )
    expect(best!.text).toBe('a')
    expect(Math.exp(best!.logProbability)).toBeCloseTo(0.64, 5)
  })

  it('gives the exact probability of every text when the beam holds them all', () => {
    fc.assert(
      fc.property(rowsOf(3), (rows) => {
        const expected = allTexts(rows, 'ab')
        const found = prefixBeamSearch(logs(rows), 3, 'ab', { width: 1000, best: 1000 })
        expect(found.length).toBe(expected.size)
        for (const { text, logProbability } of found)
          expect(Math.exp(logProbability)).toBeCloseTo(expected.get(text)!, 4)
      }),
      { numRuns: 50 },
    )
  })

  it('reads only words of the lexicon, and the likeliest of them', () => {
    const lexicon = buildTrie(['ab', 'ba', 'bb'], 'ab')
    fc.assert(
      fc.property(rowsOf(3), (rows) => {
        const expected = [...allTexts(rows, 'ab')]
          .filter(([text]) => ['ab', 'ba', 'bb'].includes(text))
          .sort((a, b) => b[1] - a[1])
        const found = prefixBeamSearch(logs(rows), 3, 'ab', { lexicon, width: 1000 })
        if (expected.length === 0) expect(found.every((reading) => !reading.inLexicon)).toBe(true)
        else expect(Math.exp(found[0]!.logProbability)).toBeCloseTo(expected[0]![1], 4)
      }),
      { numRuns: 50 },
    )
  })

  it('keeps a complete word although a better scoring prefix fills the beam', () => {
    const lexicon = buildTrie(['ab', 'aba'], 'ab', { capitals: false })
    // In the last frame the longer word's prefix "ab" and "aba" compete for the one place in the beam.
    const rows = [
      [0.1, 0.8, 0.1],
      [0.1, 0.1, 0.8],
      [0.45, 0.5, 0.05],
    ]
    const texts = prefixBeamSearch(logs(rows), 3, 'ab', { lexicon, width: 1 }).map((reading) => reading.text)
    expect(texts).toEqual(expect.arrayContaining(['ab', 'aba']))
  })

  it('says so when nothing in the lexicon can be read, and reads freely', () => {
    const lexicon = buildTrie(['bbbb'], 'ab')
    const [best] = prefixBeamSearch(logs([[0.1, 0.9, 1e-9]]), 3, 'ab', { lexicon })
    expect(best).toMatchObject({ text: 'a', inLexicon: false })
  })

  it('lets the language model decide between letters that look alike', () => {
    const language = languageModel(countLetters('qu '.repeat(50)), 'quv')
    const rows = [
      [0.02, 0.94, 0.02, 0.02],
      [0.02, 0.02, 0.47, 0.49],
    ]
    expect(prefixBeamSearch(logs(rows), 4, 'quv')[0]!.text).toBe('qv')
    expect(prefixBeamSearch(logs(rows), 4, 'quv', { language })[0]!.text).toBe('qu')
  })
})

describe('the lexicon', () => {
  it('holds umlauts and lets a word begin with a capital', () => {
    const alphabet = 'ÄäbcßS'
    const trie = buildTrie(['äb', 'ßc', 'xyz'], alphabet)
    const reach = (text: string) =>
      [...text].reduce((node, symbol) => (node < 0 ? node : trie.child(node, alphabet.indexOf(symbol) + 1)), 0)
    expect(trie.ends(reach('äb'))).toBe(true)
    expect(trie.ends(reach('Äb'))).toBe(true)
    expect(trie.ends(reach('ßc'))).toBe(true)
    expect(trie.leftOut).toBe(1)
  })
})

describe('the language model', () => {
  it('gives every context a distribution over letters and the end of the word', () => {
    const alphabet = 'abcd'
    const model = languageModel(countLetters('abba cab dad'), alphabet)
    for (const prefix of ['', 'a', 'ab', 'zz', 'abba']) {
      const sum = [...alphabet].reduce(
        (total, symbol) => total + Math.exp(model.next(prefix, symbol)),
        Math.exp(model.end(prefix)),
      )
      expect(sum).toBeCloseTo(1, 6)
    }
  })
})
