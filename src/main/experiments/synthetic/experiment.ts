import { recipeOf, type Recipe, type RecipeInput } from '../../../shared/api/recipe.ts'
import { DISTANCES, type Distance } from '../../ml/cross/distance.ts'
import type { ImageNetworkCache } from '../../training/auxiliary/network.ts'
import type { ModelSignature } from '../../ml/data/types.ts'
import { namedConfig, type ModelConfig } from '../../ml/models/index.ts'
import type { TrialSpec, Experiment, Scale } from '../experiment.ts'
import type { FitConfig } from '../fit.ts'
import { runTrial } from '../trial.ts'
import { fieldImages, leastError, SINUSOIDS, sinusoids } from './signals.ts'

interface Config extends FitConfig {
  noise: number
  imageNoise: number
  trainPerClass: number
  testPerClass: number
}

const SIGNATURE: ModelSignature = {
  task: 'classes',
  channels: ['signal'],
  rateHz: 96,
  classes: SINUSOIDS,
  minimumFrames: 16,
}

/**
 * Kernels of eight frames: with four, the plain network itself learned sinusoids badly, and so said nothing about a
 * loss.
 */
const NETWORK = {
  ...namedConfig('small', { channels: 1, classes: SINUSOIDS.length, head: 'class' }),
  kernel: 8,
  dense: 32,
} as ModelConfig

/** The paper's own experiment: sinusoids with rising noise, learned with pictures of them (Gramian angular fields). */
export const synthetic: Experiment = {
  name: 'synthetic',
  title: 'Sinusoids and Gramian angular fields',
  data: 'synthetic: 20 series of each of ten classes to learn from, and images',
  question:
    'Do images of a class help a network that classifies noisy time series, with which loss and distance, and ' +
    'does it learn faster?',
  limits:
    'Frequencies, noise, sizes and margins are this project’s own choice, as the paper’s are not known here. ' +
    'The margins, the weight and the number of negatives were chosen on seeds 101 to 103 at a noise of 1.5, ' +
    'which are not among those reported; there, one negative drawn at random for each anchor was of no use. One ' +
    'small network stands for all, and the image network stays frozen.',
  measure: { name: 'error', label: 'error', lowerIsBetter: true },
  also: [
    { name: 'bestError', label: 'error of the best epoch (chosen on the test data, as in the literature)' },
    { name: 'leastError', label: 'error of the best possible reader' },
  ],
  baseline: 'plain',
  together: true,
  cells,
  open: (context) => {
    const imageCache: ImageNetworkCache = new Map()
    return Promise.resolve((cell) => {
      const config = cell.config as Config
      const heldOut = sinusoids(config.testPerClass, config.noise, 2 * config.seed + 1)
      const train = sinusoids(config.trainPerClass, config.noise, 2 * config.seed)
      return runTrial(
        config,
        { signature: SIGNATURE, train, heldOut, source: fieldImages(config.imageNoise), imageCache },
        context,
        () => ({ leastError: leastError(heldOut) }),
      )
    })
  },
}

/** Fixed margins by distance, and how much a dynamic one grows with each class that lies between (ours). */
const MARGINS: Readonly<Record<Distance, { fixed: number; scale: number }>> = {
  cosine: { fixed: 0.5, scale: 0.2 },
  pearson: { fixed: 0.5, scale: 0.2 },
  mse: { fixed: 1, scale: 0.4 },
  kl: { fixed: 1, scale: 0.4 },
}

/** Negatives of an anchor, about as many as there are other classes; each weighs as much as the task. */
const NEGATIVES = 8

/** Recipes by the name that tables give them; every loss, distance and margin, or a few. */
function variants(quick: boolean, few: boolean): Record<string, Recipe> {
  const image = { size: 'letter', steps: quick ? 40 : 60, batchSize: 40, learningRate: 0.003, variants: 24 } as const
  const shared: RecipeInput & { kind: 'cross-modal' } = { kind: 'cross-modal', image, projection: 32 }
  // One negative drawn at random taught hardly anything: most classes are far from the anchor's soon.
  const many = { negatives: 'any', negativesEach: NEGATIVES, weight: NEGATIVES } as const
  const pair = (loss: 'contrastive' | 'triplet', distance: Distance, margin: 'fixed' | 'dynamic'): [string, Recipe] => {
    const { fixed, scale } = MARGINS[distance]
    const chosen =
      margin === 'fixed'
        ? { kind: 'fixed' as const, value: fixed }
        : { kind: 'dynamic' as const, scale, classes: 'ordinal' as const }
    return [`${loss}, ${distance}, ${margin} margin`, recipeOf({ ...shared, ...many, loss, distance, margin: chosen })]
  }
  const pairs = few
    ? [pair('triplet', 'cosine', 'dynamic')]
    : (['contrastive', 'triplet'] as const).flatMap((loss) =>
        DISTANCES.flatMap((distance) => (['fixed', 'dynamic'] as const).map((margin) => pair(loss, distance, margin))),
      )
  return {
    plain: recipeOf({ kind: 'plain' }),
    ...Object.fromEntries(pairs),
    'in-batch': recipeOf({ ...shared, loss: 'in-batch' }),
  }
}

/** Where a quick study compares everything: plain errs on a quarter of the series. */
const FULL_NOISE = 1.5

function cells({ seeds, quick }: Scale): TrialSpec[] {
  const noises = quick ? [1, 1.5] : [0, 0.5, 1, 1.5, 2]
  // Seed by seed: what is broken off has whole pairs of every noise.
  return Array.from({ length: seeds }, (_, seed) => seed + 1).flatMap((seed) =>
    noises.flatMap((noise) =>
      Object.entries(variants(quick, quick && noise !== FULL_NOISE)).map(([variant, recipe]): TrialSpec => {
        const config: Config = {
          model: NETWORK,
          recipe,
          epochs: 40,
          batchSize: 40,
          learningRate: 0.01,
          weightDecay: 0.01,
          warmupEpochs: 1,
          augmentations: [],
          seed,
          noise,
          imageNoise: 0.1,
          trainPerClass: 20,
          testPerClass: quick ? 30 : 60,
          measureEvery: 2,
        }
        return { condition: `noise ${noise}`, variant, fold: 0, seed, config }
      }),
    ),
  )
}
