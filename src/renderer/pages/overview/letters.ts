import { WORD_ALPHABET } from '../../../shared/text.ts'

export interface LetterCount {
  letter: string
  count: number
}

/** Letters of a kind, in the order in which a person looks for them. */
export interface LetterRow {
  kind: 'capitals' | 'small' | 'digits' | 'others'
  letters: LetterCount[]
  /** Those that should be there and are not; of `others` nothing can be said. */
  missing: string[]
}

const WANTED = {
  capitals: [...WORD_ALPHABET].filter((letter) => letter !== letter.toLowerCase()),
  small: [...WORD_ALPHABET].filter((letter) => letter === letter.toLowerCase()),
  digits: [...'0123456789'],
}

/**
 * The letters of the word sets of the field and the digits, with those that do not occur, and whatever else occurs. A
 * kind of which nothing occurs is left out: who records words is not told that all digits are missing.
 */
export function letterRows(counts: readonly LetterCount[]): LetterRow[] {
  const known = new Map(counts.map(({ letter, count }) => [letter, count]))
  const rows: LetterRow[] = (['capitals', 'small', 'digits'] as const).map((kind) => {
    const letters = WANTED[kind].map((letter) => ({ letter, count: known.get(letter) ?? 0 }))
    return { kind, letters, missing: letters.filter(({ count }) => count === 0).map(({ letter }) => letter) }
  })
  const wanted = new Set(Object.values(WANTED).flat())
  const others = counts.filter(({ letter }) => !wanted.has(letter) && letter.trim() !== '')
  rows.push({ kind: 'others', letters: others.toSorted((a, b) => a.letter.localeCompare(b.letter)), missing: [] })
  return rows.filter(({ letters, missing }) => letters.length > missing.length)
}

/**
 * How dark a letter is drawn: 0 where it is missing, else 1 to 4 by the logarithm of its count, from the rarest that is
 * there to the most frequent: few letters are far more frequent than most.
 */
export function shade(count: number, most: number, least = 1): 0 | 1 | 2 | 3 | 4 {
  if (count === 0) return 0
  const share = most <= least ? 1 : Math.log(count / least) / Math.log(most / least)
  return share > 0.85 ? 4 : share > 0.6 ? 3 : share > 0.3 ? 2 : 1
}
