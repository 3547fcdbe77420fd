import { recipeOf, type Recipe } from '../../../shared/api/recipe.ts'
import { USUAL_AUGMENTATIONS } from '../../ml/augment/augment.ts'
import { namedConfig, type ModelConfig } from '../../ml/models/index.ts'
import { renderedImages } from '../../words/images.ts'
import { foldOf, FOLDS, type TrialSpec, type Experiment, type Scale } from '../experiment.ts'
import type { FitConfig } from '../fit.ts'
import { runTrial } from '../trial.ts'
import { sampleFold, writerFold } from './folds.ts'
import { AIR_LETTERS, PEN_DIGITS, readLetters } from './recordings.ts'

interface Config extends Omit<FitConfig, 'model'> {
  set: 'air-letters' | 'pen-digits'
  model: Omit<Extract<ModelConfig, { kind: 'ott' }>, 'channels' | 'classes' | 'head'>
  /** Training writers, and samples of each letter of each. */
  writers: number
  samples: number
  folds: number
}

const SETS = { 'air-letters': AIR_LETTERS, 'pen-digits': PEN_DIGITS }

/** Real people: single characters of writers (or samples) that were held out, with little to learn from. */
export const letters: Experiment = {
  name: 'letters',
  title: 'Letters of real people, with rendered letter images',
  data: 'real recordings: capital letters in the air by 25 writers, digits with a pen by one',
  question: 'Do rendered images of letters help a network that knows few writers, or few samples of them?',
  measure: { name: 'error', label: 'error', lowerIsBetter: true },
  also: [
    { name: 'bestError', label: 'error of the best epoch (chosen on the test data)' },
    { name: 'spread', label: 'spread between writers' },
  ],
  baseline: 'plain',
  cells,
  async open(context) {
    const sets = new Map(
      await Promise.all(
        (['air-letters', 'pen-digits'] as const).map(
          async (name) => [name, await readLetters(context.data, SETS[name])] as const,
        ),
      ),
    )
    const imageCaches = { 'air-letters': new Map(), 'pen-digits': new Map() }
    const source = renderedImages({ width: 32 })
    return async (cell) => {
      const config = cell.config as Config
      const { signature, examples } = sets.get(config.set)!
      const parts =
        config.set === 'air-letters' ? writerFold(examples, cell.fold, config) : sampleFold(examples, cell.fold, config)
      const model: ModelConfig = {
        ...config.model,
        channels: signature.channels.length,
        classes: signature.classes.length,
        head: 'class',
      }
      return runTrial(
        { ...config, model },
        { signature, ...parts, source, imageCache: imageCaches[config.set] },
        context,
      )
    }
  },
}

/** Recipes by the name that tables give them. Margins are half a cosine, as on the synthetic data (ours). */
function variants(quick: boolean): Record<string, Recipe> {
  const image = { size: 'letter', steps: quick ? 80 : 400, batchSize: 40, learningRate: 0.003, variants: 24 } as const
  const cross = { kind: 'cross-modal', image, projection: 32 } as const
  const margin = { kind: 'dynamic', scale: 0.5, classes: 'confusion' } as const
  const all: Record<string, Recipe> = {
    plain: recipeOf({ kind: 'plain' }),
    'triplet, cosine': recipeOf({ ...cross, loss: 'triplet', distance: 'cosine', margin }),
    'in-batch': recipeOf({ ...cross, loss: 'in-batch' }),
  }
  if (quick) return all
  return {
    ...all,
    'triplet, mse': recipeOf({ ...cross, loss: 'triplet', distance: 'mse', margin }),
    'triplet, pearson': recipeOf({ ...cross, loss: 'triplet', distance: 'pearson', margin }),
    'contrastive, cosine': recipeOf({ ...cross, loss: 'contrastive', distance: 'cosine', margin }),
  }
}

/** How much there is to learn from. */
function conditions(quick: boolean): Pick<Config, 'set' | 'writers' | 'samples'>[] {
  const air = (writers: number, samples: number) => ({ set: 'air-letters', writers, samples }) as const
  const pen = (samples: number) => ({ set: 'pen-digits', writers: 1, samples }) as const
  if (quick) return [air(5, 2), pen(2), air(3, 2), air(10, 2), air(5, 1), air(5, 5), pen(1), pen(5)]
  return [air(20, 10), air(10, 10), air(5, 10), air(3, 10), air(5, 5), air(5, 2), air(5, 1), pen(5), pen(2), pen(1)]
}

function cells({ seeds, quick }: Scale): TrialSpec[] {
  const {
    channels: _c,
    classes: _k,
    head: _h,
    ...small
  } = namedConfig('small', { channels: 1, classes: 2, head: 'class' }) as Extract<ModelConfig, { kind: 'ott' }>
  return Array.from({ length: seeds }, (_, seed) => seed + 1).flatMap((seed) =>
    conditions(quick).flatMap((condition) =>
      Object.entries(variants(quick)).map(([variant, recipe]): TrialSpec => {
        const epochs = epochsFor(condition, quick)
        const config: Config = {
          ...condition,
          model: { ...small, filters: 32, hidden: 32, dense: 32 },
          recipe,
          folds: FOLDS,
          epochs,
          batchSize: 25,
          learningRate: 0.004,
          weightDecay: 0.01,
          warmupEpochs: 1,
          augmentations: USUAL_AUGMENTATIONS,
          seed,
          measureEvery: Math.ceil(epochs / (quick ? 5 : 10)),
        }
        const writers = condition.set === 'air-letters' ? `${condition.writers} writers, ` : ''
        return {
          condition: `${condition.set}, ${writers}${condition.samples} of each`,
          variant,
          fold: foldOf(seed),
          seed,
          config,
        }
      }),
    ),
  )
}

/** About as many steps whatever the number of recordings: few recordings are seen more often. */
function epochsFor({ writers, samples }: Pick<Config, 'writers' | 'samples'>, quick: boolean): number {
  const recordings = writers * samples * 10
  return quick
    ? Math.min(60, Math.round(7500 / recordings))
    : Math.min(150, Math.max(20, Math.round(25_000 / recordings)))
}
