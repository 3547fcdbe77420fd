import type { Split, TrainingConfig } from '../../shared/api/training.ts'
import type * as v from 'valibot'

export type SplitBy = v.InferOutput<typeof Split>['by']

/** A training that suits a first try: the network of the paper, a fifth of the recordings held out, seed fixed. */
export function defaultConfig(name: string): TrainingConfig {
  return {
    name,
    ...learningFor(Infinity),
    task: 'ctc',
    filter: {},
    channels: [],
    rateHz: null,
    split: { by: 'recording', heldOut: 0.2 },
    weightDecay: 0.01,
    warmupEpochs: 2,
    seed: 1,
    startFrom: null,
    backend: 'auto',
    threads: null,
  }
}

/** What depends on how much there is to learn from. */
export type Learning = Pick<TrainingConfig, 'model' | 'epochs' | 'batchSize' | 'learningRate' | 'augment'>

/**
 * Settings that learn from so many recordings. Few of them need many rounds of small batches through a small network,
 * and turning the sensors of a handful of recordings hides more than it teaches; many suit the network of the paper.
 * Assumed from trials on virtual and real digits.
 */
export function learningFor(recordings: number): Learning {
  if (recordings < 100) return { model: 'small', epochs: 60, batchSize: 8, learningRate: 1e-2, augment: false }
  if (recordings < 1000) return { model: 'small', epochs: 60, batchSize: 16, learningRate: 1e-2, augment: true }
  return { model: 'ott', epochs: 30, batchSize: 32, learningRate: 1e-3, augment: true }
}

/** The settings for so many recordings where nobody has changed the last ones that were suggested; else as they are. */
export function following(config: TrainingConfig, suggested: Learning, recordings: number): Learning | null {
  const untouched = (Object.keys(suggested) as (keyof Learning)[]).every((key) => config[key] === suggested[key])
  return untouched && recordings > 0 ? learningFor(recordings) : null
}
