import type { AdaptationRecipe } from '../../../shared/api/training.ts'
import { recipeOf, type Recipe } from '../../../shared/api/recipe.ts'
import { ADAPTATION_AUGMENTATIONS, epochsFor, TUNINGS } from '../../training/fine-tuning/recipes.ts'
import { SYNTHETIC_WORDS } from '../../training/fine-tuning/pre-train.ts'
import type { TuneConfig } from '../../training/fine-tuning/tune.ts'
import { SHARE } from '../../training/fine-tuning/version.ts'
import type { TrialSpec, Scale } from '../experiment.ts'

/** How one writer's version is made; plain data, stored with its outcome. */
export interface AdaptationConfig {
  set: 'virtual' | 'air-letters'
  /** Which model is adapted: the one that ships, or that one trained on by the study, plain or cross-modal. */
  base: 'shipped' | 'plain' | 'cross-modal'
  /** What tells the shipped model from others; null for letters, whose models the study trains from nothing. */
  model: string | null
  /** Null: the model as it is. */
  recipe: AdaptationRecipe | null
  loss: Recipe
  rehearsalBuffer: boolean
  /** Words of synthetic writers to practise on before; absent where there is no such practice. */
  synthetic?: number
  /** Words of others for each of the writer's. */
  rehearsal: number
  /** Words (or samples of each letter) to adapt with. */
  words: number
  /** How they are chosen: as an enrolment chooses them, or drawn. */
  chosen: 'enrolment' | 'drawn'
  writer: number
  /** How far a version goes from the model towards the mean of its parts. */
  share: number
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
  rehearsalBuffer: boolean
  synthetic: boolean
}

const plain = recipeOf({ kind: 'plain' })

function variant(name: string, recipe: AdaptationRecipe | null, change: Partial<Variant> = {}): Variant {
  return { name, base: 'shipped', recipe, loss: plain, rehearsalBuffer: true, synthetic: true, ...change }
}

const RECIPES = [
  variant(UNADAPTED, null),
  variant('all', 'all'),
  variant('last', 'last'),
  variant('adapter', 'adapter'),
]

/**
 * Beside the recipes, where 20 words are adapted with: what practising on synthetic writers is for and, without it,
 * what the rehearsal buffer is for, and plain against cross-modal.
 */
function further(size: 'words' | 'letter'): Variant[] {
  const image =
    size === 'words'
      ? { steps: 200, batchSize: 24, variants: 4 }
      : { size: 'letter' as const, steps: 200, batchSize: 40, learningRate: 0.003, variants: 12 }
  const loss = recipeOf({ kind: 'cross-modal', image, ...(size === 'letter' ? { projection: 32 } : {}) })
  // Letters have no synthetic writers: there, the recipe is without them as it is.
  const all = size === 'words' ? 'all, no twins' : 'all'
  return [
    ...(size === 'words' ? [variant(all, 'all', { synthetic: false })] : []),
    variant(`${all}, no replay`, 'all', { synthetic: false, rehearsalBuffer: false }),
    variant(`${all}, cross-modal loss`, 'all', { synthetic: false, loss }),
  ]
}

/** Models that were trained on in the same way, but for the loss. */
const TRAINED_ON = (['plain', 'cross-modal'] as const).flatMap((base) => [
  variant(`trained on ${base}, ${UNADAPTED}`, null, { base }),
  variant(`trained on ${base}, all`, 'all', { base }),
])

/** All trials; the most important conditions first, so that an experiment that is broken off has them. */
export function cells({ seeds, quick }: Scale, model: string | null): TrialSpec[] {
  const writers = quick ? QUICK_WRITERS : places(WRITERS)
  const virtual = (words: number, variants: Variant[], seed: number): TrialSpec[] =>
    each(writers, variants, { set: 'virtual', model, words, seed, condition: `${words} words of a virtual writer` })
  return Array.from({ length: seeds }, (_, at) => at + 1).flatMap((seed) => [
    ...virtual(20, RECIPES, seed),
    ...each(quick ? QUICK_WRITERS : places(LETTER_WRITERS), [...RECIPES, ...(quick ? [] : further('letter'))], {
      set: 'air-letters',
      model: null,
      words: LETTER_SAMPLES,
      seed,
      condition: `air-letters, ${LETTER_SAMPLES} of each letter of a real writer`,
    }),
    ...(quick
      ? []
      : [
          ...virtual(20, [...TRAINED_ON, ...further('words')], seed),
          ...[5, 10, 50].flatMap((words) =>
            virtual(
              words,
              RECIPES.filter(({ recipe }) => recipe === null || recipe === 'all'),
              seed,
            ),
          ),
        ]),
  ])
}

function each(
  writers: readonly number[],
  variants: readonly Variant[],
  {
    set,
    model,
    words,
    seed,
    condition,
  }: { set: AdaptationConfig['set']; model: string | null; words: number; seed: number; condition: string },
): TrialSpec[] {
  const presented = set === 'virtual' ? words : words * LETTERS
  return variants.flatMap(({ name, base, recipe, loss, rehearsalBuffer, synthetic }) =>
    writers.map((writer): TrialSpec => {
      const tuning: TuneConfig = {
        epochs: recipe === null ? 0 : epochsFor(recipe, presented),
        batchSize: BATCH_SIZE,
        learningRate: recipe === null ? 0 : TUNINGS[recipe].learningRate,
        weightDecay: 0,
        warmupEpochs: 1,
        augmentations: [...ADAPTATION_AUGMENTATIONS],
        seed,
      }
      return {
        condition,
        variant: name,
        fold: writer,
        seed,
        config: {
          set,
          base,
          model,
          recipe,
          loss,
          rehearsalBuffer,
          ...(synthetic && recipe !== null && set === 'virtual' && base === 'shipped'
            ? { synthetic: SYNTHETIC_WORDS }
            : {}),
          rehearsal: recipe === null ? 0 : TUNINGS[recipe].rehearsal,
          words,
          chosen: set === 'virtual' ? 'enrolment' : 'drawn',
          writer,
          share: recipe === null ? 0 : SHARE,
          tuning,
        } satisfies AdaptationConfig,
      }
    }),
  )
}

function places(count: number): number[] {
  return Array.from({ length: count }, (_, place) => place)
}
