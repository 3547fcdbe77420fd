import { describe, expect, it } from 'vitest'
import { simulateWord } from '../../src/main/simulator/simulate.ts'
import { writable } from '../../src/main/simulator/writable.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'

describe('what of a text the virtual pen can write', () => {
  it('is all of a sentence with digits and punctuation', () => {
    const text = `Am 3. Mai, 12:30 Uhr (heute!) – "5 €" & 7/8; wasn't it?`
    const { words, leftOut } = writable(text)
    expect(leftOut).toEqual([])
    expect(words.join(' ')).toBe(text)
    for (const word of words) expect(simulateWord(drawWriter(1), word).strokes.length, word).toBeGreaterThan(0)
  })

  it('is the rest, where some signs have no shape, and says which, word by word', () => {
    expect(writable('Die naïve 漢字 Hand')).toEqual({
      words: ['Die', 'nave', 'Hand'],
      leftOut: [
        { word: 'naïve', written: 'nave', signs: ['ï'] },
        { word: '漢字', written: '', signs: ['漢', '字'] },
      ],
    })
  })

  it('leaves out a word that is too long to be one', () => {
    const long = 'a'.repeat(61)
    expect(writable(`so ${long}`)).toEqual({ words: ['so'], leftOut: [{ word: long, written: '', signs: [] }] })
  })

  it('takes a letter and its mark for one letter', () => {
    expect(writable('u\u0308ben')).toEqual({ words: ['üben'], leftOut: [] })
  })
})
