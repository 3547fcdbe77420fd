/** Word lists: the ones that ship, and the user's own files. One word a line; lines that begin with # are remarks. */
import { readFileSync } from 'node:fs'
import type { SaidEncoding } from '../../shared/encoding.ts'
import { KalamosError } from '../../shared/errors.ts'
import { readForeign } from '../files/foreign-file.ts'
import { resource } from '../files/paths.ts'
import { decodeText, linesOf } from '../files/text/decode.ts'

const MOST_BYTES = 16 * 1024 * 1024

/** Lists in resources/words, made for this project. */
export const WORD_LISTS = {
  'virtual-500': '500 German and English words that cover A-Z a-z ÄÖÜäöüß',
  'first-minutes': '24 short words to begin with',
  equations: '40 short equations of digits and + - · : =',
} as const
export type WordListName = keyof typeof WORD_LISTS

export function isWordList(name: string): name is WordListName {
  return Object.hasOwn(WORD_LISTS, name)
}

/** The words of a list that ships, in their fixed order. */
export function wordList(name: WordListName): string[] {
  return wordsOf(readFileSync(resource('words', `${name}.txt`), 'utf8'))
}

/** The words of all lists that ship, as far as they are made of letters: the lexicon before a user adds to it. */
export function lexiconWords(): string[] {
  const names = Object.keys(WORD_LISTS).filter(isWordList)
  return [...new Set(names.flatMap(wordList).filter((word) => /^\p{L}+$/u.test(word)))]
}

/** The built-in 500 words. */
export function builtinWords(): string[] {
  return wordList('virtual-500')
}

/**
 * The words of a user's file (one word a line, blank lines and # remarks skipped).
 * Throws `not-found` when it cannot be read, `invalid-input` when it holds no word, and what `decodeText` throws.
 */
export function readWordFile(path: string, encoding?: SaidEncoding): string[] {
  let bytes: Uint8Array
  try {
    bytes = readForeign(path, MOST_BYTES)
  } catch (error) {
    if (error instanceof KalamosError && error.code !== 'not-found') throw error
    throw new KalamosError(
      'not-found',
      `The word list ${path} cannot be read.`,
      'Give a text file with one word a line, or “builtin”.',
      { cause: error },
    )
  }
  const words = wordsOf(decodeText(path, bytes, encoding))
  if (words.length === 0)
    throw new KalamosError('invalid-input', `The word list ${path} holds no word.`, 'Write one word a line.')
  return words
}

/** The words of a text, one a line, in canonical composition, without repeats. */
export function wordsOf(text: string): string[] {
  return [...new Set(linesOf(text).filter((line) => !line.startsWith('#')))]
}
