import type { ModelCard } from '../../ml/checkpoint/card.ts'
import type { Example, ModelSignature } from '../../ml/data/types.ts'
import type { Engine } from '../../compute/engine/types.ts'
import { syntheticWords } from './synthetic-writers.ts'
import { findStyleEstimator } from '../../ml/style/file.ts'
import { extractFeatures } from '../../ml/style/extract.ts'
import { styleOf, type StyleEstimator } from '../../ml/style/estimate.ts'
import type { Others } from './others.ts'
import { tune, type TuneConfig } from './tune.ts'

/** Words of synthetic writers: each is seen once, with half as many of others. */
export const SYNTHETIC_WORDS = 900
const REHEARSAL = 0.5
const WARM_UP = 0.2

/**
 * What tells the hands of writers by a model; null where none was made for it, or where it knows no virtual writers.
 */
export function styleEstimatorFor({ weights }: ModelCard, { rehearsalBuffer }: Others): StyleEstimator | null {
  return rehearsalBuffer.kind === 'virtual' ? findStyleEstimator(weights.sha256) : null
}

export interface SyntheticMaterial {
  signature: ModelSignature & { reduction: number }
  reader: StyleEstimator
  /** Words of others of all kinds, against forgetting. */
  rehearsalBuffer: readonly Example[]
  /** How many words of synthetic writers; `SYNTHETIC_WORDS` where it is not said. */
  words?: number
  frozen: readonly string[]
}

/**
 * Lets a model practise on synthetic writers of the writer’s style before it sees much of the writer's own words: the
 * words tell traits of the hand, virtual writers with these traits write other words, and the model is trained on with
 * those. An engine that has the weights of the recogniser that hands are told with is left with the practised ones.
 * Returns the words of the synthetic writers.
 *
 * So a few words teach about letters that are not among them, as far as a hand is a virtual one's like. Data of a
 * fitted simulation is an old way to know an unseen system from little data (Rubin 1984; Cranmer et al. 2020).
 */
export async function practise(
  engine: Engine,
  own: readonly Example[],
  config: TuneConfig,
  { signature, reader, rehearsalBuffer, frozen, words = SYNTHETIC_WORDS }: SyntheticMaterial,
  callbacks: { progress?: (share: number) => void; signal?: AbortSignal } = {},
): Promise<readonly Example[]> {
  const style = styleOf(reader, await extractFeatures(engine, signature, own))
  const synthetic = syntheticWords(style, words, config.seed, signature)
  await tune(
    engine,
    { ...config, epochs: 1, warmupEpochs: WARM_UP },
    { signature, own: synthetic, rehearsalBuffer, rehearsal: REHEARSAL, frozen, auxiliary: null },
    callbacks,
  )
  return synthetic
}

/** What is rehearsed beside a writer's own words: as many words of the synthetic writers as of others. */
export function mixedRehearsalBuffer(
  synthetic: readonly Example[],
  rehearsalBuffer: readonly Example[],
): readonly Example[] {
  const each = Math.min(synthetic.length, rehearsalBuffer.length)
  return each === 0
    ? [...synthetic, ...rehearsalBuffer]
    : [...synthetic.slice(0, each), ...rehearsalBuffer.slice(0, each)]
}
