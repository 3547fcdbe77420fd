import { recipeOf, type Recipe, type RecipeInput } from '../../../shared/api/recipe.ts'
import { DISTANCES } from '../../ml/cross/distance.ts'
import type { Interface } from '../../ml/data/types.ts'
import { namedConfig } from '../../ml/models/index.ts'
import type { Cell, Experiment, Scale } from '../experiment.ts'
import { fit, type FitConfig } from '../fit.ts'
import { outcomeOf } from '../outcome.ts'
import { fieldImages, SINUSOIDS, sinusoids } from './signals.ts'

interface Config extends FitConfig {
  noise: number
  imageNoise: number
  trainPerClass: number
  testPerClass: number
}

const FACE: Interface = { task: 'classes', channels: ['signal'], rateHz: 96, classes: SINUSOIDS, minimumFrames: 16 }

/** The paper's own experiment: sinusoids with rising noise, learned with pictures of them (Gramian angular fields). */
export const synthetic: Experiment = {
  name: 'synthetic',
  title: 'Sinusoids and Gramian angular fields',
  data: 'synthetic series and images',
  question: 'Do images of a class help a network that classifies noisy time series, with which loss and distance, and does it learn faster?',
  measure: { name: 'error', label: 'error', lowerIsBetter: true },
  also: [{ name: 'bestError', label: 'error of the best epoch (chosen on the test data)' }],
  baseline: 'plain',
  cells,
  async open(room) {
    const shelves = new Map<number, NonNullable<Parameters<typeof fit>[1]['shelf']>>()
    return async (cell) => {
      const config = cell.config as Config
      const begun = performance.now()
      const shelf = shelves.get(config.imageNoise) ?? new Map()
      shelves.set(config.imageNoise, shelf)
      let backend = ''
      const fitted = await fit(config, {
        face: FACE,
        train: sinusoids(config.trainPerClass, config.noise, 2 * config.seed),
        heldOut: sinusoids(config.testPerClass, config.noise, 2 * config.seed + 1),
        source: fieldImages(config.imageNoise),
        shelf,
        openEngine: async (program, start) => {
          const opened = await room.openEngine(program, start)
          backend = opened.engine.backend
          return opened
        },
        ...(room.signal ? { signal: room.signal } : {}),
      })
      return outcomeOf(fitted, (performance.now() - begun) / 1000, backend)
    }
  },
}

/** Recipes by the name that tables give them. */
function variants(quick: boolean): Record<string, Recipe> {
  const image = { size: 'letter', steps: quick ? 150 : 400, batchSize: 40, learningRate: 0.003, variants: 24 } as const
  const shared: Omit<Extract<RecipeInput, { kind: 'cross-modal' }>, 'kind'> = { image, projection: 32 }
  const all: Record<string, Recipe> = { plain: recipeOf({ kind: 'plain' }) }
  for (const loss of ['contrastive', 'triplet'] as const) {
    for (const distance of quick ? (['mse', 'cosine'] as const) : DISTANCES) {
      for (const margin of quick && loss === 'contrastive' ? (['fixed'] as const) : (['fixed', 'dynamic'] as const)) {
        const kind = margin === 'fixed' ? { kind: 'fixed' as const, value: 1 } : { kind: 'dynamic' as const, scale: 0.25, classes: 'ordinal' as const }
        all[`${loss}, ${distance}, ${margin} margin`] = recipeOf({ kind: 'cross-modal', ...shared, loss, distance, margin: kind })
      }
    }
  }
  all['in-batch'] = recipeOf({ kind: 'cross-modal', ...shared, loss: 'in-batch' })
  return all
}

function cells({ seeds, quick }: Scale): Cell[] {
  const noises = quick ? [1, 2] : [0, 0.5, 1, 1.5, 2, 2.5]
  return noises.flatMap((noise) =>
    Array.from({ length: seeds }, (_, seed) => seed + 1).flatMap((seed) =>
      Object.entries(variants(quick)).map(([variant, recipe]): Cell => {
        const config: Config = {
          model: namedConfig('small', { channels: 1, classes: SINUSOIDS.length, head: 'class' }),
          recipe,
          epochs: quick ? 12 : 30,
          batchSize: 50,
          learningRate: 0.005,
          weightDecay: 0.01,
          warmupEpochs: 1,
          augmentations: [],
          seed,
          noise,
          imageNoise: 0.1,
          trainPerClass: quick ? 40 : 60,
          testPerClass: quick ? 40 : 100,
        }
        return { condition: `noise ${noise}`, variant, fold: 0, seed, config }
      }),
    ),
  )
}
