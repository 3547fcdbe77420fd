/** Alphabets, edit distance and the error rates of the field. */

/** The letters of the OnHW word sets: A-Z a-z and the German umlauts and sharp s, 59 symbols. */
export const WORD_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÄÖÜäöüß'

/** The symbols of a text as the recogniser counts them: one per code point after canonical composition (NFC). */
export function symbols(text: string): string[] {
  return [...text.normalize('NFC')]
}

/** The symbols of a text, each once, that an alphabet lacks; white space parts words and is no symbol of theirs. */
export function signsOutside(text: string, alphabet: string): string[] {
  return [...new Set(symbols(text).filter((symbol) => symbol.trim() !== '' && !alphabet.includes(symbol)))]
}

/** The alphabet a set of labels needs: its distinct symbols in code point order. */
export function alphabetOf(labels: Iterable<string>): string {
  const seen = new Set<string>()
  for (const label of labels) for (const symbol of symbols(label)) seen.add(symbol)
  return [...seen].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!).join('')
}

/** Levenshtein distance between two sequences: the least number of insertions, deletions and substitutions. */
export function editDistance<T>(a: ArrayLike<T>, b: ArrayLike<T>): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(substitution, previous[j]! + 1, current[j - 1]! + 1))
    }
    previous = current
  }
  return previous[b.length]!
}

/** One reading beside what was written. */
export interface Reading {
  reference: string
  hypothesis: string
}

/** Edits and reference lengths summed over a set (micro average), in characters and in words. */
export interface ErrorRates {
  cer: number
  wer: number
  characters: number
  words: number
  exact: number
}

/**
 * Character and word error rate over a whole set: sum of edits / sum of reference symbols.
 * Spaces part words. `exact` is the share of readings that are right to the last symbol.
 * An empty set has rates of NaN: there is nothing to measure.
 */
export function errorRates(readings: readonly Reading[]): ErrorRates {
  let characterEdits = 0
  let characters = 0
  let wordEdits = 0
  let words = 0
  let exact = 0
  for (const { reference, hypothesis } of readings) {
    const [r, h] = [symbols(reference), symbols(hypothesis)]
    characterEdits += editDistance(r, h)
    characters += r.length
    const [rw, hw] = [splitWords(reference), splitWords(hypothesis)]
    wordEdits += editDistance(rw, hw)
    words += rw.length
    if (r.join('') === h.join('')) exact++
  }
  return { cer: characterEdits / characters, wer: wordEdits / words, characters, words, exact: exact / readings.length }
}

function splitWords(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/\s+/)
    .filter((word) => word !== '')
}
