import { isUtf8 } from 'node:buffer'
import { KalamosError } from '../../../shared/errors.ts'
import type { SaidEncoding, TextEncoding } from '../../../shared/encoding.ts'
import { fromWindows1252, wordsIn1252 } from './windows-1252.ts'

/** A text that begins with fewer bytes than this can hide what its byte order mark says. */
export const BOM_BYTES = 3

/** What a text is in, by the mark that it begins with, else as said, else UTF-8; `bom` counts the bytes of the mark. */
export function encodingOf(head: Uint8Array, said: SaidEncoding = 'utf-8'): { encoding: TextEncoding; bom: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bom: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bom: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bom: 2 }
  return { encoding: said, bom: 0 }
}

/**
 * A whole text from its bytes, without its mark. `place` is how the text is called where it cannot be read.
 * Throws `not-utf8` where it is neither as said nor as its mark says but could be Windows-1252, with what it would say
 * then; `invalid-input` where it is no text at all.
 */
export function decodeText(place: string, bytes: Uint8Array, said?: SaidEncoding): string {
  // Of several files read with one word of their encoding some may be UTF-8 all the same: no words in Windows-1252 look
  // like it by chance.
  const { encoding, bom } = encodingOf(bytes, said === 'windows-1252' && isUtf8(bytes) ? 'utf-8' : said)
  const decoder = new PieceDecoder(place, encoding)
  const text = decoder.next(bytes.subarray(bom)) + decoder.end()
  if (text.includes('\0')) throw noText(place)
  return text
}

/** A text that comes in pieces, cut anywhere. Its pieces come without the mark. Both throw what `decodeText` throws. */
export class PieceDecoder {
  readonly #place: string
  readonly #encoding: TextEncoding
  readonly #strict: InstanceType<typeof TextDecoder> | null
  #odd: Buffer = Buffer.alloc(0)

  constructor(place: string, encoding: TextEncoding) {
    this.#place = place
    this.#encoding = encoding
    this.#strict =
      encoding === 'windows-1252'
        ? null
        : new TextDecoder(encoding === 'utf-8' ? 'utf-8' : 'utf-16le', { fatal: true, ignoreBOM: true })
  }

  next(bytes: Uint8Array): string {
    if (this.#strict === null) {
      const text = fromWindows1252(bytes)
      if (text === null) throw noText(this.#place)
      return text
    }
    try {
      return this.#strict.decode(this.#encoding === 'utf-16be' ? this.#swapped(bytes) : bytes, { stream: true })
    } catch (error) {
      throw foreignText(this.#place, bytes, error)
    }
  }

  end(): string {
    try {
      return this.#strict?.decode(this.#odd) ?? ''
    } catch (error) {
      throw foreignText(this.#place, new Uint8Array(), error)
    }
  }

  #swapped(bytes: Uint8Array): Buffer {
    const all = Buffer.concat([this.#odd, bytes])
    const even = all.length - (all.length % 2)
    this.#odd = Buffer.from(all.subarray(even))
    return all.subarray(0, even).swap16()
  }
}

/** The lines of a text however they end, composed (NFC), without the blanks around them; empty ones are left out. */
export function linesOf(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/\r\n|[\n\r]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/**
 * Why these bytes are not the text that they should be; where they could be Windows-1252, with words of theirs to judge
 * that by.
 */
export function foreignText(place: string, bytes: Uint8Array, cause?: unknown): KalamosError {
  const words = wordsIn1252(bytes)
  if (words.length === 0) return noText(place, cause)
  return new KalamosError(
    'not-utf8',
    `${place} is not in UTF-8. Read as Windows-1252 it says ${words.map((word) => `“${word}”`).join(', ')}.`,
    'Where that is right, have it read as Windows-1252 (--encoding windows-1252); else save it as UTF-8.',
    { cause },
  )
}

function noText(place: string, cause?: unknown): KalamosError {
  return new KalamosError(
    'invalid-input',
    `${place} is not a text in UTF-8.`,
    'Save it as plain text in UTF-8 and choose it again.',
    { cause },
  )
}
