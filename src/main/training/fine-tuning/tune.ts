import type { TrainingConfig } from '../../../shared/api/training.ts'
import { batchOf, fillBatches } from '../../ml/batches/batches.ts'
import type { AuxiliaryNetwork } from '../auxiliary/network.ts'
import { KeyedRandom, textKey } from '../../random/keyed.ts'
import type { Example, ModelSignature } from '../../ml/data/types.ts'
import type { Engine } from '../../compute/engine/types.ts'
import { learningRateAt } from '../../ml/models/schedule.ts'

/** How one set of weights is tuned: plain numbers of a training's config. */
export type TuneConfig = Pick<
  TrainingConfig,
  'epochs' | 'batchSize' | 'learningRate' | 'weightDecay' | 'warmupEpochs' | 'augmentations' | 'seed'
>

export interface TuneMaterial {
  signature: ModelSignature & { reduction: number }
  /** The writer's words: each is seen once an epoch. */
  own: readonly Example[]
  /** Words of others: some of them are drawn for each epoch. */
  rehearsalBuffer: readonly Example[]
  /** How many of them for each word of the writer. */
  rehearsal: number
  frozen: readonly string[]
  auxiliary: AuxiliaryNetwork | null
}

const REHEARSAL = textKey('replay')
const DROPOUT = textKey('adaptation dropout')
const CLIP_NORM = 5
/** With very few words of the writer, so many of others still keep the steps steady. */
const LEAST_REHEARSAL = 12

/**
 * Tunes an engine's weights to a writer, with as many words of others among the writer's own (rehearsal: Robins 1995),
 * by AdamW with warm-up and cosine. Returns the mean loss of every epoch. Throws what the signal was aborted with, and
 * `training-failed` where a step goes wrong.
 */
export async function tune(
  engine: Engine,
  config: TuneConfig,
  { signature, own, rehearsalBuffer, rehearsal, frozen, auxiliary }: TuneMaterial,
  { progress, signal }: { progress?: (share: number) => void; signal?: AbortSignal } = {},
): Promise<number[]> {
  const { epochs, batchSize, seed, augmentations = [] } = config
  const losses: number[] = []
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rehearsed = new KeyedRandom(seed, REHEARSAL, epoch)
      .shuffled(rehearsalBuffer)
      .slice(0, Math.max(Math.round(rehearsal * own.length), LEAST_REHEARSAL))
    const batches = fillBatches([...own, ...rehearsed], batchSize, seed, epoch)
    let sum = 0
    for (const [at, group] of batches.entries()) {
      signal?.throwIfAborted()
      const batch = batchOf(group, signature, { augmentations, seed, epoch, reduction: signature.reduction })
      const { loss } = await engine.step(
        auxiliary ? { ...batch, extra: auxiliary.extras(group, { epoch, epochs }) } : batch,
        {
          learningRate: learningRateAt(step, {
            peak: config.learningRate,
            warmup: config.warmupEpochs * batches.length,
            total: epochs * batches.length,
          }),
          weightDecay: config.weightDecay,
          clipNorm: CLIP_NORM,
          frozen,
          seed: new KeyedRandom(seed, DROPOUT, step).below(2 ** 30),
        },
      )
      step++
      sum += loss * group.length
      progress?.((epoch + (at + 1) / batches.length) / epochs)
    }
    losses.push(sum / (own.length + rehearsed.length))
  }
  return losses
}
