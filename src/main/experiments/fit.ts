import type { Augmentation } from '../../shared/api/training.ts'
import type { Recipe } from '../../shared/api/recipe.ts'
import { batchOf, fillBatches } from '../ml/batches/batches.ts'
import {
  prepareAuxiliary,
  type AuxiliaryNetwork,
  type AuxiliaryMaterial,
  type ImageNetworkCache,
} from '../training/auxiliary/network.ts'
import { KeyedRandom, textKey } from '../random/keyed.ts'
import type { Example, ModelSignature } from '../ml/data/types.ts'
import type { Engine, NamedArrays } from '../compute/engine/types.ts'
import { evaluation, readExamples, type ReadExample } from '../training/evaluation/evaluate.ts'
import { initialModel, timeReduction, type ModelConfig } from '../ml/models/index.ts'
import { learningRateAt } from '../ml/models/schedule.ts'
import type { Guide, OpenEngine } from '../training/types.ts'
import type { WordImageSource } from '../words/images.ts'

/** How one network of an experiment is trained. Plain data: stored with its outcome, and enough to repeat it. */
export interface FitConfig {
  model: ModelConfig
  recipe: Recipe
  epochs: number
  batchSize: number
  learningRate: number
  weightDecay: number
  warmupEpochs: number
  augmentations: readonly Augmentation[]
  seed: number
  /** Measured after every so many epochs and after the last one; after each by default. */
  measureEvery?: number
}

export interface FitMaterial {
  signature: ModelSignature
  train: readonly Example[]
  /** Measured on along the way; nothing is chosen by it. */
  heldOut: readonly Example[]
  source: WordImageSource
  openEngine: OpenEngine
  /** Weights to go on from instead of fresh ones: adaptation. */
  start?: { weights: NamedArrays; state: NamedArrays }
  /** What more is known of the recordings than their labels; a recipe with another side goes before it. */
  guide?: Guide
  imageCache?: ImageNetworkCache
  /** What image networks learn from where that is not the labels trained with, and where they are kept. */
  images?: Pick<AuxiliaryMaterial, 'drawn' | 'keeper'>
  signal?: AbortSignal
  /** Told of every measured epoch, and of an image network on its way. */
  progress?: (text: string) => void
  /** Told of an image network alone, which can take longer than the rest. */
  imageProgress?: (text: string) => void
}

/** One measured epoch: losses over the training data, rates over the held-out data. */
export interface FitEpoch {
  /** From 1. */
  epoch: number
  loss: number
  task: number
  cer: number
  wer: number
  accuracy: number
  /**
   * Mean distances between pen and picture of the same label, and of different ones; NaN without a cross-modal loss.
   */
  positive: number
  negative: number
}

export interface Fitted {
  curve: FitEpoch[]
  /** Readings of the held-out data after the last epoch. */
  readings: ReadExample[]
  weights: NamedArrays
  state: NamedArrays
  image: AuxiliaryNetwork['image']
}

const DROPOUT = textKey('dropout')

/** Trains one network, with or without a cross-modal loss, measuring along the way. The last epoch counts. */
export async function fit(config: FitConfig, material: FitMaterial): Promise<Fitted> {
  const { signature, train, heldOut, guide, openEngine } = material
  const auxiliary =
    config.recipe.kind === 'plain' ? null : await prepareAuxiliary(config.recipe, companionMaterial(config, material))
  const start = material.start ?? initialModel(config.model, config.seed)
  const program = auxiliary?.program ?? guide?.program ?? { name: 'recogniser', config: { model: config.model } }
  const { engine } = await openEngine(program, {
    weights: { ...start.weights, ...auxiliary?.weights },
    state: start.state,
  })
  try {
    const curve: FitEpoch[] = []
    let readings: ReadExample[] = []
    for (let epoch = 0; epoch < config.epochs; epoch++) {
      const means = await trainEpoch(engine, config, material, auxiliary ?? guide ?? null, epoch)
      if ((epoch + 1) % (config.measureEvery ?? 1) !== 0 && epoch + 1 < config.epochs) continue
      const read = await readExamples(engine, signature, heldOut, { batchSize: config.batchSize })
      readings = read.readings
      const { cer, wer, accuracy } = evaluation(readings, () => [])
      curve.push({
        epoch: epoch + 1,
        loss: means['loss']!,
        task: means['task'] ?? means['loss']!,
        cer,
        wer,
        accuracy,
        positive: means['positive'] ?? NaN,
        negative: means['negative'] ?? NaN,
      })
      material.progress?.(
        `epoch ${epoch + 1} of ${config.epochs}: loss ${means['loss']!.toFixed(3)}, ` +
          (signature.task === 'ctc' ? `CER ${(100 * cer).toFixed(1)} %` : `${(100 * accuracy).toFixed(1)} % right`) +
          `, ${train.length} recordings`,
      )
    }
    const { weights, state } = await engine.snapshot()
    return { curve, readings, weights, state, image: auxiliary?.image ?? null }
  } finally {
    await engine.dispose()
  }
}

function companionMaterial(
  config: FitConfig,
  { signature, train, source, openEngine, imageCache, images, progress, imageProgress = progress }: FitMaterial,
): Parameters<typeof prepareAuxiliary>[1] {
  const report =
    imageProgress &&
    (({ step, steps, loss }: { step: number; steps: number; loss: number }): void => {
      if (step % 100 === 99) imageProgress(`image network, step ${step + 1} of ${steps}: loss ${loss.toFixed(3)}`)
    })
  return {
    pen: config.model,
    signature,
    labels: train.map(({ label }) => label.normalize('NFC')),
    source,
    openEngine,
    seed: config.seed,
    ...images,
    ...(imageCache ? { imageCache } : {}),
    ...(report ? { progress: report } : {}),
  }
}

async function trainEpoch(
  engine: Engine,
  config: FitConfig,
  { signature, train, signal }: FitMaterial,
  auxiliary: Pick<AuxiliaryNetwork, 'extras'> | null,
  epoch: number,
): Promise<Record<string, number>> {
  const batches = fillBatches(train, config.batchSize, config.seed, epoch)
  const how = { augmentations: config.augmentations, seed: config.seed, epoch, reduction: timeReduction(config.model) }
  const sums: Record<string, number> = {}
  for (const [at, group] of batches.entries()) {
    signal?.throwIfAborted()
    const step = epoch * batches.length + at
    const batch = batchOf(group, signature, how)
    const { loss, parts } = await engine.step(
      auxiliary ? { ...batch, extra: auxiliary.extras(group, { epoch, epochs: config.epochs }) } : batch,
      {
        learningRate: learningRateAt(step, {
          peak: config.learningRate,
          warmup: config.warmupEpochs * batches.length,
          total: config.epochs * batches.length,
        }),
        weightDecay: config.weightDecay,
        clipNorm: 5,
        seed: new KeyedRandom(config.seed, DROPOUT, step).below(2 ** 30),
      },
    )
    for (const [name, value] of Object.entries({ loss, ...parts }))
      sums[name] = (sums[name] ?? 0) + value * group.length
  }
  return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / train.length]))
}
