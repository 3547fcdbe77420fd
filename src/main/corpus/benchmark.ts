/** VirtualWords-500: the virtual benchmark. Fixed writers, words and folds; everything in it is virtual and says so. */
import { builtinWords } from '../words/lists.ts'
import { randomStream } from '../random/named.ts'
import { simulateWord } from '../simulator/simulate.ts'
import type { VirtualRecording } from '../simulator/simulate.ts'
import { drawWriter } from '../simulator/writer.ts'
import type { Handedness, VirtualWriter } from '../simulator/writer.ts'

const WRITERS = 50
const FOLDS = 5
/** One left-hander in each writer-independent fold. */
const LEFT_HANDED = 5

export interface BenchmarkWriter {
  id: string
  seed: number
  name: string
  handedness: Handedness
  /** The writer-independent fold in which this writer validates. */
  fold: number
}

export interface BenchmarkWord {
  text: string
  /** The word-disjoint fold in which this word validates. */
  fold: number
}

/** What is held out in a fold; all the rest trains. */
export interface BenchmarkFold {
  split: 'writer-independent' | 'word-disjoint'
  fold: number
  writers: readonly string[]
  words: readonly string[]
}

export interface Benchmark {
  name: 'VirtualWords-500'
  virtual: true
  writers: readonly BenchmarkWriter[]
  words: readonly BenchmarkWord[]
  folds: readonly BenchmarkFold[]
  recordings: number
}

/**
 * The definition of the benchmark: 50 writers (5 left-handed) of 500 words each, 5 folds of 10 writers and 5 of 100
 * words.
 */
export function virtualWords500(): Benchmark {
  const order = randomStream('VirtualWords-500', 'writers').shuffled(Array.from({ length: WRITERS }, (_, i) => i))
  const writers = Array.from({ length: WRITERS }, (_, i): BenchmarkWriter => {
    const place = order.indexOf(i)
    const { name, seed, handedness } = drawWriter(i + 1, { handedness: place < LEFT_HANDED ? 'left' : 'right' })
    return { id: `vw500-w${String(i + 1).padStart(2, '0')}`, seed, name, handedness, fold: place % FOLDS }
  })
  const texts = builtinWords()
  const shuffledWords = randomStream('VirtualWords-500', 'words').shuffled(texts)
  const wordFold = new Map(shuffledWords.map((text, place) => [text, place % FOLDS]))
  const words = texts.map((text): BenchmarkWord => ({ text, fold: wordFold.get(text)! }))
  const folds = Array.from({ length: FOLDS }, (_, fold): BenchmarkFold[] => [
    {
      split: 'writer-independent',
      fold,
      writers: writers.filter((writer) => writer.fold === fold).map(({ id }) => id),
      words: [],
    },
    {
      split: 'word-disjoint',
      fold,
      writers: [],
      words: words.filter((word) => word.fold === fold).map(({ text }) => text),
    },
  ])
  return {
    name: 'VirtualWords-500',
    virtual: true,
    writers,
    words,
    folds: folds.flat(),
    recordings: writers.length * words.length,
  }
}

export interface BenchmarkRecording {
  /** Stable: writer and place of the word in the list. */
  id: string
  writer: VirtualWriter
  writerFold: number
  wordFold: number
  recording: VirtualRecording
}

/**
 * The recordings of the benchmark, writer by writer, one at a time. `perWriter` takes the first words only, for quick
 * runs.
 */
export function* benchmarkRecordings(
  options: { writers?: readonly string[]; perWriter?: number } = {},
): Generator<BenchmarkRecording> {
  const { writers, words } = virtualWords500()
  const wanted = new Set(options.writers ?? writers.map(({ id }) => id))
  for (const { id, seed, handedness, fold } of writers) {
    if (!wanted.has(id)) continue
    const writer = drawWriter(seed, { handedness })
    for (const [place, word] of words.slice(0, options.perWriter).entries()) {
      yield {
        id: `${id}-${String(place + 1).padStart(3, '0')}`,
        writer,
        writerFold: fold,
        wordFold: word.fold,
        recording: simulateWord(writer, word.text),
      }
    }
  }
}
