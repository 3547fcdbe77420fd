import { KalamosError } from '../../../shared/errors.ts'
import { symbols } from '../../../shared/text.ts'
import type { Random } from '../../random/random.ts'

/** How a text is spoilt: one symbol more, one less, or another one. */
const EDITS = ['insert', 'delete', 'substitute'] as const

/**
 * Texts that are one edit away from the true one, made with letters of the alphabet: insertions, deletions and
 * substitutions in turn, as in error-based contrastive learning (ECHWR, arXiv 2602.07049). None equals the true text.
 * A text of one letter loses none: it is substituted. Throws `label-unfit` for an empty text and for an alphabet of
 * less than two letters.
 */
export function corruptedTexts(text: string, count: number, alphabet: readonly string[], random: Random): string[] {
  const letters = symbols(text)
  if (letters.length === 0 || alphabet.length < 2) {
    throw new KalamosError(
      'label-unfit',
      `“${text}” cannot be spoilt with ${alphabet.length} letters.`,
      'Texts need a letter, and the alphabet two.',
    )
  }
  return Array.from({ length: count }, (_, index) => {
    const edit = EDITS[index % EDITS.length]!
    return spoil(letters, edit === 'delete' && letters.length < 2 ? 'substitute' : edit, alphabet, random)
  })
}

function spoil(
  letters: readonly string[],
  edit: (typeof EDITS)[number],
  alphabet: readonly string[],
  random: Random,
): string {
  const at = random.below(edit === 'insert' ? letters.length + 1 : letters.length)
  const others = edit === 'insert' ? alphabet : alphabet.filter((letter) => letter !== letters[at])
  const inserted = edit === 'delete' ? [] : [others[random.below(others.length)]!]
  return letters.toSpliced(at, edit === 'insert' ? 0 : 1, ...inserted).join('')
}
