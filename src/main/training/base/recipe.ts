import type { TrainingConfig } from '../../../shared/api/training.ts'
import { virtualWords500 } from '../../corpus/benchmark.ts'
import { inventWords } from './invented.ts'

/** Everything that decides what the base model is; all of it is virtual. */
export interface BaseRecipe {
  /** Virtual writers to learn from, left-handed ones among them, and how many words each of them writes. */
  writers: number
  leftHanded: number
  perWriter: number
  /** How much more they differ than the writers of the test: unusual hands are learned from as well. */
  spread: number
  /** Unseen virtual writers to measure on, left-handed ones among them, and words of each. */
  unseenWriters: number
  unseenLeftHanded: number
  unseenPerWriter: number
  inventedWords: number
  epochs: number
  /** Epochs in which it settles afterwards: at half the rate, on words as they were written. */
  settling: number
  seed: number
}

export const BASE_RECIPE: BaseRecipe = {
  writers: 8000,
  leftHanded: 2400,
  perWriter: 30,
  spread: 1.25,
  unseenWriters: 20,
  unseenLeftHanded: 5,
  unseenPerWriter: 100,
  inventedWords: 120_000,
  epochs: 4,
  settling: 2,
  seed: 2026,
}

/** The same in minutes instead of an hour: for tests and first looks, not for use. */
export const QUICK_RECIPE: BaseRecipe = {
  ...BASE_RECIPE,
  writers: 12,
  leftHanded: 2,
  perWriter: 20,
  unseenWriters: 4,
  unseenLeftHanded: 1,
  unseenPerWriter: 10,
  inventedWords: 50,
  epochs: 2,
  settling: 1,
}

/** The words to train with and those that are never shown: one fold of VirtualWords-500 is kept back whole. */
export function baseWords({ inventedWords, seed }: Pick<BaseRecipe, 'inventedWords' | 'seed'>): {
  train: string[]
  unseen: string[]
} {
  const { words } = virtualWords500()
  const unseen = words.filter(({ fold }) => fold === 0).map(({ text }) => text)
  const known = words.filter(({ fold }) => fold !== 0).map(({ text }) => text)
  return { train: [...known, ...inventWords(known, inventedWords, { seed, avoid: unseen })], unseen }
}

/**
 * How the base model is trained: the small REWI network on what the gyroscope and the tip force say, roll-normalised,
 * with the usual augmentations. The accelerometers of a pen on paper feel mostly its friction; without them the error
 * on writers never seen is lower.
 */
export function baseTraining({ epochs, seed }: Pick<BaseRecipe, 'epochs' | 'seed'>): TrainingConfig {
  return {
    name: 'base (virtual)',
    model: 'rewi-s',
    task: 'ctc',
    filter: {},
    channels: ['gyro_x', 'gyro_y', 'gyro_z', 'force'],
    rateHz: 100,
    pose: 'roll-normalised',
    split: { by: 'writer', heldOut: 0.02 },
    epochs,
    batchSize: 32,
    learningRate: 2e-3,
    weightDecay: 1e-2,
    warmupEpochs: Math.min(1, epochs - 1),
    augment: true,
    seed,
    startFrom: null,
    backend: 'auto',
    threads: null,
  }
}

/** How it is trained on from there: without augmentations, down from half the rate. */
export function baseFinalEpochs({
  epochs,
  settling,
  seed,
}: Pick<BaseRecipe, 'epochs' | 'settling' | 'seed'>): TrainingConfig {
  const first = baseTraining({ epochs, seed })
  return { ...first, epochs: settling, learningRate: first.learningRate / 2, warmupEpochs: 0, augment: false }
}
