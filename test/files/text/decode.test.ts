import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText, encodingOf, linesOf, PieceDecoder } from '../../../src/main/files/text/decode.ts'

const TEXT = 'für\r\nStraße\r\n'
const windows = (text: string): Buffer => Buffer.from(text, 'latin1')
const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le')

describe('a text', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`)],
    ['UTF-16', utf16(TEXT)],
    ['UTF-16, the high byte first', utf16(TEXT).swap16()],
  ])('in %s is read by itself', (_, bytes) => {
    expect(decodeText('words.txt', bytes)).toBe(TEXT)
  })

  it('in Windows-1252 is refused with what it would say, and read once somebody says so', () => {
    expect(() => decodeText('words.txt', windows(TEXT))).toThrow(
      expect.objectContaining({
        code: 'not-utf8',
        message: 'words.txt is not in UTF-8. Read as Windows-1252 it says “für”, “Straße”.',
        hint: expect.stringContaining('--encoding windows-1252'),
      }),
    )
    expect(decodeText('words.txt', windows(TEXT), 'windows-1252')).toBe(TEXT)
    expect(decodeText('words.txt', Buffer.from([0x80, 0x20, 0x84, 0x46, 0x93, 0x20, 0x96]), 'windows-1252')).toBe(
      '€ „F“ –',
    )
  })

  it('keeps what its mark says, whatever a person says', () => {
    expect(decodeText('words.txt', utf16(TEXT), 'windows-1252')).toBe(TEXT)
    expect(encodingOf(Buffer.from(`\uFEFFa`), 'windows-1252')).toEqual({ encoding: 'utf-8', bom: 3 })
  })

  it.each([
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')],
    ['bytes that no encoding here has', Buffer.from([0x66, 0xfc, 0x81])],
    ['half a letter of UTF-16', utf16('für').subarray(0, 7)],
    ['UTF-16 without a mark', Buffer.from('abc', 'utf16le')],
  ])('that is none is refused without an offer: %s', (_, bytes) => {
    expect(() => decodeText('words.txt', bytes)).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining('words.txt') }),
    )
  })

  it('never has a letter that was not there, however it is cut', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.constantFrom('utf-8' as const, 'utf-16le' as const, 'utf-16be' as const),
        fc.nat(),
        (text, encoding, at) => {
          const bytes = encoding === 'utf-8' ? Buffer.from(text) : Buffer.from(text, 'utf16le')
          if (encoding === 'utf-16be') bytes.swap16()
          const cut = at % bytes.length
          const decoder = new PieceDecoder('words.txt', encoding)
          expect(decoder.next(bytes.subarray(0, cut)) + decoder.next(bytes.subarray(cut)) + decoder.end()).toBe(text)
        },
      ),
    )
  })

  it('has lines however they end, composed', () => {
    expect(linesOf('fu\u0308r\rStraße \r\n\nGröße\n')).toEqual(['für', 'Straße', 'Größe'])
  })
})
