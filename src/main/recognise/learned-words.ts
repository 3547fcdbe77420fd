import { nameOfWriters, WordsOfWriter, type Store } from '../store/index.ts'
import { wordsIn } from './text-file.ts'

/** Of each writer, the latest so many. */
const MOST_LEARNED = 2000
/** A single letter teaches nothing. */
const SHORTEST = 2

/** Words that people said are right and that no list has, mostly names: kept for each writer, and erased with them. */
export class LearnedWords {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** All of them, whoever wrote them. */
  get all(): string[] {
    const writers = [null, ...this.#store.writers.list().map(({ id }) => id)]
    return [...new Set(writers.flatMap((writer) => this.#of(writer)))]
  }

  /** Learns the words of a text that are not `known`. Gives back those that are new. */
  learn(writerId: number | null, text: string, known: (word: string) => boolean): string[] {
    const words = this.#of(writerId)
    const fresh = wordsIn(text).filter(
      (word) => [...word].length >= SHORTEST && /\p{L}/u.test(word) && !words.includes(word) && !known(word),
    )
    if (fresh.length > 0) this.#keep(writerId, [...words, ...fresh].slice(-MOST_LEARNED))
    return fresh
  }

  /** Forgets words, whoever wrote them. */
  forget(words: readonly string[]): void {
    for (const writer of [null, ...this.#store.writers.list().map(({ id }) => id)]) {
      const before = this.#of(writer)
      const left = before.filter((word) => !words.includes(word))
      if (left.length < before.length) this.#keep(writer, left)
    }
  }

  #of(writerId: number | null): string[] {
    return this.#store.settings.get(nameOf(writerId), WordsOfWriter)?.words ?? []
  }

  #keep(writerId: number | null, words: string[]): void {
    this.#store.settings.set(nameOf(writerId), { words })
  }
}

function nameOf(writerId: number | null): string {
  return writerId === null ? 'words of nobody' : nameOfWriters('words', writerId)
}
