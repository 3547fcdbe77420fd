import type { Split, TrainingConfig } from '../../../shared/api/training.ts'
import type * as v from 'valibot'

export type SplitBy = v.InferOutput<typeof Split>['by']

/** A training that suits a first try: the network of the paper, a fifth of the recordings held out, seed fixed. */
export function defaultConfig(name: string): TrainingConfig {
  return {
    name,
    model: 'ott',
    task: 'ctc',
    filter: {},
    channels: [],
    rateHz: null,
    split: { by: 'recording', heldOut: 0.2 },
    epochs: 30,
    batchSize: 32,
    learningRate: 1e-3,
    weightDecay: 0.01,
    warmupEpochs: 2,
    augment: true,
    seed: 1,
    startFrom: null,
    backend: 'auto',
    threads: null,
  }
}
