/** What of a text a virtual pen can write. */
import type { LeftOut } from '../../shared/api/devices.ts'
import { signsOutside, symbols } from '../../shared/text.ts'
import { LONGEST_WORD, VIRTUAL_ALPHABET } from './shapes.ts'

export interface Writable {
  /**
   * The words without the signs that have no shape; words of which nothing stays, and those that are too long, are left
   * out.
   */
  words: string[]
  leftOut: LeftOut[]
}

/** Splits a text into what a virtual pen can write of it and what it cannot, word by word. */
export function writable(text: string): Writable {
  const words: string[] = []
  const leftOut: LeftOut[] = []
  for (const word of text
    .normalize('NFC')
    .split(/\s+/)
    .filter((part) => part !== '')) {
    const signs = signsOutside(word, VIRTUAL_ALPHABET)
    const known = symbols(word).filter((letter) => !signs.includes(letter))
    const written = known.length > LONGEST_WORD ? '' : known.join('')
    if (written !== '') words.push(written)
    if (written !== word) leftOut.push({ word, written, signs })
  }
  return { words, leftOut }
}
