import { symbols } from '../../../shared/text.ts'
import type { LanguageModel } from './language-model.ts'
import type { LexiconPrior, PriorState } from './lexicon-prior.ts'
import { ROOT, type Trie } from './trie.ts'

export interface BeamOptions {
  /** How many prefixes are kept from frame to frame. */
  width: number
  /** Only words of this lexicon are read. */
  lexicon?: Trie
  /** How likely words are before they are seen; nothing is impossible by it. */
  prior?: LexiconPrior
  /** Weight of the prior's log probabilities against the network's. */
  priorWeight: number
  language?: LanguageModel
  /** Weight of the language model's log probabilities against the network's. */
  languageWeight: number
  /** Added for every letter: makes up for the liking of language model and prior for short words. */
  letterBonus: number
  /** How many readings to return. */
  best: number
  /** How many letters are tried in a frame, the likeliest ones; a lexicon says by itself which can follow. */
  lettersPerFrame: number
}

export const BEAM_DEFAULTS: BeamOptions = {
  width: 32,
  priorWeight: 0.4,
  languageWeight: 0.4,
  letterBonus: 0,
  best: 5,
  lettersPerFrame: 20,
}

/**
 * One reading of a word. `logProbability` is the network's alone, `score` adds prior, language model and letter bonus.
 */
export interface Hypothesis {
  text: string
  logProbability: number
  score: number
  /** Whether the word is in the lexicon or a list of the prior. */
  inLexicon: boolean
}

interface Prefix {
  readonly text: string
  readonly last: number
  readonly node: number
  /** Language model and bonus of the letters so far, without the end of the word. */
  readonly prior: number
  /** Where it stands in the lists of the prior, and what that adds to its rank. */
  readonly state: PriorState | null
  readonly lexical: number
  blank: number
  letter: number
  nextBlank: number
  nextLetter: number
  /** Mass and prior together after the latest frame; what the beam is sorted by. */
  rank: number
  readonly extended: Map<number, Prefix>
}

/**
 * Prefix beam search over CTC outputs (Graves 2012, ch. 7.5; Hannun et al. 2014, arXiv 1408.2873).
 * `logProbabilities` is `[frames, classes]` with the blank as class 0 and symbol k of the alphabet as class k + 1.
 *
 * With a lexicon, prefixes that are not the start of a word are never followed, and complete words have places of
 * their own in the beam, so that a prefix which scores better for the moment cannot push the word itself out.
 */
export function prefixBeamSearch(
  logProbabilities: Float32Array,
  classes: number,
  alphabet: string,
  options: Partial<BeamOptions> = {},
): Hypothesis[] {
  const settings = { ...BEAM_DEFAULTS, ...options }
  const search = new Search(logProbabilities, classes, symbols(alphabet), settings)
  const found = search.run()
  if (found.length > 0 || settings.lexicon === undefined) return found
  const { lexicon: _closed, ...open } = settings
  return new Search(logProbabilities, classes, symbols(alphabet), open).run()
}

class Search {
  readonly #log: Float32Array
  readonly #classes: number
  readonly #letters: readonly string[]
  readonly #options: BeamOptions

  constructor(log: Float32Array, classes: number, letters: readonly string[], options: BeamOptions) {
    this.#log = log
    this.#classes = classes
    this.#letters = letters
    this.#options = options
  }

  run(): Hypothesis[] {
    const frames = this.#log.length / this.#classes
    let beam = [emptyPrefix(this.#options.prior?.start ?? null)]
    for (let frame = 0; frame < frames; frame++) beam = this.#keepBest(this.#advance(beam, frame * this.#classes))
    return this.#readings(beam)
  }

  #advance(beam: readonly Prefix[], row: number): Set<Prefix> {
    const touched = new Set<Prefix>(beam)
    const log = this.#log
    const likely = this.#options.lexicon ? [] : this.#likely(row)
    for (const prefix of beam) {
      const total = logAdd(prefix.blank, prefix.letter)
      prefix.nextBlank = logAdd(prefix.nextBlank, total + log[row]!)
      if (prefix.last > 0) prefix.nextLetter = logAdd(prefix.nextLetter, prefix.letter + log[row + prefix.last]!)
      for (const symbol of this.#options.lexicon?.next(prefix.node) ?? likely) {
        // A repeated letter needs a blank between, or it would be one letter held.
        const from = symbol === prefix.last ? prefix.blank : total
        if (from === -Infinity) continue
        const longer = this.#extend(prefix, symbol)
        longer.nextLetter = logAdd(longer.nextLetter, from + log[row + symbol]!)
        touched.add(longer)
      }
    }
    return touched
  }

  /** The letters that are worth trying in a frame. */
  #likely(row: number): number[] {
    const likely: number[] = []
    for (let symbol = 1; symbol < this.#classes; symbol++)
      if (this.#log[row + symbol]! > NEGLIGIBLE) likely.push(symbol)
    const { lettersPerFrame } = this.#options
    if (likely.length <= lettersPerFrame) return likely
    return likely.sort((a, b) => this.#log[row + b]! - this.#log[row + a]!).slice(0, lettersPerFrame)
  }

  #extend(prefix: Prefix, symbol: number): Prefix {
    const known = prefix.extended.get(symbol)
    if (known) return known
    const { lexicon, prior: listed, priorWeight, language, languageWeight, letterBonus } = this.#options
    const state = listed && prefix.state ? listed.step(prefix.state, symbol) : null
    const letter = this.#letters[symbol - 1]!
    const prior = letterBonus + (language ? languageWeight * language.next(prefix.text, letter) : 0)
    const longer: Prefix = {
      text: prefix.text + letter,
      last: symbol,
      node: lexicon ? lexicon.child(prefix.node, symbol) : ROOT,
      prior: prefix.prior + prior,
      state,
      lexical: listed && state ? priorWeight * listed.begins(state) : 0,
      blank: -Infinity,
      letter: -Infinity,
      nextBlank: -Infinity,
      nextLetter: -Infinity,
      rank: 0,
      extended: new Map(),
    }
    prefix.extended.set(symbol, longer)
    return longer
  }

  #keepBest(touched: Set<Prefix>): Prefix[] {
    for (const prefix of touched) {
      prefix.blank = prefix.nextBlank
      prefix.letter = prefix.nextLetter
      prefix.nextBlank = prefix.nextLetter = -Infinity
      prefix.rank = logAdd(prefix.blank, prefix.letter) + prefix.prior + prefix.lexical
    }
    const { width, lexicon } = this.#options
    const ranked = [...touched].sort((a, b) => b.rank - a.rank)
    const kept = ranked.slice(0, width)
    if (lexicon) {
      const words = ranked.slice(width).filter((prefix) => lexicon.ends(prefix.node))
      kept.push(...words.slice(0, width))
    }
    // What falls out of the beam and comes back later starts anew: its old mass must not count twice.
    const survivors = new Set(kept)
    for (const prefix of touched) if (!survivors.has(prefix)) prefix.blank = prefix.letter = -Infinity
    return kept
  }

  #readings(beam: readonly Prefix[]): Hypothesis[] {
    const { lexicon, prior, priorWeight, language, languageWeight, best } = this.#options
    return beam
      .filter((prefix) => lexicon === undefined || (prefix.text !== '' && lexicon.ends(prefix.node)))
      .map((prefix) => {
        const logProbability = logAdd(prefix.blank, prefix.letter)
        const end = language ? languageWeight * language.end(prefix.text) : 0
        const { state } = prefix
        const word = prior && state ? priorWeight * prior.ends(state) : 0
        const inLexicon = prior && state ? prior.isListed(state) : lexicon !== undefined
        return { text: prefix.text, logProbability, score: logProbability + prefix.prior + word + end, inLexicon }
      })
      .filter((reading) => reading.logProbability > -Infinity)
      .sort((a, b) => b.score - a.score)
      .slice(0, best)
  }
}

/** Letters less likely than this in a frame are not tried: e^-12 of a frame's mass cannot change a reading. */
const NEGLIGIBLE = -12

function emptyPrefix(state: PriorState | null): Prefix {
  return {
    text: '',
    last: 0,
    node: ROOT,
    prior: 0,
    state,
    lexical: 0,
    blank: 0,
    letter: -Infinity,
    nextBlank: -Infinity,
    nextLetter: -Infinity,
    rank: 0,
    extended: new Map(),
  }
}

/** log(e^a + e^b) without overflow. */
function logAdd(a: number, b: number): number {
  if (a === -Infinity) return b
  if (b === -Infinity) return a
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b))
}
