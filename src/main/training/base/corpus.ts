import { setImmediate } from 'node:timers/promises'
import { openStore } from '../../store/index.ts'
import { drawWriter } from '../../simulator/writer.ts'
import { randomStream } from '../../random/named.ts'
import { simulateWord } from '../../simulator/simulate.ts'
import { StoreSink } from '../../corpus/store-sink.ts'
import type { VirtualWriter } from '../../simulator/writer.ts'
import { letterMiddles, type Middles } from './guide.ts'
import { baseWords, type BaseRecipe } from './recipe.ts'

/** Seeds of training writers and of unseen ones; the two ranges never meet. */
const TRAINING_SEEDS = 100_000
const UNSEEN_SEEDS = 900_000

export interface CorpusProgress {
  done: number
  total: number
}

/** Fills a new database with the virtual words that the base model learns from, and says where their letters are. */
export async function writeTrainingCorpus(
  path: string,
  recipe: BaseRecipe,
  progress: (at: CorpusProgress) => void,
  signal?: AbortSignal,
): Promise<Middles> {
  const { train } = baseWords(recipe)
  const writers = Array.from({ length: recipe.writers }, (_, i) => trainingWriter(i, recipe))
  return write(path, writers, train, recipe.perWriter, progress, signal)
}

/** Fills a new database with words that were never shown, by virtual writers who were never seen. */
export async function writeUnseenCorpus(
  path: string,
  recipe: BaseRecipe,
  progress: (at: CorpusProgress) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { unseen } = baseWords(recipe)
  const writers = Array.from({ length: recipe.unseenWriters }, (_, i) =>
    drawWriter(UNSEEN_SEEDS + recipe.seed + i, { handedness: i < recipe.unseenLeftHanded ? 'left' : 'right' }),
  )
  await write(path, writers, unseen, recipe.unseenPerWriter, progress, signal)
}

/** One of the virtual writers that the base model learns from, counted from 0. */
export function trainingWriter(
  at: number,
  recipe: Pick<BaseRecipe, 'seed' | 'writers' | 'leftHanded' | 'spread'>,
): VirtualWriter {
  return drawWriter(TRAINING_SEEDS + recipe.seed + at, {
    handedness: isLeft(at, recipe) ? 'left' : 'right',
    spread: recipe.spread,
  })
}

/** Left-handers are spread evenly, so that a share of the writers that is held out holds their share of them. */
function isLeft(at: number, { writers, leftHanded }: Pick<BaseRecipe, 'writers' | 'leftHanded'>): boolean {
  return Math.floor(((at + 1) * leftHanded) / writers) > Math.floor((at * leftHanded) / writers)
}

async function write(
  path: string,
  writers: readonly VirtualWriter[],
  words: readonly string[],
  perWriter: number,
  progress: (at: CorpusProgress) => void,
  signal: AbortSignal | undefined,
): Promise<Middles> {
  const store = openStore(path)
  const sink = new StoreSink(store)
  const total = writers.length * perWriter
  const middles: Middles = []
  // Each writer goes on in the row of words where the one before stopped, so that all words come equally often.
  const row = randomStream('base', 'words').shuffled(words)
  try {
    for (const [place, writer] of writers.entries()) {
      for (let index = 0; index < perWriter; index++) {
        const take = Math.floor(index / row.length)
        const recording = simulateWord(writer, row[(place * perWriter + index) % row.length]!, { take })
        middles.push(letterMiddles(recording))
        sink.add({ writer, index, recording })
      }
      signal?.throwIfAborted()
      progress({ done: (place + 1) * perWriter, total })
      await setImmediate()
    }
    sink.commit()
    return middles
  } catch (error) {
    sink.abort()
    throw error
  } finally {
    store.close()
  }
}
