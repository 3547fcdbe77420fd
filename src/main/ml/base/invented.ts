import { KalamosError } from '../../../shared/errors.ts'
import { countLetters, languageModel } from '../decode/language-model.ts'
import { Random } from '../data/random.ts'
import { alphabetOf, symbols } from '../../../shared/text.ts'

const SHORTEST = 2
const LONGEST = 12
/** Draws before it is plain that the words wanted are not to be had. */
const PATIENCE = 200

/**
 * Words that nobody has written: letter after letter from what follows what in `models`, so that they look like words
 * of that language without being among `models` or `avoid`. The same seed gives the same words.
 * They let a recogniser learn letters instead of a list. Throws `invalid-input` where no more can be found.
 */
export function inventWords(models: readonly string[], count: number, { seed, avoid = [] }: { seed: number; avoid?: readonly string[] }): string[] {
  const letters = symbols(alphabetOf(models))
  const language = languageModel(countLetters(models.join(' '), 4), letters.join(''))
  const random = new Random(seed)
  const taken = new Set([...models, ...avoid])
  const found: string[] = []
  let misses = 0
  while (found.length < count) {
    const word = invent(letters, language, random)
    if (word === null || taken.has(word)) {
      if (++misses > PATIENCE) throw new KalamosError('invalid-input', `Only ${found.length} of ${count} words could be invented.`, 'Give more words as models.')
      continue
    }
    misses = 0
    taken.add(word)
    found.push(word)
  }
  return found
}

function invent(letters: readonly string[], language: ReturnType<typeof languageModel>, random: Random): string | null {
  let word = ''
  for (let length = 0; length <= LONGEST; length++) {
    let left = random.uniform()
    if (length >= SHORTEST) {
      left -= Math.exp(language.end(word))
      if (left < 0) return word
    }
    // The end of a word that is too short is no choice: the letters share its probability.
    else left *= 1 - Math.exp(language.end(word))
    const next = letters.find((letter) => (left -= Math.exp(language.next(word, letter))) < 0)
    if (next === undefined) return null
    word += next
  }
  return null
}
