import { setImmediate } from 'node:timers/promises'
/** Corpora of virtual words: made one recording at a time, so that memory stays flat whatever the size. */
import { KalamosError } from '../../shared/errors.ts'
import { randomStream } from '../random/named.ts'
import type { PenHold } from '../simulator/hold.ts'
import { writableSymbols } from '../simulator/shapes.ts'
import { simulateWord } from '../simulator/simulate.ts'
import type { SimulationOptions, VirtualRecording } from '../simulator/simulate.ts'
import { checkSeed, drawWriter } from '../simulator/writer.ts'
import type { VirtualWriter } from '../simulator/writer.ts'

/** Seeds of a corpus's writers are `seed * MOST_WRITERS + 1, 2, ...`, so that each can be drawn again by itself. */
const MOST_WRITERS = 10_000

export interface CorpusSpec {
  words: readonly string[]
  writers: number
  /** Words of each writer: a random choice without repeats, then again from the start as further takes. */
  perWriter: number
  seed: number
}

export interface CorpusRecording {
  /** Who holds the pen. A re-enacted person holds it in several ways, each a session of its own. */
  writer: PenHold
  /** Place within the writer's words, from 0. */
  index: number
  recording: VirtualRecording
  /** The record of which file it re-enacts; absent for what is virtual. */
  source?: string
}

/** Throws `invalid-input` for a corpus that cannot be made, before anything is. */
export function checkCorpus({ words, writers, perWriter, seed }: CorpusSpec): void {
  checkSeed(seed)
  if (!Number.isInteger(writers) || writers < 1 || writers >= MOST_WRITERS) {
    throw new KalamosError(
      'invalid-input',
      `A corpus of ${writers} writers cannot be made.`,
      `Ask for 1 to ${MOST_WRITERS - 1} writers.`,
    )
  }
  if ((seed + 1) * MOST_WRITERS > 0x7fffffff)
    throw new KalamosError('invalid-input', `The seed ${seed} is too large for a corpus.`, 'Choose one up to 214747.')
  if (!Number.isInteger(perWriter) || perWriter < 1) {
    throw new KalamosError(
      'invalid-input',
      `${perWriter} words per writer cannot be made.`,
      'Ask for at least 1 word per writer.',
    )
  }
  if (words.length === 0) throw new KalamosError('invalid-input', 'The word list is empty.', 'Give at least one word.')
  for (const word of words) writableSymbols(word)
}

/** The writers of a corpus, one at a time. */
export function* corpusWriters({ writers, seed }: Pick<CorpusSpec, 'writers' | 'seed'>): Generator<VirtualWriter> {
  for (let i = 1; i <= writers; i++) yield drawWriter(seed * MOST_WRITERS + i)
}

/** The recordings of a corpus, writer by writer. Throws `invalid-input` at once for a corpus that cannot be made. */
export function corpus(
  spec: CorpusSpec,
  options: Omit<SimulationOptions, 'take' | 'seed'> = {},
): Generator<CorpusRecording> {
  checkCorpus(spec)
  return recordings(spec, options)
}

function* recordings(spec: CorpusSpec, options: Omit<SimulationOptions, 'take' | 'seed'>): Generator<CorpusRecording> {
  for (const writer of corpusWriters(spec)) {
    const order = randomStream('corpus', writer.seed).shuffled(spec.words)
    for (let index = 0; index < spec.perWriter; index++) {
      const take = Math.floor(index / order.length)
      yield { writer, index, recording: simulateWord(writer, order[index % order.length]!, { ...options, take }) }
    }
  }
}

/** What a corpus is, as it is said of it where it is written. */
export type CorpusAbout = Pick<CorpusSpec, 'seed'> & {
  words: readonly string[]
  /** The file of pen paths that it re-enacts. */
  reenacted?: string
}

/**
 * Where a corpus goes. `begin` refuses what cannot be written; nothing counts as there until `commit`; `abort` leaves
 * no trace.
 */
export interface CorpusSink {
  /** How recordings are to be made for this sink, such as longer pauses. */
  readonly options?: Omit<SimulationOptions, 'take' | 'seed'>
  begin(about: CorpusAbout): void | Promise<void>
  add(item: CorpusRecording): void | Promise<void>
  commit(): void | Promise<void>
  abort(): void | Promise<void>
}

export interface CorpusProgress {
  done: number
  total: number
}

/**
 * Makes a corpus and gives it to a sink. On a cancel (`cancelled`) or any error the sink is told to abort.
 * @returns how many recordings were written
 */
export async function writeCorpus(
  spec: CorpusSpec,
  sink: CorpusSink,
  options: { signal?: AbortSignal; onProgress?: (progress: CorpusProgress) => void } = {},
): Promise<number> {
  return writeItems(corpus(spec, sink.options), spec.writers * spec.perWriter, spec, sink, options)
}

/** Gives recordings, `total` of them, to a sink; the rest as in `writeCorpus`. */
export async function writeItems(
  items: Iterable<CorpusRecording>,
  total: number,
  about: CorpusAbout,
  sink: CorpusSink,
  options: { signal?: AbortSignal; onProgress?: (progress: CorpusProgress) => void } = {},
): Promise<number> {
  await sink.begin(about)
  try {
    let done = 0
    for (const item of items) {
      refuseCancelled(options.signal)
      await sink.add(item)
      done++
      if (done % 25 === 0 || done === total) {
        options.onProgress?.({ done, total })
        await setImmediate()
      }
    }
    refuseCancelled(options.signal)
    await sink.commit()
    return done
  } catch (error) {
    await sink.abort()
    throw error
  }
}

function refuseCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new KalamosError('cancelled', 'The corpus was cancelled; nothing of it was kept.')
}
