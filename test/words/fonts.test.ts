import { readFileSync } from 'node:fs'
import { createCanvas } from '@napi-rs/canvas'
import { describe, expect, test } from 'vitest'
import { lettersOfFonts } from '../../scripts/fonts.mjs'
import { coveredCodePoints } from '../../scripts/woff2.mjs'
import { WORD_ALPHABET } from '../../src/shared/text.ts'
import { FONT_SIZE, fontsFor, HANDWRITING_FONTS, handwritingFonts } from '../../src/main/words/fonts.ts'
import { resource } from '../../src/main/files/paths.ts'

const WRITABLE = `${WORD_ALPHABET}0123456789`

function inkOf(text: string, family: string): string {
  const canvas = createCanvas(160, 120)
  const pen = canvas.getContext('2d')
  pen.font = `${FONT_SIZE}px "${family}"`
  pen.fillText(text, 40, 80)
  return canvas.data().toString('base64')
}

describe('handwriting fonts', () => {
  test('there are at least twenty hands for every letter of the German word sets', () => {
    for (const letter of WORD_ALPHABET) expect(fontsFor(letter).length, letter).toBeGreaterThanOrEqual(20)
  })

  test('every letter that a font claims is drawn, and not as the sign for a missing glyph', () => {
    const blank = createCanvas(160, 120).data().toString('base64')
    for (const { fontName, family, draws } of handwritingFonts()) {
      const missing = inkOf('\u{10FFFD}', family)
      for (const letter of WRITABLE) {
        if (!draws(letter)) continue
        const ink = inkOf(letter, family)
        expect(ink === blank, `${fontName} draws nothing for ${letter}`).toBe(false)
        expect(ink === missing, `${fontName} draws the missing glyph for ${letter}`).toBe(false)
      }
    }
  })

  test('no two hands share their letters: each font is the one that was asked for', () => {
    const drawn = handwritingFonts().map(({ family }) => inkOf('Rag', family))
    expect(new Set(drawn).size).toBe(handwritingFonts().length)
  })

  test('a font without umlauts is refused for words that have them, and used for others', () => {
    const fontNames = (text: string): string[] => fontsFor(text).map(({ fontName }) => fontName)
    expect(fontNames('Haus')).toContain('nanum-pen-script')
    expect(fontNames('Häuser')).not.toContain('nanum-pen-script')
    expect(fontNames('Ha\u0308user')).toEqual(fontNames('Häuser'))
  })

  test('a text that no font can draw is refused, and the letters are named', () => {
    expect(() => fontsFor('Haus漢')).toThrow(/“漢”/)
  })

  test('the table of their letters belongs to the fonts that are installed (npm run fonts writes it anew)', async () => {
    const table = JSON.parse(readFileSync(resource('words', 'letters.json'), 'utf8')) as object
    expect(Object.keys(table)).toEqual([...HANDWRITING_FONTS])
    expect(table).toEqual(await lettersOfFonts())
  })

  test('a file that is no font is refused', () => {
    expect(() => coveredCodePoints(new Uint8Array(100))).toThrow(/wOF2/)
    expect(() => coveredCodePoints(new Uint8Array(3))).toThrow(RangeError)
  })
})
