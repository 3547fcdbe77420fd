import { existsSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import {
  type Decoding,
  DecodingChange,
  Language,
  type LexiconInUse,
  LISTED_WORDS,
  ReadingSettings,
} from '../../shared/api/recognition.ts'
import type { SaidEncoding } from '../../shared/encoding.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import { writeNew, writeWhole } from '../files/whole-file.ts'
import type { ModelSignature } from '../ml/data/types.ts'
import { createDecoder, type Decoder, type DecoderKnowledge } from '../ml/decode/decoder.ts'
import { countLetters, languageModel, type LanguageCounts, type LanguageModel } from '../ml/decode/language-model.ts'
import { LEXICON, type LexiconPrior } from '../ml/decode/lexicon-prior.ts'
import { lexiconOf, loadLists, ownTrie, type Lexicon, type Lists } from '../ml/decode/lexicon.ts'
import type { Trie } from '../ml/decode/trie.ts'
import type { EvaluateOptions } from '../training/evaluation/stored.ts'
import type { Store } from '../store/index.ts'
import { isListed } from '../words/frequencies.ts'
import { LearnedWords } from './learned-words.ts'
import { MOST_WORDS, readLexicon, readTextFile, wordsIn } from './text-file.ts'

/** Reading as it is before anybody changes it. The weight of the language model is a usual one, not tuned (assumed). */
export const DECODING_DEFAULTS: Decoding = {
  method: 'lexicon',
  beamWidth: 32,
  languageWeight: 0.4,
  readings: 5,
  doubtBelow: 0.5,
  lineBreakMs: 3000,
  learnPauses: true,
  lexiconWeight: LEXICON.weight,
}

const NAMES = {
  decoding: 'reading decoding',
  lexicon: 'reading lexicon',
  languages: 'reading languages',
  language: 'reading language',
} as const
const FILES = { lexicon: 'lexicon.txt', language: 'language.json' } as const
const Languages = v.object({ languages: v.array(Language) })
const PROTOTYPE_FREE = v.record(v.string(), v.record(v.string(), v.number()))

/** How a model's words become texts. */
export interface ModelDecoder {
  decode: Decoder
  lexicon: LexiconInUse
}

/**
 * How words are read, and what is known beside the model: the lexicon (lists that ship, the user's own, and what was
 * learned from corrections) and the language model. Both outlive the program, as copies in the folder beside the
 * database.
 */
export class Vocabulary {
  readonly #store: Store
  readonly #learned: LearnedWords
  /** The lists that were wanted last: some dozen megabytes. */
  #lists: { key: string; ready: Promise<Lists> } | undefined
  /** The user's own words, of which there may be many: what is learned comes beside them. */
  #own: { key: string; trie: Trie } | undefined
  #languages = new Map<string, LanguageModel>()

  constructor(store: Store) {
    this.#store = store
    this.#learned = new LearnedWords(store)
  }

  get decoding(): Decoding {
    return { ...DECODING_DEFAULTS, ...this.#chosen }
  }

  get settings(): ReadingSettings {
    const { entries } = ReadingSettings
    const { settings } = this.#store
    const { languages } = this
    return {
      decoding: this.decoding,
      lexicon: {
        languages: [...languages],
        builtIn: languages.reduce((sum, language) => sum + LISTED_WORDS[language], 0),
        own: settings.get(NAMES.lexicon, entries.lexicon.entries.own),
        learned: this.#learned.all.length,
      },
      language: settings.get(NAMES.language, entries.language),
    }
  }

  /** Whose words the lexicon holds beside the user's own. */
  get languages(): readonly Language[] {
    return this.#store.settings.get(NAMES.languages, Languages)?.languages ?? Language.options
  }

  setLanguages(languages: readonly Language[]): ReadingSettings {
    this.#store.settings.set(NAMES.languages, {
      languages: Language.options.filter((language) => languages.includes(language)),
    })
    return this.settings
  }

  configure(change: DecodingChange): ReadingSettings {
    this.#store.settings.set(NAMES.decoding, { ...this.#chosen, ...change })
    return this.settings
  }

  /** Takes over a list of the user's own; null removes it. A list that is refused leaves the one before in place. */
  setLexicon(path: string | null, encoding?: SaidEncoding): ReadingSettings {
    if (path === null) this.#forget('lexicon')
    else this.#setOwn(readLexicon(path, encoding), basename(path))
    return this.settings
  }

  /**
   * The user's own words become those of a text; an empty one removes them. Throws `invalid-input` where there are too
   * many.
   */
  setWords(text: string): ReadingSettings {
    const words = wordsIn(text)
    if (words.length > MOST_WORDS)
      throw new KalamosError(
        'invalid-input',
        say('recognise.more-words', { mostWords: MOST_WORDS }),
        say('recognise.keep-you-write-longer'),
      )
    if (words.length === 0) this.#forget('lexicon')
    else this.#setOwn(words, '')
    return this.settings
  }

  /** The user's own words and those that were learned from corrections. */
  get words(): { own: string[]; learned: string[] } {
    const path = join(this.#store.files, FILES.lexicon)
    const isThere =
      this.#store.settings.get(NAMES.lexicon, ReadingSettings.entries.lexicon.entries.own) !== null && existsSync(path)
    return {
      own: isThere
        ? readFileSync(path, 'utf8')
            .split('\n')
            .filter((word) => word !== '')
        : [],
      learned: this.#learned.all,
    }
  }

  /** Writes the own and the learned words to a new file, one a line. Throws what `writeNew` throws. */
  saveWords(path: string): number {
    const { own, learned } = this.words
    const words = [...new Set([...own, ...learned])]
    writeNew(path, words.map((word) => `${word}\n`).join(''))
    return words.length
  }

  /** Learns what a person said a word is, where the lexicon does not have it. Gives back the words that are new. */
  learn(writerId: number | null, text: string): string[] {
    const { languages, words } = this
    return this.#learned.learn(writerId, text, (word) => words.own.includes(word) || isListed(word, languages))
  }

  /** Forgets words that were learned. */
  forgetWords(words: readonly string[]): ReadingSettings {
    this.#learned.forget(words)
    return this.settings
  }

  /** Counts the letters of a text for the language model; null forgets them. */
  setLanguage(path: string | null, encoding?: SaidEncoding): ReadingSettings {
    if (path === null) this.#forget('language')
    else {
      const text = readTextFile(path, encoding)
      const words = text.match(/\p{L}+/gu)?.length ?? 0
      if (words === 0)
        throw new KalamosError(
          'invalid-input',
          say('recognise.holds-no-word', { file: basename(path) }),
          say('recognise.choose-text-language-written'),
        )
      this.#remember('language', JSON.stringify(countLetters(text)), basename(path), words)
    }
    this.#languages.clear()
    return this.settings
  }

  /**
   * The decoder for a model's classes. Loads the lists of the lexicon where they are wanted for the first time. Where
   * the lexicon is of no help to the model, it is read letter by letter.
   */
  async decoderFor(
    signature: Pick<ModelSignature, 'task' | 'classes'>,
    decoding: Decoding,
    calibration?: DecoderKnowledge['calibration'],
  ): Promise<ModelDecoder> {
    const { prior, ...lexicon } = await this.#inUse(signature, decoding)
    const method = decoding.method === 'lexicon' && prior === undefined ? 'greedy' : decoding.method
    const language = method === 'greedy' ? undefined : this.#languageFor(signature.classes)
    const decode = createDecoder(
      signature,
      { ...decoding, method },
      {
        ...(prior ? { lexicon: prior } : {}),
        ...(language ? { language } : {}),
        ...(calibration ? { calibration } : {}),
      },
    )
    return { decode, lexicon }
  }

  /**
   * The lexicon and its decoder with the widths of the settings, to measure a model with; undefined where it is of no
   * help to the model.
   */
  async lexiconFor(signature: Pick<ModelSignature, 'task' | 'classes'>): Promise<EvaluateOptions['lexicon']> {
    const { decode, lexicon } = await this.decoderFor(signature, { ...this.decoding, method: 'lexicon', readings: 1 })
    if (lexicon.state !== 'used') return undefined
    const { words, holds } = await this.lexicon(signature.classes)
    return { words, holds, decode }
  }

  /**
   * All words over a model's classes: the lists of the languages, which are kept once they are loaded, and the user's
   * own.
   */
  async lexicon(classes: readonly string[]): Promise<Lexicon> {
    const { languages } = this
    const key = `${languages.join()} ${classes.join('')}`
    if (this.#lists?.key !== key) this.#lists = { key, ready: loadLists(languages, classes) }
    const lists = await this.#lists.ready
    const { own, learned } = this.words
    const ownKey = `${this.settings.lexicon.own?.addedAt} ${classes.join('')}`
    if (this.#own?.key !== ownKey) this.#own = { key: ownKey, trie: ownTrie(own, classes) }
    return lexiconOf(lists, [this.#own.trie, ownTrie(learned, classes)], classes)
  }

  /** What becomes of the lexicon, and the lexicon itself where it is used. */
  async #inUse(
    { task, classes }: Pick<ModelSignature, 'task' | 'classes'>,
    { method }: Decoding,
  ): Promise<LexiconInUse & { prior?: LexiconPrior }> {
    const languages = [...this.languages]
    const unused = (state: LexiconInUse['state']): LexiconInUse => ({ state, languages, words: 0, leftOut: 0 })
    if (task === 'classes') return unused('labels')
    if (method !== 'lexicon') return unused('off')
    const { prior, words, leftOut, helps } = await this.lexicon(classes)
    if (words + leftOut === 0) return unused('empty')
    return helps ? { state: 'used', languages, words, leftOut, prior } : unused('alphabet')
  }

  get #chosen(): DecodingChange {
    return this.#store.settings.get(NAMES.decoding, DecodingChange) ?? {}
  }

  #languageFor(classes: readonly string[]): LanguageModel | undefined {
    const path = join(this.#store.files, FILES.language)
    if (this.settings.language === null || !existsSync(path)) return undefined
    return remembered(this.#languages, classes.join(''), (alphabet) => languageModel(readCounts(path), alphabet))
  }

  #setOwn(words: readonly string[], name: string): void {
    this.#remember('lexicon', `${words.join('\n')}\n`, name, words.length)
  }

  #remember(what: 'lexicon' | 'language', content: string, name: string, words: number): void {
    writeWhole(join(this.#store.files, FILES[what]), content)
    this.#store.settings.set(NAMES[what], { name, words, addedAt: Date.now() })
  }

  #forget(what: 'lexicon' | 'language'): void {
    this.#store.settings.delete(NAMES[what])
    rmSync(join(this.#store.files, FILES[what]), { force: true })
  }
}

function readCounts(path: string): LanguageCounts {
  const { order, counts } = v.parse(
    v.object({ order: v.number(), counts: PROTOTYPE_FREE }),
    JSON.parse(readFileSync(path, 'utf8')),
  )
  return { order, counts }
}

/** A made value, kept by its key; only the latest few alphabets are kept. */
function remembered<T>(known: Map<string, T>, key: string, make: (key: string) => T): T {
  let value = known.get(key)
  if (value === undefined) {
    value = make(key)
    if (known.size >= 3) known.clear()
    known.set(key, value)
  }
  return value
}
