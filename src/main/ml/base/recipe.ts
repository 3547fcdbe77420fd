import type { TrainingConfig } from '../../../shared/api/training.ts'
import { virtualWords500 } from '../../virtual/benchmark.ts'
import { inventWords } from './invented.ts'

/** Everything that decides what the base model is; all of it is virtual. */
export interface BaseRecipe {
  /** Virtual writers to learn from, and how many words each of them writes. */
  writers: number
  perWriter: number
  /** Unseen virtual writers to measure on, left-handed ones among them, and words of each. */
  unseenWriters: number
  unseenLeftHanded: number
  unseenPerWriter: number
  inventedWords: number
  epochs: number
  seed: number
}

export const BASE_RECIPE: BaseRecipe = {
  writers: 240,
  perWriter: 100,
  unseenWriters: 20,
  unseenLeftHanded: 5,
  unseenPerWriter: 100,
  inventedWords: 2000,
  epochs: 30,
  seed: 2026,
}

/** The same in minutes instead of an hour: for tests and first looks, not for use. */
export const QUICK_RECIPE: BaseRecipe = { ...BASE_RECIPE, writers: 12, perWriter: 20, unseenWriters: 4, unseenLeftHanded: 1, unseenPerWriter: 10, inventedWords: 50, epochs: 2 }

/** The words to train with and those that are never shown: one fold of VirtualWords-500 is kept back whole. */
export function baseWords({ inventedWords, seed }: Pick<BaseRecipe, 'inventedWords' | 'seed'>): { train: string[]; unseen: string[] } {
  const { words } = virtualWords500()
  const unseen = words.filter(({ fold }) => fold === 0).map(({ text }) => text)
  const known = words.filter(({ fold }) => fold !== 0).map(({ text }) => text)
  return { train: [...known, ...inventWords(known, inventedWords, { seed, avoid: unseen })], unseen }
}

/** How the base model is trained: the small REWI network with the usual augmentations. */
export function baseTraining({ epochs, seed }: Pick<BaseRecipe, 'epochs' | 'seed'>): TrainingConfig {
  return {
    name: 'base (virtual)',
    model: 'rewi-s',
    task: 'ctc',
    filter: {},
    channels: [],
    rateHz: 100,
    split: { by: 'writer', heldOut: 0.05 },
    epochs,
    batchSize: 64,
    learningRate: 2e-3,
    weightDecay: 1e-2,
    warmupEpochs: Math.min(2, epochs - 1),
    augment: true,
    seed,
    startFrom: null,
    backend: 'auto',
    threads: null,
  }
}
