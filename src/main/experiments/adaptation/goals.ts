import type { Trial } from '../../store/trials.ts'
import type { Outcome } from '../experiment.ts'
import { estimate, pairedDifference, type Estimate } from '../../statistics/interval.ts'
import { mean } from '../../statistics/mean.ts'
import { UNADAPTED } from './conditions.ts'

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const points = (share: number): string => `${share > 0 ? '+' : ''}${(100 * share).toFixed(1)}`

/**
 * What is compared beside every variant with its model as it was: one variant, and the other that differs from it in
 * one thing.
 */
const CONTRASTS = [
  ['trained on cross-modal, unadapted', 'trained on plain, unadapted'],
  ['trained on cross-modal, all', 'trained on plain, all'],
  ['all', 'all, no twins'],
  ['all, no twins, cross-modal loss', 'all, no twins'],
  ['all, no twins, no replay', 'all, no twins'],
  ['all, cross-modal loss', 'all'],
  ['all, no replay', 'all'],
] as const

/**
 * In words, for every condition and variant: by how much adaptation cuts the CER of its model on average and writer by
 * writer, with and without the lexicon, whom it makes worse, left-handers apart, and what others lose; then what
 * cross-modal training, synthetic writers and the rehearsal buffer are worth, writer by writer.
 */
export function goals(trials: readonly Trial[]): string[] {
  return [...Map.groupBy(trials, ({ condition }) => condition)].flatMap(([condition, group]) => {
    const measures = (variant: string): Map<string, Outcome['measures']> =>
      new Map(group.filter((trial) => trial.variant === variant).map((trial) => [pairOf(trial), measuresOf(trial)]))
    const adapted = [
      ...Map.groupBy(
        group.filter(({ variant }) => !variant.endsWith(UNADAPTED)),
        ({ variant }) => variant,
      ),
    ]
    return [
      ...adapted.map(([variant, own]) => told(condition, variant, own, measures(unadaptedOf(variant)))),
      ...CONTRASTS.flatMap(([variant, other]) =>
        contrasted(condition, [variant, measures(variant)], [other, measures(other)]),
      ),
    ]
  })
}

/** The variant that an adapted one began as: the model that ships, or the one that was trained on. */
function unadaptedOf(variant: string): string {
  return variant.startsWith('trained on') ? variant.replace(/, [^,]+$/, `, ${UNADAPTED}`) : UNADAPTED
}

type Measured = [variant: string, measures: ReadonlyMap<string, Outcome['measures']>]

function contrasted(condition: string, [variant, own]: Measured, [other, others]: Measured): string[] {
  const pairs = [...own].flatMap(([pair, { cer }]) =>
    others.has(pair) ? [{ before: others.get(pair)!['cer']!, after: cer! }] : [],
  )
  return pairs.length === 0
    ? []
    : [`${condition}, ${variant} against ${other}: ${interval(pairedDifference(pairs))} points, ${pairs.length} pairs`]
}

function told(
  condition: string,
  variant: string,
  trials: readonly Trial[],
  deactivated: ReadonlyMap<string, Outcome['measures']>,
): string {
  const pairsOf = (measure: string): Pair[] =>
    trials.flatMap((trial) => {
      const before = deactivated.get(pairOf(trial))
      const [was, is] = [before?.[measure], measuresOf(trial)[measure]]
      return was === undefined || is === undefined
        ? []
        : [{ before: was, after: is, left: before!['leftHanded'] === 1 }]
    })
  const [pairs, searched] = [pairsOf('cer'), pairsOf('cerLexicon')]
  const others = estimate(trials.map((trial) => measuresOf(trial)['othersChange']!))
  const worse = pairs.filter(({ before, after }) => after > before).length
  const left = pairs.filter((pair) => pair.left)
  return [
    `${condition}, ${variant}: CER ${meanOf(pairs)} (${relative(pairs)} of it; ` +
      `${interval(pairedDifference(pairs))} points)`,
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

function measuresOf(trial: Trial): Outcome['measures'] {
  return (trial.outcome as Outcome).measures
}

function pairOf({ fold, seed }: Trial): string {
  return `${fold}/${seed}`
}
