import { KalamosError } from '../../../shared/errors.ts'
import { countLetters, WORD_EDGE, type LanguageCounts } from '../../ml/decode/language-model.ts'
import { KeyedRandom } from '../../random/keyed.ts'
import type { Random } from '../../random/random.ts'
import { symbols } from '../../../shared/text.ts'

const SHORTEST = 2
const LONGEST = 12
/** Letters of a word that the next one may look back at; each word draws how many. */
const LEAST_MEMORY = 1
const MOST_MEMORY = 3
/** Draws before it is plain that the words or letters wanted are not to be had. */
const PATIENCE = 200

/**
 * Words that nobody has written: letter after letter from what follows what in `models`, as long as they are, with
 * capitals at the start alone. Some follow their models closely and look like that language, others loosely, so that
 * also letters meet that never do in `models`. None is among `models` or `avoid`; the same seed gives the same words.
 * They let a recogniser learn letters instead of a list. Throws `invalid-input` where no more can be found.
 */
export function inventWords(
  models: readonly string[],
  count: number,
  { seed, avoid = [] }: { seed: number; avoid?: readonly string[] },
): string[] {
  const draw = letterDraw(countLetters(models.join(' '), MOST_MEMORY + 1))
  const lengths = models.map((word) => Math.min(LONGEST, Math.max(SHORTEST, symbols(word).length)))
  const random = new KeyedRandom(seed)
  const taken = new Set([...models, ...avoid])
  const found: string[] = []
  let misses = 0
  while (found.length < count) {
    const memory = LEAST_MEMORY + random.below(MOST_MEMORY - LEAST_MEMORY + 1)
    const length = lengths[random.below(lengths.length)]!
    const word = invent(draw, length, memory, random)
    if (word === null || taken.has(word)) {
      if (++misses > PATIENCE)
        throw new KalamosError(
          'invalid-input',
          `Only ${found.length} of ${count} words could be invented.`,
          'Give more words as models.',
        )
      continue
    }
    misses = 0
    taken.add(word)
    found.push(word)
  }
  return found
}

type LetterDraw = (context: readonly string[], random: Random) => string

function invent(draw: LetterDraw, length: number, memory: number, random: Random): string | null {
  const letters: string[] = []
  for (let misses = 0; letters.length < length;) {
    const letter = draw([WORD_EDGE, ...letters].slice(-memory), random)
    if (letter !== WORD_EDGE && (letters.length === 0 || letter === letter.toLowerCase())) letters.push(letter)
    else if (++misses > PATIENCE) return null
  }
  return letters.join('')
}

/**
 * Draws what follows a context as the interpolated model of Witten and Bell (1991) has it: a context that was followed
 * by many different letters leaves the choice more often to the shorter one.
 */
function letterDraw({ counts }: LanguageCounts): LetterDraw {
  const followers = new Map(
    Object.entries(counts).map(([context, following]) => {
      const letters = Object.entries(following).flatMap(([letter, times]) =>
        Array.from({ length: times }, () => letter),
      )
      return [context, { letters, distinct: Object.keys(following).length }]
    }),
  )
  return (context, random) => {
    for (let from = 0; from < context.length; from++) {
      const seen = followers.get(context.slice(from).join(''))
      if (seen && random.below(seen.letters.length + seen.distinct) < seen.letters.length)
        return seen.letters[random.below(seen.letters.length)]!
    }
    const any = followers.get('')!.letters
    return any[random.below(any.length)]!
  }
}
