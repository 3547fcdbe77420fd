import type { WordImageSource } from '../../words/images.ts'
import { encode } from '../../ml/data/classes.ts'
import { KeyedRandom, textKey } from '../../random/keyed.ts'
import type { ModelSignature } from '../../ml/data/types.ts'
import { textOf } from '../../ml/decode/text.ts'
import type { Engine, NamedArrays } from '../../compute/engine/types.ts'
import { errorRates, type Reading } from '../../../shared/text.ts'
import { learningRateAt } from '../../ml/models/schedule.ts'
import { pictureBatch } from '../../ml/image/pictures.ts'

/** Pictures with these seeds and above are kept for measuring: no training draws them. */
export const MEASURING_SEEDS = 2 ** 30

export interface ImageTraining {
  engine: Engine
  signature: Pick<ModelSignature, 'task' | 'classes'>
  /** Labels to draw pictures of. */
  labels: readonly string[]
  source: WordImageSource
  steps: number
  batchSize: number
  learningRate: number
  seed: number
  progress?: (at: { step: number; loss: number }) => void
}

const WORDS = textKey('picture words')

/** Trains an image network alone, on new pictures in every step, and measures it on pictures it has not seen. */
export async function trainImageNetwork(
  training: ImageTraining,
): Promise<{ weights: NamedArrays; losses: number[]; cer: number; accuracy: number; pictures: number }> {
  const { engine, signature, labels, source, steps, batchSize, learningRate, seed } = training
  const losses: number[] = []
  for (let step = 0; step < steps; step++) {
    const random = new KeyedRandom(seed, WORDS, step)
    const chosen = Array.from({ length: batchSize }, () => labels[random.below(labels.length)]!)
    const images = chosen.map((label) => source.image(label, random.below(MEASURING_SEEDS)))
    const batch = pictureBatch(
      images,
      chosen.map((label) => encode(signature, label)),
    )
    const { loss } = await engine.step(batch, {
      learningRate: learningRateAt(step, { peak: learningRate, warmup: Math.ceil(steps / 20), total: steps }),
      weightDecay: 0.01,
      clipNorm: 5,
      seed: random.below(2 ** 30),
    })
    losses.push(loss)
    training.progress?.({ step, loss })
  }
  const measured = await measureImageNetwork(training, Math.min(512, Math.max(64, 2 * labels.length)))
  return { weights: (await engine.snapshot()).weights, losses, ...measured }
}

/** Character error rate and share of exact readings on pictures that were not trained on. */
export async function measureImageNetwork(
  {
    engine,
    signature,
    labels,
    source,
    batchSize,
  }: Pick<ImageTraining, 'engine' | 'signature' | 'labels' | 'source' | 'batchSize'>,
  pictures: number,
): Promise<{ cer: number; accuracy: number; pictures: number }> {
  const readings: Reading[] = []
  for (let from = 0; from < pictures; from += batchSize) {
    const chosen = Array.from(
      { length: Math.min(batchSize, pictures - from) },
      (_, at) => labels[(from + at) % labels.length]!,
    )
    const batch = pictureBatch(
      chosen.map((label, at) => source.image(label, MEASURING_SEEDS + from + at)),
      chosen.map((label) => encode(signature, label)),
    )
    const { outputs, lengths } = await engine.predict(batch)
    chosen.forEach((reference, row) =>
      readings.push({ reference, hypothesis: textOf(signature, outputs['logits']!, row, lengths?.[row]).text }),
    )
  }
  const { cer, exact } = errorRates(readings)
  return { cer, accuracy: exact, pictures }
}
