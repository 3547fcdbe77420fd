import { openStore } from '../../store/index.ts'
import { drawWriter } from '../../virtual/writer.ts'
import { randomStream, shuffled } from '../../virtual/random.ts'
import { simulateWord } from '../../virtual/simulate.ts'
import { StoreSink } from '../../virtual/store-sink.ts'
import type { VirtualWriter } from '../../virtual/writer.ts'
import { baseWords, type BaseRecipe } from './recipe.ts'

/** Seeds of training writers and of unseen ones; the two ranges never meet. */
export const TRAINING_SEEDS = 100_000
const UNSEEN_SEEDS = 900_000

export interface CorpusProgress {
  done: number
  total: number
}

/** Fills a new database with the virtual words that the base model learns from. */
export async function writeTrainingCorpus(path: string, recipe: BaseRecipe, progress: (at: CorpusProgress) => void, signal?: AbortSignal): Promise<void> {
  const { train } = baseWords(recipe)
  const writers = Array.from({ length: recipe.writers }, (_, i) => drawWriter(TRAINING_SEEDS + recipe.seed + i))
  await write(path, writers, train, recipe.perWriter, progress, signal)
}

/** Fills a new database with words that were never shown, by virtual writers who were never seen. */
export async function writeUnseenCorpus(path: string, recipe: BaseRecipe, progress: (at: CorpusProgress) => void, signal?: AbortSignal): Promise<void> {
  const { unseen } = baseWords(recipe)
  const writers = Array.from({ length: recipe.unseenWriters }, (_, i) =>
    drawWriter(UNSEEN_SEEDS + recipe.seed + i, { handedness: i < recipe.unseenLeftHanded ? 'left' : 'right' }),
  )
  await write(path, writers, unseen, recipe.unseenPerWriter, progress, signal)
}

async function write(
  path: string,
  writers: readonly VirtualWriter[],
  words: readonly string[],
  perWriter: number,
  progress: (at: CorpusProgress) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const store = openStore(path)
  const sink = new StoreSink(store)
  const total = writers.length * perWriter
  try {
    for (const [place, writer] of writers.entries()) {
      const chosen = shuffled(words, randomStream('base', writer.seed))
      for (let index = 0; index < perWriter; index++) {
        const take = Math.floor(index / chosen.length)
        sink.add({ writer, index, recording: simulateWord(writer, chosen[index % chosen.length]!, { take }) })
      }
      signal?.throwIfAborted()
      progress({ done: (place + 1) * perWriter, total })
      await new Promise((resolve) => setImmediate(resolve))
    }
    sink.commit()
  } catch (error) {
    sink.abort()
    throw error
  } finally {
    store.close()
  }
}
