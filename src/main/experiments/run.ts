import { KalamosError } from '../../shared/errors.ts'
import type { Trials, TrialSize } from '../store/trials.ts'
import type { TrialSpec, Experiment, ExperimentContext, Scale } from './experiment.ts'

export interface RunOptions extends Scale {
  /** Go on from the trials that are stored; otherwise the experiment begins anew. */
  resume: boolean
}

/**
 * Runs an experiment, trial by trial, and stores each as soon as it is measured, so that an interruption costs one
 * trial. With `resume`, trials that are stored with the same config are not run again; those of another config are
 * forgotten before the first trial, so that no table ever compares trials that were made differently. Throws
 * `cancelled` when the signal fires, and what the experiment throws.
 */
export async function runExperiment(
  experiment: Experiment,
  trials: Trials,
  context: ExperimentContext,
  options: RunOptions,
): Promise<{ ran: number; kept: number }> {
  const size: TrialSize = options.quick ? 'quick' : 'full'
  const cells = await experiment.cells(options, context)
  const configs = new Map(cells.map((cell) => [keyOf(cell), JSON.stringify(cell.config)]))
  const known = trials.list(experiment.name, size)
  const stale = known.filter(
    (trial) =>
      !options.resume || (configs.has(keyOf(trial)) && configs.get(keyOf(trial)) !== JSON.stringify(trial.config)),
  )
  if (stale.length > 0)
    context.progress(
      `${stale.length} stored trials ` +
        (options.resume ? 'were made with another configuration' : 'are not gone on from') +
        ': forgotten.',
    )
  trials.remove(stale)
  const stored = new Set(known.filter((trial) => !stale.includes(trial)).map(keyOf))
  const missing = cells.filter((cell) => !stored.has(keyOf(cell)))
  if (missing.length === 0) return { ran: 0, kept: cells.length }
  let done = 0
  const cancelled = (cause: unknown): KalamosError =>
    new KalamosError(
      'cancelled',
      `The experiment ${experiment.name} was cancelled after ${done} of ${missing.length} trials.`,
      'Go on with --resume.',
      { cause },
    )
  try {
    const run = await experiment.open(context, options)
    const begun = performance.now()
    for (const cell of missing) {
      context.signal?.throwIfAborted()
      const outcome = await run(cell)
      trials.save({ ...placeOf(cell), experiment: experiment.name, size, config: cell.config, outcome })
      done++
      const left = ((performance.now() - begun) / done) * (missing.length - done)
      const { measure } = experiment
      context.progress(
        `${done} of ${missing.length}: ${cell.condition}, ${cell.variant}, fold ${cell.fold}, seed ` +
          `${cell.seed}: ${measure.label} ${(100 * outcome.measures[measure.name]!).toFixed(1)} %; about ` +
          `${duration(left)} left`,
      )
    }
  } catch (error) {
    // What a trial throws when it is told to stop says nothing of the experiment.
    if (context.signal?.aborted) throw cancelled(error)
    throw error
  }
  return { ran: missing.length, kept: cells.length - missing.length }
}

function placeOf({ condition, variant, fold, seed }: TrialSpec): Omit<TrialSpec, 'config'> {
  return { condition, variant, fold, seed }
}

export function keyOf({ condition, variant, fold, seed }: Omit<TrialSpec, 'config'>): string {
  return JSON.stringify([condition, variant, fold, seed])
}

function duration(ms: number): string {
  const minutes = ms / 60_000
  return minutes < 1.5
    ? `${Math.round(ms / 1000)} s`
    : minutes < 90
      ? `${Math.round(minutes)} min`
      : `${(minutes / 60).toFixed(1)} h`
}
