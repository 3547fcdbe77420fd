import { recipeOf } from '../../../shared/api/recipe.ts'
import { USUAL_AUGMENTATIONS } from '../../ml/augment/augment.ts'
import type { Example } from '../../ml/data/types.ts'
import { namedConfig, type ModelConfig } from '../../ml/models/index.ts'
import type { ReadExample } from '../../training/evaluation/evaluate.ts'
import { renderedImages } from '../../words/images.ts'
import { foldOf, FOLDS, type TrialSpec, type Experiment, type Scale } from '../experiment.ts'
import type { FitConfig } from '../fit.ts'
import { sampleFold, writerFold } from '../letters/folds.ts'
import { AIR_LETTERS, PEN_DIGITS } from '../letters/recordings.ts'
import { ratesOf } from '../outcome.ts'
import { runTrial } from '../trial.ts'
import { ALTERATIONS, type Alteration } from './altered.ts'
import { readRollSet, type RollSet } from './recordings.ts'
import { WAYS, type Way } from './ways.ts'

type SetName = 'air-letters' | 'pen-digits'

interface Config extends Omit<FitConfig, 'model'> {
  set: SetName
  way: Way
  model: Omit<Extract<ModelConfig, { kind: 'ott' }>, 'channels' | 'classes' | 'head'>
  writers: number
  samples: number
  folds: number
}

const SETS = { 'air-letters': AIR_LETTERS, 'pen-digits': PEN_DIGITS }
const HOW = Object.keys(ALTERATIONS) as Alteration[]

/**
 * Real people with gravity in their recordings: what becomes of held-out writers as the roll of the pen is taken out,
 * or not.
 */
export const roll: Experiment = {
  name: 'roll',
  title: 'The roll of the pen, taken out by gravity',
  data:
    'real recordings: capital letters in the air by 25 writers, digits with a pen by one; altered copies of them ' +
    'where a column says so',
  question:
    'Does a network read writers it never saw better if the pen’s roll, or its whole attitude, is taken out ' +
    'first, and by which estimate of gravity?',
  measure: { name: 'error', label: 'error', lowerIsBetter: true },
  also: [
    { name: 'spread', label: 'spread between writers' },
    ...HOW.map((how) => ({ name: how, label: `error, ${ALTERATIONS[how]}` })),
  ],
  baseline: 'as held',
  expected: WAYS,
  cells,
  async open(context) {
    const sets: Record<SetName, RollSet> = {
      'air-letters': await readRollSet(context.data, SETS['air-letters']),
      'pen-digits': await readRollSet(context.data, SETS['pen-digits']),
    }
    const source = renderedImages({ width: 32 })
    return async (cell) => {
      const config = cell.config as Config
      const { signature, examples } = sets[config.set]
      const parts = (all: Example[]) =>
        config.set === 'air-letters' ? writerFold(all, cell.fold, config) : sampleFold(all, cell.fold, config)
      const { train, heldOut } = parts(examples(config.way))
      const copies = HOW.flatMap((how) =>
        parts(examples(config.way, how)).heldOut.map((example) => ({ ...example, writerName: copyOf(example, how) })),
      )
      const model: ModelConfig = {
        ...config.model,
        channels: signature.channels.length,
        classes: signature.classes.length,
        head: 'class',
      }
      const material = { signature, train, heldOut: [...heldOut, ...copies], source }
      const outcome = await runTrial({ ...config, model }, material, context, measuresOf)
      // Along the way altered copies are among what is measured: no curve of the writers themselves.
      return { ...outcome, curve: [] }
    }
  },
  limits:
    'One small network and one choice of channels stand for all; the air letters have no gyroscope, so that a ' +
    'fusion is measured on the digits of one writer alone. Altered copies are computed from real recordings and ' +
    'are no recordings themselves.',
}

function copyOf({ writerName }: Example, how: Alteration): string {
  return `${how}: ${writerName}`
}

/** Rates of the recordings as they are, and the error on their altered copies. */
function measuresOf(readings: readonly ReadExample[]): Record<string, number> {
  const howOf = ({ example: { writerName } }: ReadExample) => HOW.find((how) => writerName.startsWith(`${how}: `))
  const plain = readings.filter((reading) => !howOf(reading))
  const errorOf = (some: readonly ReadExample[]) => ratesOf(some).wer
  const writers = [...Map.groupBy(plain, ({ example }) => example.writerName).values()].map(errorOf)
  const middle = writers.reduce((sum, error) => sum + error, 0) / writers.length
  return {
    ...ratesOf(plain),
    error: errorOf(plain),
    accuracy: 1 - errorOf(plain),
    spread: Math.sqrt(writers.reduce((sum, error) => sum + (error - middle) ** 2, 0) / writers.length),
    ...Object.fromEntries(HOW.map((how) => [how, errorOf(readings.filter((reading) => howOf(reading) === how))])),
  }
}

/** How much there is to learn from. */
function conditions(quick: boolean): Pick<Config, 'set' | 'writers' | 'samples'>[] {
  const air = (writers: number, samples: number) => ({ set: 'air-letters', writers, samples }) as const
  const pen = (samples: number) => ({ set: 'pen-digits', writers: 1, samples }) as const
  return quick ? [air(5, 2), pen(2)] : [air(18, 5), air(5, 5), pen(5)]
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
      waysFor(condition.set).map((way): TrialSpec => {
        const epochs = epochsFor(condition, quick)
        const config: Config = {
          ...condition,
          way,
          model: { ...small, filters: 32, hidden: 32, dense: 32 },
          recipe: recipeOf({ kind: 'plain' }),
          folds: FOLDS,
          epochs,
          batchSize: 25,
          learningRate: 0.004,
          weightDecay: 0.01,
          warmupEpochs: 1,
          augmentations: USUAL_AUGMENTATIONS,
          seed,
          measureEvery: epochs,
        }
        const writers = condition.set === 'air-letters' ? `${condition.writers} writers, ` : ''
        return {
          condition: `${condition.set}, ${writers}${condition.samples} of each`,
          variant: way,
          fold: foldOf(seed),
          seed,
          config,
        }
      }),
    ),
  )
}

/** The letters in the air have no gyroscope to be fused. */
function waysFor(set: SetName): Way[] {
  return (Object.keys(WAYS) as Way[]).filter((way) => way !== 'fusion' || set === 'pen-digits')
}

/** About as many steps whatever the number of recordings: few recordings are seen more often. */
function epochsFor({ writers, samples }: Pick<Config, 'writers' | 'samples'>, quick: boolean): number {
  const recordings = writers * samples * 10
  return Math.min(60, Math.max(12, Math.round((quick ? 5000 : 12_000) / recordings)))
}
