import type { Trial } from '../store/trials.ts'
import type { Experiment, Outcome } from './experiment.ts'
import { estimate, pairedDifference, type Estimate } from '../statistics/interval.ts'
import { mean } from '../statistics/mean.ts'

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
  /**
   * Epochs until the variant is as good as the baseline is at its end, over the pairs in which it gets there, and by
   * how many of them it is there before the baseline was.
   */
  epochsToBaseline: { mean: number; reached: number; pairs: number; baselineEpochs: number; saved: Estimate } | null
  secondsPerTrial: number
}

/**
 * A variant over all conditions that every one of its pairs has: the differences of a fold and seed are averaged over
 * the conditions first, so that a pair counts once.
 */
export interface Overall {
  variant: string
  difference: Estimate
  conditions: number
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
  /** Empty where conditions are not degrees of one thing. */
  overall: Overall[]
  /** Mean share of unseen pictures that the image networks alone read right, and their CER; null without any. */
  images: { accuracy: number; cer: number; networks: number } | null
  seeds: number[]
  /** The experiment's own figures in words. */
  goals: string[]
}

/** Tables of an experiment's stored trials; every comparison is paired by condition, fold and seed. */
export function summarise(experiment: Experiment, trials: readonly Trial[]): Summary {
  const lines = [...Map.groupBy(trials, ({ condition }) => condition)].flatMap(([condition, group]) => {
    const baseline = new Map(
      group.filter(({ variant }) => variant === experiment.baseline).map((trial) => [pairOf(trial), outcome(trial)]),
    )
    const variants = [...Map.groupBy(group, ({ variant }) => variant)].sort(
      ([a], [b]) => Number(b === experiment.baseline) - Number(a === experiment.baseline),
    )
    return variants.map(([variant, own]) => line(experiment, condition, variant, own, baseline))
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
    overall: overall(experiment, trials),
    images: images(trials),
    seeds: [...new Set(trials.map(({ seed }) => seed))].sort((a, b) => a - b),
    goals: experiment.goals?.(trials) ?? [],
  }
}

function line(
  { measure, also, baseline: name }: Experiment,
  condition: string,
  variant: string,
  trials: readonly Trial[],
  baseline: ReadonlyMap<string, Outcome>,
): Line {
  const of = (trial: Trial): number => outcome(trial).measures[measure.name]!
  const paired = trials.filter((trial) => baseline.has(pairOf(trial)))
  return {
    condition,
    variant,
    value: estimate(trials.map(of)),
    difference:
      variant === name || paired.length === 0
        ? null
        : pairedDifference(
            paired.map((trial) => ({ before: baseline.get(pairOf(trial))!.measures[measure.name]!, after: of(trial) })),
          ),
    also: Object.fromEntries(
      also.map(({ name }) => [name, mean(trials.map((trial) => outcome(trial).measures[name] ?? NaN))]),
    ),
    epochsToBaseline:
      variant === name
        ? null
        : speed(paired.map((trial) => ({ own: outcome(trial), base: baseline.get(pairOf(trial))! }))),
    secondsPerTrial: mean(trials.map((trial) => outcome(trial).seconds)),
  }
}

/**
 * How soon a variant reads as well as the baseline does after its last epoch: by accuracy for single labels, by CER for
 * words.
 */
function speed(pairs: readonly { own: Outcome; base: Outcome }[]): Line['epochsToBaseline'] {
  if (pairs.length === 0 || pairs.some(({ own, base }) => own.curve.length === 0 || base.curve.length === 0))
    return null
  const firstAsGood = (curve: Outcome['curve'], level: number): number | undefined =>
    curve.find(({ cer }) => cer <= level)?.epoch
  const times = pairs.map(({ own, base }) => {
    const level = base.curve.at(-1)!.cer
    return { own: firstAsGood(own.curve, level), base: firstAsGood(base.curve, level)! }
  })
  const reached = times.flatMap(({ own, base }) => (own === undefined ? [] : { own, base }))
  return {
    mean: reached.reduce((sum, { own }) => sum + own, 0) / reached.length,
    reached: reached.length,
    pairs: pairs.length,
    baselineEpochs: times.reduce((sum, { base }) => sum + base, 0) / pairs.length,
    saved: estimate(reached.map(({ own, base }) => base - own)),
  }
}

function overall({ measure, together, baseline: name }: Experiment, trials: readonly Trial[]): Overall[] {
  const conditions = new Set(trials.map(({ condition }) => condition)).size
  if (!together || conditions < 2) return []
  const of = (trial: Trial): number => outcome(trial).measures[measure.name]!
  const baseline = new Map(
    trials.filter(({ variant }) => variant === name).map((trial) => [`${trial.condition} ${pairOf(trial)}`, of(trial)]),
  )
  const others = Map.groupBy(
    trials.filter((trial) => trial.variant !== name && baseline.has(`${trial.condition} ${pairOf(trial)}`)),
    ({ variant }) => variant,
  )
  return [...others].flatMap(([variant, own]) => {
    const whole = [...Map.groupBy(own, pairOf).values()].filter((pair) => pair.length === conditions)
    const differences = whole.map(
      (pair) =>
        pair.reduce((sum, trial) => sum + of(trial) - baseline.get(`${trial.condition} ${pairOf(trial)}`)!, 0) /
        conditions,
    )
    return whole.length === 0 ? [] : [{ variant, difference: estimate(differences), conditions }]
  })
}

function images(trials: readonly Trial[]): Summary['images'] {
  const read = trials.flatMap((trial) => outcome(trial).image ?? [])
  if (read.length === 0) return null
  return {
    accuracy: mean(read.map(({ accuracy }) => accuracy)),
    cer: mean(read.map(({ cer }) => cer)),
    networks: read.length,
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
  const head = [
    'condition',
    'variant',
    'mean',
    'low',
    'high',
    'trials',
    'difference',
    'difference_low',
    'difference_high',
    'pairs',
    ...further,
    'epochs_to_baseline',
    'reached',
    'baseline_epochs',
    'seconds_per_trial',
  ]
  const rows = lines.map((line) => [
    line.condition,
    line.variant,
    line.value.mean,
    line.value.low,
    line.value.high,
    line.value.count,
    line.difference?.mean,
    line.difference?.low,
    line.difference?.high,
    line.difference?.count,
    ...further.map((name) => line.also[name]),
    line.epochsToBaseline?.mean,
    line.epochsToBaseline?.reached,
    line.epochsToBaseline?.baselineEpochs,
    line.secondsPerTrial,
  ])
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\n') + '\n'
}

function cell(value: string | number | undefined): string {
  if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return ''
  return typeof value === 'number'
    ? String(Number(value.toPrecision(6)))
    : /[",\n]/.test(value)
      ? `"${value.replaceAll('"', '""')}"`
      : value
}
