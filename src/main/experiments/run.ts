import { KalamosError } from '../../shared/errors.ts'
import type { Trials, TrialSize } from '../store/trials.ts'
import type { Cell, Experiment, Room, Scale } from './experiment.ts'

export interface RunOptions extends Scale {
  /** Go on from the trials that are stored; otherwise the experiment begins anew. */
  resume: boolean
}

/**
 * Runs an experiment, trial by trial, and stores each as soon as it is measured, so that an interruption costs one trial.
 * With `resume`, trials that are stored with the same config are not run again.
 * Throws `cancelled` when the signal fires, and what the experiment throws.
 */
export async function runExperiment(experiment: Experiment, trials: Trials, room: Room, options: RunOptions): Promise<{ ran: number; kept: number }> {
  const size: TrialSize = options.quick ? 'quick' : 'full'
  const cells = await experiment.cells(options, room)
  if (!options.resume) trials.clear(experiment.name, size)
  const stored = new Map(trials.list(experiment.name, size).map((trial) => [keyOf(trial), JSON.stringify(trial.config)]))
  const missing = cells.filter((cell) => stored.get(keyOf(cell)) !== JSON.stringify(cell.config))
  if (missing.length === 0) return { ran: 0, kept: cells.length }
  const run = await experiment.open(room, options)
  const begun = performance.now()
  for (const [at, cell] of missing.entries()) {
    if (room.signal?.aborted) throw new KalamosError('cancelled', `The experiment ${experiment.name} was cancelled after ${at} of ${missing.length} trials.`, 'Go on with --resume.')
    const outcome = await run(cell)
    trials.save({ ...placeOf(cell), experiment: experiment.name, size, config: cell.config, outcome })
    const left = ((performance.now() - begun) / (at + 1)) * (missing.length - at - 1)
    const { measure } = experiment
    room.progress(`${at + 1} of ${missing.length}: ${cell.condition}, ${cell.variant}, fold ${cell.fold}, seed ${cell.seed}: ${measure.label} ${(100 * outcome.measures[measure.name]!).toFixed(1)} %; about ${duration(left)} left`)
  }
  return { ran: missing.length, kept: cells.length - missing.length }
}

function placeOf({ condition, variant, fold, seed }: Cell): Omit<Cell, 'config'> {
  return { condition, variant, fold, seed }
}

export function keyOf({ condition, variant, fold, seed }: Omit<Cell, 'config'>): string {
  return JSON.stringify([condition, variant, fold, seed])
}

function duration(ms: number): string {
  const minutes = ms / 60_000
  return minutes < 1.5 ? `${Math.round(ms / 1000)} s` : minutes < 90 ? `${Math.round(minutes)} min` : `${(minutes / 60).toFixed(1)} h`
}
