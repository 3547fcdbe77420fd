import type { AdaptationRecipe } from '../../../shared/api/training.ts'
import { recipeOf, type Recipe } from '../../../shared/api/recipe.ts'
import { ADAPTATION_AUGMENTATIONS, epochsFor, TUNINGS } from '../../ml/adapt/recipes.ts'
import type { TuneConfig } from '../../ml/adapt/tune.ts'
import type { Cell, Scale } from '../experiment.ts'

/** How one writer's version is made; plain data, stored with its outcome. */
export interface AdaptationConfig {
  set: 'virtual' | 'air-letters'
  /** Which of the two models is adapted. */
  base: 'plain' | 'cross-modal'
  /** What tells that model from others; null where it is trained by the study itself, or is not there. */
  model: string | null
  /** Null: the model as it is. */
  recipe: AdaptationRecipe | null
  loss: Recipe
  replay: boolean
  /** Words of others for each of the writer's. */
  rehearsal: number
  /** Words (or samples of each letter) to adapt with. */
  words: number
  writer: number
  tuning: TuneConfig
}

export const WRITERS = 20
export const LEFT_HANDED = 5
/** Words that a writer writes to adapt with at most, and further ones to be measured on. */
export const MOST_WORDS = 50
export const LETTER_WRITERS = 25
/** Samples of each letter to adapt with. */
const LETTER_SAMPLES = 2
const LETTERS = 10
const BATCH_SIZE = 16

/** A left-handed one and two others. */
const QUICK_WRITERS = [0, 7, 14]

export const UNADAPTED = 'unadapted'

interface Variant {
  name: string
  base: AdaptationConfig['base']
  recipe: AdaptationRecipe | null
  loss: Recipe
  replay: boolean
}

const plain = recipeOf({ kind: 'plain' })

function variant(name: string, recipe: AdaptationRecipe | null, change: Partial<Variant> = {}): Variant {
  return { name, base: 'plain', recipe, loss: plain, replay: true, ...change }
}

const RECIPES = [variant(UNADAPTED, null), variant('all', 'all'), variant('last', 'last'), variant('adapter', 'adapter')]

/** Beside the recipes, where 20 words are adapted with: what replay is for, and plain against cross-modal. */
function further(size: 'words' | 'letter'): Variant[] {
  const image = size === 'words' ? { steps: 200, batchSize: 24, variants: 4 } : { size: 'letter' as const, steps: 200, batchSize: 40, learningRate: 0.003, variants: 12 }
  return [variant('all, no replay', 'all', { replay: false }), variant('all, cross-modal loss', 'all', { loss: recipeOf({ kind: 'cross-modal', image, ...(size === 'letter' ? { projection: 32 } : {}) }) })]
}

const CROSS_BASE = [variant('cross-modal base, unadapted', null, { base: 'cross-modal' }), variant('cross-modal base, all', 'all', { base: 'cross-modal' })]

/** All trials; the most important conditions first, so that an experiment that is broken off has them. */
export function cells({ seeds, quick }: Scale, models: Record<AdaptationConfig['base'], string | null>): Cell[] {
  const writers = quick ? QUICK_WRITERS : places(WRITERS)
  const numbers = quick ? [20] : [20, 5, 10, 50]
  return Array.from({ length: seeds }, (_, at) => at + 1).flatMap((seed) => [
    ...numbers.flatMap((words) => {
      const variants = [...RECIPES, ...(words === 20 && !quick ? [...further('words'), ...(models['cross-modal'] === null ? [] : CROSS_BASE)] : [])]
      return each(writers, variants, { set: 'virtual', models, words, seed, condition: `${words} words of a virtual writer` })
    }),
    ...each(quick ? QUICK_WRITERS : places(LETTER_WRITERS), [...RECIPES, ...(quick ? [] : further('letter'))], { set: 'air-letters', models: null, words: LETTER_SAMPLES, seed, condition: `air-letters, ${LETTER_SAMPLES} of each letter of a real writer` }),
  ])
}

function each(writers: readonly number[], variants: readonly Variant[], { set, models, words, seed, condition }: { set: AdaptationConfig['set']; models: Record<AdaptationConfig['base'], string | null> | null; words: number; seed: number; condition: string }): Cell[] {
  const presented = set === 'virtual' ? words : words * LETTERS
  return variants.flatMap(({ name, base, recipe, loss, replay }) =>
    writers.map((writer): Cell => {
      const tuning: TuneConfig = {
        epochs: recipe === null ? 0 : epochsFor(recipe, presented),
        batchSize: BATCH_SIZE,
        learningRate: recipe === null ? 0 : TUNINGS[recipe].learningRate,
        weightDecay: 0,
        warmupEpochs: 1,
        augmentations: [...ADAPTATION_AUGMENTATIONS],
        seed,
      }
      return { condition, variant: name, fold: writer, seed, config: { set, base, model: models?.[base] ?? null, recipe, loss, replay, rehearsal: recipe === null ? 0 : TUNINGS[recipe].rehearsal, words, writer, tuning } satisfies AdaptationConfig }
    }),
  )
}

function places(count: number): number[] {
  return Array.from({ length: count }, (_, place) => place)
}
