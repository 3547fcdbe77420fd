import { KalamosError } from '../../shared/errors.ts'
import { adaptation } from './adaptation/experiment.ts'
import type { Experiment } from './experiment.ts'
import { EXPERIMENT_NAMES, type ExperimentName } from './names.ts'
import { letters } from './letters/experiment.ts'
import { onhw } from './onhw/experiment.ts'
import { roll } from './roll/experiment.ts'
import { synthetic } from './synthetic/experiment.ts'
import { words } from './words/experiment.ts'

const BY_NAME: Record<ExperimentName, Experiment> = { synthetic, letters, words, adaptation, onhw, roll }

/** All experiments, in the order of the page that tells of them. */
export const EXPERIMENTS: readonly Experiment[] = EXPERIMENT_NAMES.map((name) => BY_NAME[name])

/** Throws `not-found` with the names there are. */
export function experimentNamed(name: string): Experiment {
  const found = EXPERIMENTS.find((experiment) => experiment.name === name)
  if (!found)
    throw new KalamosError(
      'not-found',
      `There is no experiment ${name}.`,
      `There are ${EXPERIMENTS.map((experiment) => experiment.name).join(', ')}.`,
    )
  return found
}
