import { existsSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import { type Decoding, DecodingChange, ReadingSettings } from '../../shared/api/recognition.ts'
import type { SaidEncoding } from '../../shared/encoding.ts'
import { KalamosError } from '../../shared/errors.ts'
import { writeWhole } from '../whole-file.ts'
import type { Interface } from '../ml/data/types.ts'
import { createDecoder, type Decoder, type DecoderKnowledge } from '../ml/decode/decoder.ts'
import { countLetters, languageModel, type LanguageCounts, type LanguageModel } from '../ml/decode/language-model.ts'
import { buildTrie, type Trie } from '../ml/decode/trie.ts'
import type { Store } from '../store/index.ts'
import { lexiconWords } from '../words/lists.ts'
import { readLexicon, readTextFile } from './text-file.ts'

/** Reading as it is before anybody changes it. The weight is a usual one, not tuned (assumed). */
export const DECODING_DEFAULTS: Decoding = { method: 'greedy', beamWidth: 32, languageWeight: 0.4, readings: 5, doubtBelow: 0.5, lineBreakMs: 3000, learnPauses: true }

const NAMES = { decoding: 'reading decoding', lexicon: 'reading lexicon', language: 'reading language' } as const
const FILES = { lexicon: 'lexicon.txt', language: 'language.json' } as const
const PROTOTYPE_FREE = v.record(v.string(), v.record(v.string(), v.number()))

/**
 * How words are read, and what is known beside the model: the lexicon (the lists that ship and the user's own) and the
 * language model. Both outlive the program, as copies in the folder beside the database.
 */
export class Vocabulary {
  readonly #store: Store
  #lexicon: string[] | undefined
  #tries = new Map<string, Trie>()
  #languages = new Map<string, LanguageModel>()

  constructor(store: Store) {
    this.#store = store
  }

  get decoding(): Decoding {
    const saved = this.#store.settings.get(NAMES.decoding, DecodingChange)
    return { ...DECODING_DEFAULTS, ...saved }
  }

  get settings(): ReadingSettings {
    const { entries } = ReadingSettings
    const { settings } = this.#store
    return {
      decoding: this.decoding,
      lexicon: { builtIn: lexiconWords().length, own: settings.get(NAMES.lexicon, entries.lexicon.entries.own) },
      language: settings.get(NAMES.language, entries.language),
    }
  }

  configure(change: DecodingChange): ReadingSettings {
    this.#store.settings.set(NAMES.decoding, { ...this.decoding, ...change })
    return this.settings
  }

  /** Takes over a list of the user's own; null removes it. A list that is refused leaves the one before in place. */
  setLexicon(path: string | null, encoding?: SaidEncoding): ReadingSettings {
    if (path === null) this.#forget('lexicon')
    else {
      const words = readLexicon(path, encoding)
      this.#remember('lexicon', `${words.join('\n')}\n`, path, words.length)
    }
    this.#lexicon = undefined
    this.#tries.clear()
    return this.settings
  }

  /** Counts the letters of a text for the language model; null forgets them. */
  setLanguage(path: string | null, encoding?: SaidEncoding): ReadingSettings {
    if (path === null) this.#forget('language')
    else {
      const text = readTextFile(path, encoding)
      const words = text.match(/\p{L}+/gu)?.length ?? 0
      if (words === 0) throw new KalamosError('invalid-input', `${basename(path)} holds no word.`, 'Choose a text in the language that is written.')
      this.#remember('language', JSON.stringify(countLetters(text)), path, words)
    }
    this.#languages.clear()
    return this.settings
  }

  /** The decoder for a model's classes. */
  decoderFor(face: Pick<Interface, 'task' | 'classes'>, decoding: Decoding, calibration?: DecoderKnowledge['calibration']): Decoder {
    if (face.task === 'classes') return createDecoder(face, decoding, { ...(calibration ? { calibration } : {}) })
    const language = decoding.method === 'greedy' ? undefined : this.#languageFor(face.classes)
    return createDecoder(face, decoding, {
      ...(decoding.method === 'lexicon' ? { lexicon: this.trieFor(face.classes) } : {}),
      ...(language ? { language } : {}),
      ...(calibration ? { calibration } : {}),
    })
  }

  /** The lexicon and its decoder with the widths of the settings, to measure a model with; undefined for single labels. */
  lexiconFor(face: Pick<Interface, 'task' | 'classes'>): { trie: Trie; decode: Decoder } | undefined {
    if (face.task === 'classes') return undefined
    return { trie: this.trieFor(face.classes), decode: this.decoderFor(face, { ...this.decoding, method: 'lexicon', readings: 1 }) }
  }

  /** The lexicon as a tree over a model's classes. */
  trieFor(classes: readonly string[]): Trie {
    return remembered(this.#tries, classes.join(''), (alphabet) => buildTrie(this.words, alphabet))
  }

  /** All words of the lexicon: those that ship, and the user's own. */
  get words(): readonly string[] {
    if (this.#lexicon) return this.#lexicon
    const path = join(this.#store.files, FILES.lexicon)
    const own = this.settings.lexicon.own && existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter((word) => word !== '') : []
    return (this.#lexicon = [...new Set([...lexiconWords(), ...own])])
  }

  #languageFor(classes: readonly string[]): LanguageModel | undefined {
    const path = join(this.#store.files, FILES.language)
    if (this.settings.language === null || !existsSync(path)) return undefined
    return remembered(this.#languages, classes.join(''), (alphabet) => languageModel(readCounts(path), alphabet))
  }

  #remember(what: 'lexicon' | 'language', content: string, path: string, words: number): void {
    writeWhole(join(this.#store.files, FILES[what]), content)
    this.#store.settings.set(NAMES[what], { name: basename(path), words, addedAt: Date.now() })
  }

  #forget(what: 'lexicon' | 'language'): void {
    this.#store.settings.delete(NAMES[what])
    rmSync(join(this.#store.files, FILES[what]), { force: true })
  }
}

function readCounts(path: string): LanguageCounts {
  const { order, counts } = v.parse(v.object({ order: v.number(), counts: PROTOTYPE_FREE }), JSON.parse(readFileSync(path, 'utf8')))
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
