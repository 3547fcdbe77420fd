import type { Trial } from '../../store/trials.ts'
import type { Outcome } from '../experiment.ts'
import { estimate, pairedDifference, type Estimate } from '../statistics.ts'
import { UNADAPTED } from './conditions.ts'

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const points = (share: number): string => `${share > 0 ? '+' : ''}${(100 * share).toFixed(1)}`

/**
 * In words, for every condition and variant: by how much adaptation cuts the CER on average and writer by writer, with and
 * without the lexicon, whom it makes worse, left-handers apart, and what others lose.
 */
export function goals(trials: readonly Trial[]): string[] {
  return [...Map.groupBy(trials, ({ condition }) => condition)].flatMap(([condition, group]) => {
    const unadapted = new Map(group.filter(({ variant }) => variant === UNADAPTED).map((trial) => [pairOf(trial), measuresOf(trial)]))
    return [...Map.groupBy(group.filter(({ variant }) => !variant.endsWith(UNADAPTED)), ({ variant }) => variant)].map(([variant, own]) => told(condition, variant, own, unadapted))
  })
}

function told(condition: string, variant: string, trials: readonly Trial[], unadapted: ReadonlyMap<string, Outcome['measures']>): string {
  const pairsOf = (measure: string): Pair[] =>
    trials.flatMap((trial) => {
      const before = unadapted.get(pairOf(trial))
      const [was, is] = [before?.[measure], measuresOf(trial)[measure]]
      return was === undefined || is === undefined ? [] : [{ before: was, after: is, left: before!['leftHanded'] === 1 }]
    })
  const [pairs, searched] = [pairsOf('cer'), pairsOf('cerLexicon')]
  const others = estimate(trials.map((trial) => measuresOf(trial)['othersChange']!))
  const worse = pairs.filter(({ before, after }) => after > before).length
  const left = pairs.filter((pair) => pair.left)
  return [
    `${condition}, ${variant}: CER ${meanOf(pairs)} (${relative(pairs)} of it; ${interval(pairedDifference(pairs))} points)`,
    ...(searched.length > 0 ? [`in the lexicon ${meanOf(searched)} (${relative(searched)})`] : []),
    ...(left.length > 0 ? [`left-handed writers ${meanOf(left)} (${relative(left)})`] : []),
    `worse for ${worse} of ${pairs.length}`,
    `others ${interval(others)} points`,
  ].join('; ')
}

interface Pair {
  before: number
  after: number
  left: boolean
}

function meanOf(pairs: readonly Pair[]): string {
  return `${percent(mean(pairs.map(({ before }) => before)))} to ${percent(mean(pairs.map(({ after }) => after)))}`
}

/** Of the mean rates: a writer who was read nearly without errors weighs no more than others. */
function relative(pairs: readonly Pair[]): string {
  return `${points(mean(pairs.map(({ after }) => after)) / mean(pairs.map(({ before }) => before)) - 1)} %`
}

function interval({ mean, low, high }: Estimate): string {
  return Number.isFinite(low) ? `${points(mean)} (${points(low)} to ${points(high)})` : points(mean)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function measuresOf(trial: Trial): Outcome['measures'] {
  return (trial.outcome as Outcome).measures
}

function pairOf({ fold, seed }: Trial): string {
  return `${fold}/${seed}`
}
