import { describe, expect, it } from 'vitest'
import type { ReadWord } from '../../src/shared/api/recognition.ts'
import { shownAs, textOf } from '../../src/shared/transcript.ts'

const word = (text: string, before: ReadWord['before'] = 'space') => ({
  text,
  before,
  doubtful: false,
  readings: [{ text, confidence: 0.9 }],
})
const doubted = (...options: string[]) => ({
  ...word(options[0]!),
  doubtful: true,
  readings: options.map((text) => ({ text, confidence: 0.2 })),
})

describe('a word that was read', () => {
  it('is shown as what it could be where it is doubtful, best first, and never as a guess', () => {
    expect(shownAs(word('Hand'))).toBe('Hand')
    expect(shownAs(doubted('Hand', 'Hund', 'Rand', 'Wand'))).toBe('Hand / Hund / Rand')
    expect(shownAs(doubted('', 'Hund', 'Rand'))).toBe('Hund / Rand')
    expect(shownAs(doubted('Hand'))).toBe('Hand (?)')
  })

  it('in which nothing was read still stands in the text', () => {
    expect(shownAs(word(''))).toBe('…')
    expect(shownAs(doubted(''))).toBe('…')
    expect(textOf([word('Ich'), word(''), doubted('Hand', 'Hund')])).toBe('Ich … Hand')
  })
})

describe('the text that was read', () => {
  it('is what is meant, without what else a doubtful word could be', () => {
    expect(textOf([word('Meine', 'start'), doubted('Hand', 'Hund', 'Rand'), doubted('ist')])).toBe('Meine Hand ist')
  })

  it('has a space or a new line between words, as they were written', () => {
    expect(textOf([word('Ich', 'start'), word('lese'), word('Zeilen', 'line')])).toBe('Ich lese\nZeilen')
    expect(textOf([word('lese'), word('Zeilen', 'line')])).toBe('lese\nZeilen')
    expect(textOf([])).toBe('')
  })

  it('goes on from an earlier text, and begins a line where reading began anew', () => {
    expect(textOf([word('lese')], 'Ich')).toBe('Ich lese')
    expect(textOf([word('Danach', 'start'), word('mehr')], 'Ich lese')).toBe('Ich lese\nDanach mehr')
  })
})
