/** The lexicon over a model's classes: the lists that ship, and words of a user's own. */
import { setImmediate as turn } from 'node:timers/promises'
import { LetterModel } from './letter-model.ts'
import { LEXICON, LexiconPrior } from './lexicon-prior.ts'
import { TrieBuilder, type Trie } from './trie.ts'
import { Language } from '../../../shared/api/recognition.ts'
import { symbols } from '../../../shared/text.ts'
import { frequencyList, shareAt } from '../../words/frequencies.ts'

/** The lists of some languages over a model's classes, and how their words are spelled. */
export interface Lists {
  trie: Trie
  letters: LetterModel
}

/** So many words are taken at a time: pens are read meanwhile. */
const AT_A_TIME = 2000
/**
 * An alphabet that can write fewer words of the lists is for another kind of text: numbers, capitals alone (assumed;
 * capitals write 163).
 */
const FEWEST_LISTED = 500
/** How frequent a word of a user's own is: as one that is said every day (assumed). */
const OWN_SHARE = shareAt(4.5)

/** Loads the lists of languages, a piece at a time. */
export async function loadLists(languages: readonly Language[], classes: readonly string[]): Promise<Lists> {
  const builder = new TrieBuilder(classes.join(''))
  const letters = new LetterModel(symbols(classes.join('')).length)
  let taken = 0
  for (const language of languages) {
    for (const { word, share } of frequencyList(language)) {
      const codes = builder.add(word, share / languages.length)
      if (codes) letters.add(codes)
      if (++taken % AT_A_TIME === 0) await turn()
    }
  }
  return { trie: builder.finish(), letters }
}

/** Words of a user's own as a list of the lexicon. */
export function ownTrie(words: Iterable<string>, classes: readonly string[]): Trie {
  const builder = new TrieBuilder(classes.join(''))
  for (const word of new Set(words)) builder.add(word, OWN_SHARE)
  return builder.finish()
}

/** What a decoder searches with, and what is told of it. */
export interface Lexicon {
  prior: LexiconPrior
  /** Words of the lists that the model's alphabet can write, and those that it cannot. */
  words: number
  leftOut: number
  /**
   * Whether it helps a model with these classes; see `FEWEST_LISTED`. A user's own words alone do where no language is
   * chosen.
   */
  helps: boolean
  holds(word: string): boolean
}

/** The lexicon of some lists over a model's classes. */
export function lexiconOf({ trie, letters }: Lists, own: readonly Trie[], classes: readonly string[]): Lexicon {
  const tries = [trie, ...own]
  const prior = new LexiconPrior({ tries, letters, alphabet: classes.join('') }, LEXICON)
  const [words, leftOut] = [
    tries.reduce((sum, one) => sum + one.words, 0),
    tries.reduce((sum, one) => sum + one.leftOut, 0),
  ]
  const hasLists = trie.words + trie.leftOut > 0
  return {
    prior,
    words,
    leftOut,
    helps: hasLists ? trie.words >= FEWEST_LISTED : words > 0,
    holds: (word) => prior.holds(word),
  }
}

/** The lists that ship, all of them, as they are measured with after a training. */
export async function shippedLexicon(classes: readonly string[]): Promise<Lexicon> {
  return lexiconOf(await loadLists(Language.options, classes), [], classes)
}
