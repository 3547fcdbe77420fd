import type { Trial } from '../store/trials.ts'
import type { Experiment, Outcome } from './experiment.ts'
import { estimate, pairedDifference, type Estimate } from './statistics.ts'

/** One line of a table: a variant under a condition. */
export interface Line {
  condition: string
  variant: string
  /** The compared measure, over folds and seeds. */
  value: Estimate
  /** Difference to the baseline of the same condition, fold and seed; null for the baseline itself. */
  difference: Estimate | null
  /** Further measures, means. */
  also: Record<string, number>
  /** Epochs until the variant is as good as the baseline is at its end, over the pairs in which it gets there. */
  epochsToBaseline: { mean: number; reached: number; pairs: number; baselineEpochs: number } | null
  secondsPerTrial: number
}

export interface Summary {
  experiment: string
  title: string
  data: string
  measure: string
  size: Trial['size']
  baseline: string
  trials: number
  backends: string[]
  lines: Line[]
  /** The experiment's own figures in words. */
  goals: string[]
}

/** Tables of an experiment's stored trials; every comparison is paired by condition, fold and seed. */
export function summarise(experiment: Experiment, trials: readonly Trial[]): Summary {
  const lines = [...Map.groupBy(trials, ({ condition }) => condition)].flatMap(([condition, group]) => {
    const baseline = new Map(group.filter(({ variant }) => variant === experiment.baseline).map((trial) => [pairOf(trial), outcome(trial)]))
    return [...Map.groupBy(group, ({ variant }) => variant)].map(([variant, own]) => line(experiment, condition, variant, own, baseline))
  })
  return {
    experiment: experiment.name,
    title: experiment.title,
    data: experiment.data,
    measure: experiment.measure.label,
    size: trials[0]?.size ?? 'full',
    baseline: experiment.baseline,
    trials: trials.length,
    backends: [...new Set(trials.map((trial) => outcome(trial).backend))].sort(),
    lines,
    goals: experiment.goals?.(trials) ?? [],
  }
}

function line({ measure, also, baseline: name }: Experiment, condition: string, variant: string, trials: readonly Trial[], baseline: ReadonlyMap<string, Outcome>): Line {
  const of = (trial: Trial): number => outcome(trial).measures[measure.name]!
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const paired = trials.filter((trial) => baseline.has(pairOf(trial)))
  return {
    condition,
    variant,
    value: estimate(trials.map(of)),
    difference: variant === name || paired.length === 0 ? null : pairedDifference(paired.map((trial) => ({ before: baseline.get(pairOf(trial))!.measures[measure.name]!, after: of(trial) }))),
    also: Object.fromEntries(also.map(({ name }) => [name, mean(trials.map((trial) => outcome(trial).measures[name] ?? NaN))])),
    epochsToBaseline: variant === name ? null : speed(paired.map((trial) => ({ own: outcome(trial), base: baseline.get(pairOf(trial))! }))),
    secondsPerTrial: mean(trials.map((trial) => outcome(trial).seconds)),
  }
}

/** How soon a variant reads as well as the baseline does after its last epoch: by accuracy for single labels, by CER for words. */
function speed(pairs: readonly { own: Outcome; base: Outcome }[]): Line['epochsToBaseline'] {
  if (pairs.length === 0 || pairs.some(({ own, base }) => own.curve.length === 0 || base.curve.length === 0)) return null
  const epochs = pairs.map(({ own, base }) => own.curve.findIndex(({ cer }) => cer <= base.curve.at(-1)!.cer) + 1)
  const reached = epochs.filter((epoch) => epoch > 0)
  return {
    mean: reached.reduce((sum, epoch) => sum + epoch, 0) / reached.length,
    reached: reached.length,
    pairs: pairs.length,
    baselineEpochs: pairs.reduce((sum, { base }) => sum + base.curve.findIndex(({ cer }) => cer <= base.curve.at(-1)!.cer) + 1, 0) / pairs.length,
  }
}

function outcome(trial: Trial): Outcome {
  return trial.outcome as Outcome
}

function pairOf({ fold, seed }: Trial): string {
  return `${fold}/${seed}`
}

/** The lines as comma-separated values, shares as plain numbers. */
export function asCsv({ lines }: Summary): string {
  const further = Object.keys(lines[0]?.also ?? {})
  const head = ['condition', 'variant', 'mean', 'low', 'high', 'trials', 'difference', 'difference_low', 'difference_high', 'pairs', ...further, 'epochs_to_baseline', 'reached', 'baseline_epochs', 'seconds_per_trial']
  const rows = lines.map((line) => [
    line.condition, line.variant, line.value.mean, line.value.low, line.value.high, line.value.count,
    line.difference?.mean, line.difference?.low, line.difference?.high, line.difference?.count,
    ...further.map((name) => line.also[name]),
    line.epochsToBaseline?.mean, line.epochsToBaseline?.reached, line.epochsToBaseline?.baselineEpochs, line.secondsPerTrial,
  ])
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\n') + '\n'
}

function cell(value: string | number | undefined): string {
  if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return ''
  return typeof value === 'number' ? String(Number(value.toPrecision(6))) : /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
