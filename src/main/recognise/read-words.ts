import type { ReadWord } from '../../shared/api/recognition.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import type { Signal } from '../../shared/signal.ts'
import { OFFERED, textOf } from '../../shared/transcript.ts'

/** Where corrected words are kept as recordings. */
export interface CorrectionStorage {
  /** Keeps a word under its label; returns the recording's id, or null where nobody is named whose word it is. */
  keep(signal: Signal, label: string): number | null
  relabel(recordingId: number, label: string): void
  discard(recordingId: number): void
}

/** Learns words that people said are right. */
export interface Learner {
  /** Gives back the words of the text that are new. */
  learn(text: string): string[]
  forgetWords(words: readonly string[]): void
}

const LEARNS_NOTHING: Learner = { learn: () => [], forgetWords: () => undefined }

/** How many words are told one by one; when there are more, so many of the oldest become plain text. */
const WORDS_KEPT = 500
const WORDS_LET_GO = 100
/** Letters of plain text that are kept: about a hundred hours of writing. */
const LETTERS_KEPT = 1_000_000
/** Words that can be kept as recordings when they are corrected, and whose other readings are still told. */
const SIGNALS_KEPT = 100
const READINGS_KEPT = 20
const STEPS_KEPT = 200

/** The text at a time. */
interface Text {
  earlier: string
  words: ReadWord[]
  signals: Map<number, Signal>
  steps: Step[]
}

type Step =
  | { kind: 'word'; index: number }
  | { kind: 'correction'; before: ReadWord; learned: string[] }
  | { kind: 'clear'; before: Text }
/** A step that was taken back, with what it takes to take it again. */
type Undone =
  | { kind: 'word'; word: ReadWord; signal: Signal | undefined }
  | { kind: 'correction'; index: number; text: string }
  | { kind: 'clear' }

/**
 * The words read so far, as a text that a person corrects: every step can be taken back, and taken again. Its memory is
 * bounded.
 */
export class WordBook {
  readonly #keeper: CorrectionStorage
  readonly #learner: Learner
  /** The text before the words. */
  #earlier: string
  #words: ReadWord[] = []
  #signals = new Map<number, Signal>()
  #steps: Step[] = []
  #undone: Undone[] = []

  constructor(keeper: CorrectionStorage, earlier = '', learner = LEARNS_NOTHING) {
    this.#keeper = keeper
    this.#learner = learner
    this.#earlier = earlier
  }

  /** What was read before the words that are still told one by one, as plain text. */
  get earlier(): string {
    return this.#earlier
  }

  get text(): string {
    return textOf(this.#words, this.#earlier)
  }

  get words(): ReadWord[] {
    return [...this.#words]
  }

  get last(): ReadWord | undefined {
    return this.#words.at(-1)
  }

  /** What `undo` would take back. */
  get undoable(): Step['kind'] | null {
    return this.#steps.at(-1)?.kind ?? null
  }

  /** What `redo` would take again. */
  get redoable(): Step['kind'] | null {
    return this.#undone.at(-1)?.kind ?? null
  }

  /**
   * What was written of a word, as it was read. Throws `not-found` for a word that is not in the text, or too far back.
   */
  signal(index: number): Signal {
    const signal = this.#signals.get(index)
    if (!signal)
      throw new KalamosError(
        'not-found',
        say('recognise.signal-word-not-held', { index }),
        say('recognise.look-latest-words'),
      )
    return signal
  }

  /** Adds a word at the end. `signal` is what was written. */
  add(word: ReadWord, signal: Signal): void {
    this.#words = [...this.#words, word]
    if (this.#words.length > WORDS_KEPT) this.#letGo(WORDS_LET_GO)
    const old = this.#words.length - 1 - READINGS_KEPT
    if (old >= 0) this.#words[old] = withoutReadings(this.#words[old]!)
    this.#hold(word.index, signal)
    this.#took({ kind: 'word', index: word.index })
    // The pen writes on while somebody corrects: what was taken back of a correction can be taken again all the same.
    this.#undone = this.#undone.filter(({ kind }) => kind === 'correction')
  }

  /** Replaces what was read of a word after strokes came late. What a person has said stays; its recording too. */
  revise(word: ReadWord, signal: Signal): void {
    const at = this.#words.findIndex(({ index }) => index === word.index)
    const known = this.#words[at]
    if (!known) return
    this.#hold(word.index, signal)
    if (known.readAs === null) this.#words = this.#words.with(at, { ...word, before: known.before })
  }

  /**
   * Says what a word is, and keeps it as a recording where its signal is still at hand.
   * Throws `not-found` for a word that is not in the text, and what keeping throws; nothing is changed then.
   */
  correct(index: number, text: string): void {
    this.#correct(index, text)
    this.#undone = []
  }

  #correct(index: number, text: string): void {
    const at = this.#words.findIndex((word) => word.index === index)
    const before = this.#words[at]
    if (!before)
      throw new KalamosError(
        'not-found',
        say('recognise.word-not-text-any', { index }),
        say('recognise.choose-word-shown'),
      )
    let { recordingId } = before
    const signal = this.#signals.get(index)
    if (recordingId !== null) this.#keeper.relabel(recordingId, text)
    else if (signal) recordingId = this.#keeper.keep(signal, text)
    this.#words = this.#words.with(at, {
      ...before,
      text,
      doubtful: false,
      readAs: before.readAs ?? before.text,
      recordingId,
    })
    this.#took({ kind: 'correction', before, learned: this.#learner.learn(text) })
  }

  /** Takes the last step back. Throws `conflict` where there is none. */
  undo(): void {
    const step = this.#steps.at(-1)
    if (!step) throw new KalamosError('conflict', say('recognise.nothing-take-back'))
    if (step.kind === 'clear') {
      this.#bringBack(step.before)
      this.#undone = [...this.#undone, { kind: 'clear' }]
      return
    }
    const index = step.kind === 'word' ? step.index : step.before.index
    const word = this.#words.find((one) => one.index === index)
    const signal = this.#signals.get(index)
    if (step.kind === 'word') {
      this.#words = this.#words.filter((one) => one.index !== index)
      this.#signals.delete(index)
    } else {
      this.#restore(step.before)
      this.#learner.forgetWords(step.learned)
    }
    this.#steps.pop()
    if (word)
      this.#undone = [
        ...this.#undone,
        step.kind === 'word' ? { kind: 'word', word, signal } : { kind: 'correction', index, text: word.text },
      ]
  }

  /**
   * Takes the step again that was taken back last. Throws `conflict` where there is none, and what correcting throws.
   */
  redo(): void {
    const step = this.#undone.at(-1)
    if (!step) throw new KalamosError('conflict', say('recognise.nothing-take-again'))
    if (step.kind === 'clear') this.#clear()
    else if (step.kind === 'correction') this.#correct(step.index, step.text)
    else {
      this.#words = [...this.#words, step.word]
      if (step.signal) this.#hold(step.word.index, step.signal)
      this.#took({ kind: 'word', index: step.word.index })
    }
    this.#undone = this.#undone.slice(0, -1)
  }

  /** Begins an empty text. Only what was cleared last can be brought back. */
  clear(): void {
    if (this.#words.length === 0 && this.#earlier === '') return
    this.#clear()
    this.#undone = []
  }

  #clear(): void {
    const steps = this.#steps.filter(({ kind }) => kind !== 'clear')
    this.#steps = [
      { kind: 'clear', before: { earlier: this.#earlier, words: this.#words, signals: this.#signals, steps } },
    ]
    this.#earlier = ''
    this.#words = []
    this.#signals = new Map()
  }

  #bringBack({ earlier, words, signals, steps }: Text): void {
    this.#earlier = earlier
    this.#words = words
    this.#signals = signals
    this.#steps = steps
  }

  /** The oldest words become plain text: they cannot be corrected any more, nor their corrections be taken back. */
  #letGo(count: number): void {
    const gone = this.#words.slice(0, count)
    this.#words = this.#words.slice(count)
    const isGone = (index: number): boolean => gone.some((word) => word.index === index)
    this.#steps = this.#steps.filter((step) => step.kind !== 'correction' || !isGone(step.before.index))
    this.#undone = this.#undone.filter((step) => step.kind !== 'correction' || !isGone(step.index))
    const text = textOf(gone, this.#earlier)
    this.#earlier = text.length <= LETTERS_KEPT ? text : text.slice(text.indexOf(' ', text.length - LETTERS_KEPT) + 1)
  }

  #restore(before: ReadWord): void {
    const at = this.#words.findIndex(({ index }) => index === before.index)
    const now = this.#words[at]
    if (!now) return
    if (before.recordingId !== null) this.#keeper.relabel(before.recordingId, before.text)
    else if (now.recordingId !== null) this.#keeper.discard(now.recordingId)
    this.#words = this.#words.with(at, before)
  }

  #hold(index: number, signal: Signal): void {
    this.#signals.set(index, signal)
    if (this.#signals.size > SIGNALS_KEPT) this.#signals.delete(this.#signals.keys().next().value!)
  }

  #took(step: Step): void {
    this.#steps = [...this.#steps.slice(1 - STEPS_KEPT), step]
  }
}

/** Of an old word that nobody has looked at, what is shown in its place stays. */
function withoutReadings(word: ReadWord): ReadWord {
  return { ...word, readings: word.doubtful ? word.readings.slice(0, OFFERED) : [] }
}
