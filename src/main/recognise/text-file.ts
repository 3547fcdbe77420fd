import { basename } from 'node:path'
import type { SaidEncoding } from '../../shared/encoding.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
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
 * A user's text. Throws `not-found` where it cannot be read, `invalid-input` where it is empty or too large, and what
 * `decodeText` throws.
 */
export function readTextFile(path: string, encoding?: SaidEncoding): string {
  let bytes: Uint8Array
  try {
    bytes = readForeign(path, LARGEST_BYTES)
  } catch (error) {
    if (error instanceof KalamosError && error.code !== 'not-found') throw error
    throw new KalamosError('not-found', say('general.cannot-read', { path }), say('recognise.check-path-text-file'), {
      cause: error,
    })
  }
  const text = decodeText(basename(path), bytes, encoding)
  if (text.trim() === '')
    throw new KalamosError(
      'invalid-input',
      say('general.empty', { path: basename(path) }),
      say('recognise.choose-file-text'),
    )
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
        say('recognise.line-holds-more-word', { index: index + 1, file }),
        say('recognise.write-word-line-running'),
      )
    if (symbols(word).length > LONGEST_WORD)
      throw new KalamosError(
        'invalid-input',
        say('recognise.line-longer-letters', { index: index + 1, file, longestWord: LONGEST_WORD }),
        say('general.write-word-line'),
      )
    words.add(word)
    if (words.size > MOST_WORDS)
      throw new KalamosError(
        'invalid-input',
        say('recognise.holds-more-words', { file, mostWords: MOST_WORDS }),
        say('recognise.keep-you-write-longer'),
      )
  }
  if (words.size === 0)
    throw new KalamosError('invalid-input', say('recognise.holds-no-word', { file }), say('general.write-word-line'))
  return [...words]
}

/**
 * The words of a text that was typed or pasted: runs without white space, without the signs at their ends, each once;
 * lines that begin with # are remarks. Words longer than any is are left out.
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
