import { symbols } from '../../../shared/text.ts'
import { PEN_CHANNELS } from '../../../shared/signal.ts'
import { BASE_RECIPE, baseTraining } from '../../training/base/recipe.ts'
import { classesOf, encode } from '../../ml/data/classes.ts'
import { pieceOf } from '../../ml/data/pieces.ts'
import type { Example, ModelSignature } from '../../ml/data/types.ts'
import { virtualWords500 } from '../../corpus/benchmark.ts'
import { randomStream } from '../../random/named.ts'
import { simulateWord } from '../../simulator/simulate.ts'
import { drawWriter, type VirtualWriter } from '../../simulator/writer.ts'

export type Split = 'writer-independent' | 'word-disjoint'

/** How much of VirtualWords-500 is used; the folds are the benchmark's own. */
export interface Share {
  split: Split
  fold: number
  /** Words of each training writer, and of each writer who is measured on. */
  trainWords: number
  testWords: number
  /** Longer words are left out; null takes all. */
  longest: number | null
}

/** Reads words letter by letter, as the pen sends them. */
export function wordSignature(labels: readonly string[], minimumFrames: number): ModelSignature {
  return {
    task: 'ctc',
    channels: PEN_CHANNELS.map(({ name }) => name),
    rateHz: 100,
    classes: classesOf(labels, 'ctc'),
    minimumFrames,
  }
}

/**
 * The alphabet of all 500 words, so that networks of all folds have the same outputs, and what the base model feels of
 * the pen: its turning and its force, roll-normalised.
 */
export function benchmarkSignature(minimumFrames: number): ModelSignature {
  const { channels, pose } = baseTraining(BASE_RECIPE)
  return {
    ...wordSignature(
      virtualWords500().words.map(({ text }) => text),
      minimumFrames,
    ),
    channels,
    pose: pose ?? 'as held',
  }
}

/** Recordings of VirtualWords-500 by writer and word; each is simulated once. */
export class VirtualWords {
  readonly #signature: ModelSignature
  readonly #writers: readonly { writer: VirtualWriter; fold: number }[]
  readonly #known = new Map<string, Example>()

  constructor(signature: ModelSignature) {
    this.#signature = signature
    this.#writers = virtualWords500().writers.map(({ seed, handedness, fold }) => ({
      writer: drawWriter(seed, { handedness }),
      fold,
    }))
  }

  /** Ids of the left-handed writers. */
  get leftHanded(): ReadonlySet<number> {
    return new Set(this.#writers.flatMap(({ writer }, at) => (writer.handedness === 'left' ? [at + 1] : [])))
  }

  /** A fold's recordings. Which words a writer writes does not depend on the seed of a training. */
  divided({ split, fold, trainWords, testWords, longest }: Share): { train: Example[]; heldOut: Example[] } {
    const words = virtualWords500().words.filter(({ text }) => longest === null || symbols(text).length <= longest)
    const take = (writers: readonly number[], from: readonly { text: string }[], count: number): Example[] =>
      writers.flatMap((at) =>
        randomStream('words of an experiment', this.#writers[at]!.writer.seed)
          .shuffled(from)
          .slice(0, count)
          .map(({ text }) => this.#example(at, text)),
      )
    const everybody = this.#writers.map((_, at) => at)
    if (split === 'word-disjoint') {
      return {
        train: take(
          everybody,
          words.filter((word) => word.fold !== fold),
          trainWords,
        ),
        heldOut: take(
          everybody,
          words.filter((word) => word.fold === fold),
          testWords,
        ),
      }
    }
    const isHeldOut = (at: number): boolean => this.#writers[at]!.fold === fold
    return {
      train: take(
        everybody.filter((at) => !isHeldOut(at)),
        words,
        trainWords,
      ),
      heldOut: take(everybody.filter(isHeldOut), words, testWords),
    }
  }

  #example(at: number, text: string): Example {
    const key = `${at} ${text}`
    const known = this.#known.get(key)
    if (known) return known
    const { writer } = this.#writers[at]!
    const values = pieceOf(simulateWord(writer, text).signal, this.#signature)
    const label = text.normalize('NFC')
    const example: Example = {
      id: this.#known.size + 1,
      writerId: at + 1,
      writerName: writer.name,
      label,
      target: encode(this.#signature, label),
      frames: values.length / this.#signature.channels.length,
      values,
    }
    this.#known.set(key, example)
    return example
  }
}
