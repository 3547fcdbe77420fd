import { SvelteMap } from 'svelte/reactivity'
import type { Api, Input, Output } from '../../shared/api.ts'
import type { SaidEncoding } from '../../shared/encoding.ts'
import { KalamosError } from '../../shared/errors.ts'
import { textOf } from '../../shared/transcript.ts'
import type { DecodingChange, Language, ReaderState, ReadingSettings, ReadWord } from '../../shared/api/recognition.ts'
import { storedFrames } from '../plot/decimate.ts'
import { wordPicture, type Picture } from '../plot/sparkline.ts'
import { together, type Topic } from './topic.ts'

/** What ten seconds of writing and resting propose for a pen. */
export type MeasuredThresholds = Output<'recognise.measureThresholds'>

/** Words this far back get a picture when the window is opened late. */
const LATEST = 20

/**
 * Live reading: what the model made of every word, how each looked in the pen's signal, and what a person says it is.
 */
export class Reader implements Topic {
  readonly #api: Api
  state = $state.raw<ReaderState | null>(null)
  /** What was read before the words of the state. */
  earlier = $state('')
  settings = $state.raw<ReadingSettings | null>(null)
  /** The word that is looked at and corrected, where that is not the last one. */
  #picked = $state<number | null>(null)
  /** The word for which somebody types what it is. */
  #held = $state<number | null>(null)
  /** Length of the earlier text that is known, or asked for. */
  #recalled = 0
  /** Signal pictures by word index, of what was read of each. */
  readonly pictures = new SvelteMap<number, Picture>()
  /** Frames of the signal that a word's picture is of, or is asked for. */
  #seen: Readonly<Record<number, number | undefined>> = {}
  /**
   * How long after it was known to be over (`ReadWord.latencyMs`) each word was painted, ms; for words that this window
   * saw come.
   */
  readonly #painted = new SvelteMap<number, number>()

  /** Whether words are read now; the text of what was read stays when it stops. */
  readonly reading = $derived(this.state !== null && this.state.phase !== 'stopped')
  readonly words = $derived(this.state?.words ?? [])
  readonly last = $derived(this.words.at(-1) ?? null)
  readonly current = $derived(this.words.find(({ index }) => index === (this.#held ?? this.#picked)) ?? this.last)
  readonly text = $derived(textOf(this.words, this.earlier))

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    const [state, settings] = await Promise.all([
      this.#api.request('recognise.state', {}),
      this.#api.request('recognise.settings', {}),
    ])
    this.state = state
    this.settings = settings
    this.#look()
  }

  listen(): () => void {
    return together(
      this.#api.on('recognise.changed', (state) => {
        this.state = state
        this.#look()
      }),
      this.#api.on('recognise.word', (word) => this.#read(word)),
    )
  }

  async start(input: Input<'recognise.start'>): Promise<void> {
    this.#forget()
    try {
      this.state = await this.#api.request('recognise.start', input)
    } finally {
      this.#look()
    }
  }

  async stop(): Promise<void> {
    await this.#api.request('recognise.stop', {})
  }

  async clear(): Promise<void> {
    this.state = await this.#api.request('recognise.clear', {})
    this.#look()
  }

  /** Says what the word that is looked at is. The same text says that it was read right. */
  async correct(index: number, text: string): Promise<void> {
    this.state = await this.#api.request('recognise.correct', { index, text })
    this.#picked = this.#held = null
  }

  async undo(): Promise<void> {
    this.state = await this.#api.request('recognise.undo', {})
    this.#look()
  }

  async redo(): Promise<void> {
    this.state = await this.#api.request('recognise.redo', {})
    this.#look()
  }

  /** Asks for the settings again: a correction may have taught the lexicon a word. */
  async refreshSettings(): Promise<void> {
    this.settings = await this.#api.request('recognise.settings', {})
  }

  async configure(change: DecodingChange): Promise<void> {
    this.settings = await this.#api.request('recognise.configure', change)
  }

  async setLexicon(path: string | null, encoding?: SaidEncoding): Promise<void> {
    this.settings = await this.#api.request('recognise.setLexicon', {
      path,
      ...(encoding === undefined ? {} : { encoding }),
    })
  }

  async setLanguages(languages: Language[]): Promise<void> {
    this.settings = await this.#api.request('recognise.setLanguages', { languages })
  }

  /** The user's own words, and those learned from corrections. */
  ownWords(): Promise<Output<'recognise.words'>> {
    return this.#api.request('recognise.words', {})
  }

  async setWords(text: string): Promise<void> {
    this.settings = await this.#api.request('recognise.setWords', { text })
  }

  async unlearn(words: string[]): Promise<void> {
    this.settings = await this.#api.request('recognise.forgetWords', { words })
  }

  /** Writes own and learned words to a new file; gives back how many. */
  async saveWords(path: string): Promise<number> {
    const { words } = await this.#api.request('recognise.saveWords', { path })
    return words
  }

  async setLanguage(path: string | null, encoding?: SaidEncoding): Promise<void> {
    this.settings = await this.#api.request('recognise.setLanguage', {
      path,
      ...(encoding === undefined ? {} : { encoding }),
    })
  }

  measureThresholds(input: Input<'recognise.measureThresholds'>): Promise<MeasuredThresholds> {
    return this.#api.request('recognise.measureThresholds', input)
  }

  /** Looks at another word than the last one; again: at the last one. */
  pick(index: number): void {
    this.#held = null
    this.#picked = this.#picked === index || this.last?.index === index ? null : index
  }

  /** Looks at the word before the one that is looked at, or after it. Says whether there is one. */
  step(by: -1 | 1): boolean {
    const next = this.words[this.words.findIndex(({ index }) => index === this.current?.index) + by]
    if (this.current === null || next === undefined) return false
    this.#held = null
    this.#picked = next.index === this.last?.index ? null : next.index
    return true
  }

  /** Stays with a word while somebody types what it is, though others are written meanwhile; null lets go. */
  hold(index: number | null): void {
    this.#held = index
  }

  /** Notes that a word is on the screen now. Host and window share the machine's clock. */
  sawPainted(word: ReadWord, at: number): void {
    if (!this.#painted.has(word.index)) this.#painted.set(word.index, word.latencyMs + Math.max(0, at - word.at))
  }

  /**
   * From when a word was known to be over to its text, on the screen where this window painted it, else in the host;
   * and from its last stroke, the pause included.
   */
  delayOf({ index, latencyMs, pauseMs }: ReadWord): { isPainted: boolean; ms: number; afterStrokeMs: number } {
    const ms = this.#painted.get(index) ?? latencyMs
    return { isPainted: this.#painted.has(index), ms, afterStrokeMs: ms + pauseMs }
  }

  #forget(): void {
    this.pictures.clear()
    this.#seen = {}
    this.#painted.clear()
    this.#picked = this.#held = null
  }

  /** The word may come before or after the state that contains it. */
  #read(word: ReadWord): void {
    if (this.state === null) return
    if (!this.state.words.some((known) => known.index === word.index)) {
      this.state = { ...this.state, words: [...this.state.words, word] }
    }
    this.#look()
  }

  /**
   * Gets the signals of the latest words that have no picture, or grew by strokes that came late; forgets those of
   * words that went.
   */
  #look(): void {
    const there: Record<number, number | undefined> = Object.fromEntries(
      this.words.map(({ index }) => [index, this.#seen[index]]),
    )
    for (const index of this.pictures.keys()) if (!(index in there)) this.pictures.delete(index)
    for (const { index, frames } of this.words.slice(-LATEST)) {
      if (there[index] === frames) continue
      there[index] = frames
      void this.#picture(index, frames)
    }
    this.#seen = there
    void this.#recall(this.state?.earlierLength ?? 0)
  }

  async #recall(length: number): Promise<void> {
    if (length === this.#recalled) return
    this.#recalled = length
    try {
      const { text } = length === 0 ? { text: '' } : await this.#api.request('recognise.earlier', {})
      if (this.#recalled === length) this.earlier = text
    } catch (error) {
      // With the host away there is nothing to recall; what changes next asks again.
      if (!(error instanceof KalamosError)) throw error
      this.#recalled = 0
    }
  }

  async #picture(index: number, frames: number): Promise<void> {
    try {
      const { channels, timesMs, values } = await this.#api.request('recognise.signal', { index })
      if (this.#seen[index] === frames)
        this.pictures.set(index, wordPicture(storedFrames(channels, timesMs, values), 0, Infinity))
    } catch (error) {
      // A word that was taken back meanwhile needs no picture; what else is wrong shows where the words are read.
      if (!(error instanceof KalamosError)) throw error
    }
  }
}
