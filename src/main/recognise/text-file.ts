import { basename } from 'node:path'
import type { SaidEncoding } from '../../shared/encoding.ts'
import { KalamosError } from '../../shared/errors.ts'
import { symbols } from '../../shared/text.ts'
import { readForeign } from '../files/foreign-file.ts'
import { decodeText } from '../files/text/decode.ts'

/** The longest list of words of a user's own. */
export const MOST_WORDS = 100_000
/** A list of that many words, and a thick book, are smaller. */
const LARGEST_BYTES = 16 * 1024 * 1024
/** No language of the recogniser's has a longer word; what is longer is no word list. */
const LONGEST_WORD = 100

/**
 * A user's text. Throws `not-found` where it cannot be read, `invalid-input` where it is empty or too large, and what `decodeText` throws.
 */
export function readTextFile(path: string, encoding?: SaidEncoding): string {
  let bytes: Uint8Array
  try {
    bytes = readForeign(path, LARGEST_BYTES)
  } catch (error) {
    if (error instanceof KalamosError && error.code !== 'not-found') throw error
    throw new KalamosError(
      'not-found',
      `${path} cannot be read.`,
      'Check the path; it must be a text file on the machine that Kalamos runs on.',
      { cause: error },
    )
  }
  const text = decodeText(basename(path), bytes, encoding)
  if (text.trim() === '')
    throw new KalamosError('invalid-input', `${basename(path)} is empty.`, 'Choose a file with text in it.')
  return text
}

/**
 * The words of a user's own list: one a line, blank lines and # remarks skipped, each once.
 * Throws what `readTextFile` throws, and `invalid-input` where it is no list of words or holds too many.
 */
export function readLexicon(path: string, encoding?: SaidEncoding): string[] {
  const file = basename(path)
  const words = new Set<string>()
  for (const [index, line] of readTextFile(path, encoding)
    .normalize('NFC')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const word = line.trim()
    if (word === '' || word.startsWith('#')) continue
    if (/\s/u.test(word))
      throw new KalamosError(
        'invalid-input',
        `Line ${index + 1} of ${file} holds more than one word.`,
        'Write one word a line; a running text can teach the language model instead.',
      )
    if (symbols(word).length > LONGEST_WORD)
      throw new KalamosError(
        'invalid-input',
        `Line ${index + 1} of ${file} is longer than ${LONGEST_WORD} letters.`,
        'Write one word a line.',
      )
    words.add(word)
    if (words.size > MOST_WORDS)
      throw new KalamosError(
        'invalid-input',
        `${file} holds more than ${count(MOST_WORDS)} words.`,
        'Keep those that you write; a longer list makes reading slower and not better.',
      )
  }
  if (words.size === 0) throw new KalamosError('invalid-input', `${file} holds no word.`, 'Write one word a line.')
  return [...words]
}

/**
 * The words of a text that was typed or pasted: runs without white space, without the signs at their ends, each once; lines that
 * begin with # are remarks. Words longer than any is are left out.
 */
export function wordsIn(text: string): string[] {
  const words = text
    .normalize('NFC')
    .split(/\r\n|\n|\r/)
    .filter((line) => !line.trimStart().startsWith('#'))
    .flatMap((line) => line.split(/\s+/))
    .map((word) => word.replace(/^[^\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, ''))
  return [...new Set(words)].filter((word) => word !== '' && symbols(word).length <= LONGEST_WORD)
}

function count(value: number): string {
  return value.toLocaleString('en')
}
