import { holdsWord, type Trie } from '../../src/main/ml/decode/trie.ts'
import { randomStream } from '../../src/main/random/named.ts'
import { simulateWord } from '../../src/main/simulator/simulate.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'
import { frequencyList, shareAt, type WeighedWord } from '../../src/main/words/frequencies.ts'
import type { Signal } from '../../src/shared/signal.ts'
import { WORD_ALPHABET } from '../../src/shared/text.ts'

/**
 * `text`: as often as in running text; `rare`: any of the rarer words of the lists; `outside`: spelled like words, and
 * in no list.
 */
export const KINDS = ['text', 'rare', 'outside'] as const
export type Kind = (typeof KINDS)[number]

const RARE = { below: shareAt(3.5), above: shareAt(2) }
const LANGUAGES = ['de', 'en'] as const
const WRITERS = 20
const FIRST_WRITER = 900_000

/** A word as somebody wrote it who never lent the base model a word. */
export interface HeldOutWord {
  kind: Kind
  language: (typeof LANGUAGES)[number]
  /** Counts the writers. */
  writer: number
  label: string
  signal: Signal
}

/** So many virtual words of every kind, German and English, by writers of whom the base model saw none. */
export function* heldOutWords(
  count: number,
  seed: number,
  listed: Trie,
  classes: readonly string[],
): Generator<HeldOutWord> {
  const random = randomStream('lexicon bench', seed)
  const any = (words: readonly WeighedWord[]): string => words[random.below(words.length)]!.word
  const lists = LANGUAGES.map((language) =>
    [...frequencyList(language)].filter(({ word }) => [...word].every((letter) => WORD_ALPHABET.includes(letter))),
  )
  const rare = lists.map((list) => list.filter(({ share }) => share < RARE.below && share > RARE.above))
  const totals = lists.map((list) => list.reduce((sum, { share }) => sum + share, 0))
  const draw: Record<Kind, (language: number) => string> = {
    text(language) {
      let left = random.between(0, totals[language]!)
      return lists[language]!.find(({ share }) => (left -= share) <= 0)!.word
    },
    rare: (language) => any(rare[language]!),
    outside(language) {
      for (;;) {
        const [begin, end] = [any(rare[language]!), any(rare[language]!)]
        const word = begin.slice(0, Math.ceil(begin.length / 2)) + end.slice(Math.floor(end.length / 2)).toLowerCase()
        if (![word, word.toLowerCase()].some((form) => holdsWord(listed, form, classes))) return word
      }
    },
  }
  for (let at = 0; at < count; at++) {
    const writer = at % WRITERS
    const hand = drawWriter(FIRST_WRITER + 100 * seed + writer)
    const language = LANGUAGES[at % 2]!
    for (const kind of KINDS) {
      const label = draw[kind](at % 2)
      yield { kind, language, writer, label, signal: simulateWord(hand, label, { take: at }).signal }
    }
  }
}
