import { symbols } from '../../../shared/text.ts'
import type { LetterModel } from './letter-model.ts'
import { NONE, ROOT, type Trie } from './trie.ts'

/**
 * How much a lexicon counts: its weight against the network, what makes up for a letter in the weight's unit, and the
 * share of words that no list is expected to have. Measured: see docs/live-reading.md and `npm run bench -- lexicon`.
 */
export const LEXICON = { weight: 0.5, letterBonus: 3, unknown: 0.02 }

/** What is known of a word before it is seen: how common it is, and how likely its spelling where no list has it. */
export interface LexiconKnowledge {
  /** Lists whose weights are shares of running text; a word may be in several. */
  tries: readonly Trie[]
  letters: LetterModel
  alphabet: string
}

export interface PriorOptions {
  /** Share of running text that is expected to be in no list. */
  unknown: number
}

/** Where a prefix stands; never changed. `before` and `last` are its latest two classes. */
export interface PriorState {
  readonly threads: readonly Thread[]
  /** ln of the probability of this spelling by the letter model, and by chance. */
  readonly spelled: number
  readonly chance: number
  readonly before: number
  readonly last: number
}

/** One way to be on the way to a word of a list, or behind one that is followed by a sign. */
interface Thread {
  readonly trie: Trie
  readonly node: number
  readonly factor: number
  /** Whether the word is over and signs follow. */
  readonly over: boolean
}

/**
 * Share of words that begin with a capital although their list has them without, as at the start of a sentence
 * (assumed).
 */
const CAPITALISED = 0.1
/** Share of words that have a sign before them, and one more behind them (assumed). */
const SIGN = { before: 0.01, behind: 0.1 }
/** Of what is in no list, the share whose spelling follows no rule: numbers, abbreviations (assumed). */
const LAWLESS = 0.3

/**
 * The probability of words and of their beginnings: a mixture of what is in the lists, by frequency, and of anything
 * else, by its spelling. Nothing is impossible, so a word outside the lists wins where the network is sure enough of
 * it. Signs may stand before and behind a word.
 */
export class LexiconPrior {
  readonly #known: number
  readonly #unknown: number
  readonly #letters: LetterModel
  readonly #chance: number
  readonly #classes: readonly string[]
  /** The small letter of a capital, class by class; 0 where it is none. */
  readonly #small: Uint16Array
  readonly #isSign: Uint8Array
  readonly #signs: number
  readonly start: PriorState

  constructor({ tries, letters, alphabet }: LexiconKnowledge, { unknown }: PriorOptions) {
    const all = symbols(alphabet)
    const total = tries.reduce((sum, trie) => sum + trie.mass(ROOT), 0)
    this.#known = total > 0 ? (1 - unknown) / total : 0
    this.#unknown = total > 0 ? unknown : 1
    this.#letters = letters
    this.#classes = all
    this.#chance = Math.log(1 / (all.length + 1))
    this.#small = new Uint16Array(all.length + 1)
    this.#isSign = new Uint8Array(all.length + 1)
    for (const [at, symbol] of all.entries()) {
      const small = symbol.toLocaleLowerCase('und')
      if (small !== symbol) this.#small[at + 1] = all.indexOf(small) + 1
      this.#isSign[at + 1] = /^[\p{L}\p{N}\p{M}]$/u.test(symbol) ? 0 : 1
    }
    this.#signs = Math.max(
      1,
      this.#isSign.reduce((sum, is) => sum + is, 0),
    )
    this.start = {
      threads: tries.map((trie) => ({ trie, node: ROOT, factor: 1, over: false })),
      spelled: 0,
      chance: 0,
      before: 0,
      last: 0,
    }
  }

  /** The state after one more class. */
  step(state: PriorState, symbol: number): PriorState {
    const { before, last } = state
    const threads: Thread[] = []
    for (const thread of state.threads) this.#follow(thread, symbol, threads)
    return {
      threads,
      spelled: state.spelled + Math.log(this.#letters.probability(before, last, symbol)),
      chance: state.chance + this.#chance,
      before: last,
      last: symbol,
    }
  }

  /** ln P(a word begins like this). */
  begins({ threads, spelled, chance }: PriorState): number {
    let listed = 0
    for (const { trie, node, factor, over } of threads) listed += factor * (over ? trie.weight(node) : trie.mass(node))
    return this.#mixed(listed, spelled, chance)
  }

  /** ln P(this is a whole word). */
  ends(state: PriorState): number {
    const { threads, before, last } = state
    let listed = 0
    for (const { trie, node, factor } of threads) listed += factor * trie.weight(node) * (1 - SIGN.behind)
    return this.#mixed(
      listed,
      state.spelled + Math.log(this.#letters.probability(before, last, 0)),
      state.chance + this.#chance,
    )
  }

  /** Whether a list has a word, signs around it aside; also one that it has without its capital. */
  holds(word: string): boolean {
    let state = this.start
    for (const symbol of symbols(word)) {
      const at = this.#classes.indexOf(symbol)
      if (at < 0) return false
      state = this.step(state, at + 1)
    }
    return this.isListed(state)
  }

  /** Whether a list has the word of a state. */
  isListed({ threads }: PriorState): boolean {
    return threads.some(({ trie, node }) => trie.weight(node) > 0)
  }

  #follow({ trie, node, factor, over }: Thread, symbol: number, into: Thread[]): void {
    const isSign = this.#isSign[symbol] === 1
    if (!over) {
      const small = node === ROOT ? this.#small[symbol]! : 0
      const child = trie.child(node, symbol)
      if (child !== NONE) into.push({ trie, node: child, factor, over: false })
      const smallChild = small > 0 ? trie.child(ROOT, small) : NONE
      if (smallChild !== NONE) into.push({ trie, node: smallChild, factor: factor * CAPITALISED, over: false })
      if (isSign && node === ROOT)
        into.push({ trie, node: ROOT, factor: (factor * SIGN.before) / this.#signs, over: false })
    }
    if (isSign && trie.weight(node) > 0)
      into.push({ trie, node, factor: (factor * SIGN.behind) / this.#signs, over: true })
  }

  #mixed(listed: number, spelled: number, chance: number): number {
    const free = this.#unknown * ((1 - LAWLESS) * Math.exp(spelled) + LAWLESS * Math.exp(chance))
    return Math.log(Math.max(this.#known * listed + free, Number.MIN_VALUE))
  }
}
