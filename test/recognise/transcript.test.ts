import { describe, expect, it } from 'vitest'
import type { ReadWord } from '../../src/shared/api/recognition.ts'
import { textOf } from '../../src/shared/transcript.ts'

const word = (text: string, before: ReadWord['before'] = 'space') => ({ text, before })

describe('the text that was read', () => {
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
