import { join } from 'node:path'
import type { Trial } from '../store/trials.ts'
import { makeFolders } from '../files/folders.ts'
import { READABLE, writeWhole } from '../files/whole-file.ts'
import type { Experiment, Outcome } from './experiment.ts'
import { asIntervals } from './intervals.ts'
import { asCurves } from './plot.ts'
import type { Estimate } from '../statistics/interval.ts'
import { asCsv, summarise, type Line, type Summary } from './summary.ts'

const percent = (share: number): string => (Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '–')
const points = (difference: number): string =>
  Number.isFinite(difference) ? `${difference > 0 ? '+' : ''}${(100 * difference).toFixed(1)}` : '–'

/** Writes an experiment's table (CSV, JSON) and its plots (SVG) into a folder and returns their names. */
export function writeTables(
  experiment: Experiment,
  trials: readonly Trial[],
  folder: string,
): { summary: Summary; files: string[] } {
  makeFolders(folder)
  const summary = summarise(experiment, trials)
  const contents = {
    [`${experiment.name}.csv`]: asCsv(summary),
    [`${experiment.name}.json`]: `${JSON.stringify(summary, null, 2)}\n`,
    [`${experiment.name}.svg`]: plotOfLines(experiment, summary),
    ...(hasCurves(trials) ? { [`${experiment.name}-curves.svg`]: plotOfCurves(experiment, trials) } : {}),
  }
  for (const [name, content] of Object.entries(contents)) writeWhole(join(folder, name), content, READABLE)
  return { summary, files: Object.keys(contents) }
}

const byNumbers = new Intl.Collator('en', { numeric: true })

function plotOfLines({ title, measure, baseline }: Experiment, { lines }: Summary): string {
  const groups = [...Map.groupBy(lines, ({ condition }) => condition)]
    .sort(([a], [b]) => byNumbers.compare(a, b))
    .map(([name, own]) => ({
      name,
      rows: own.map(({ variant, value }) => ({ name: variant, value, isBaseline: variant === baseline })),
    }))
  return asIntervals({
    title,
    xLabel: `${measure.label} after the last epoch, 95 % intervals`,
    groups,
    format: percent,
  })
}

function hasCurves(trials: readonly Trial[]): boolean {
  return trials.some((trial) => (trial.outcome as Outcome).curve.length > 0)
}

/** Mean curves over folds and seeds of the condition in the middle. */
function plotOfCurves({ title }: Experiment, trials: readonly Trial[]): string {
  const conditions = [...new Set(trials.map(({ condition }) => condition))]
  const middle = conditions[Math.floor(conditions.length / 2)]
  const series = [
    ...Map.groupBy(
      trials.filter(({ condition }) => condition === middle),
      ({ variant }) => variant,
    ),
  ].map(([name, own]) => {
    const curves = own.map((trial) => (trial.outcome as Outcome).curve)
    const measured = Math.min(...curves.map((curve) => curve.length))
    return {
      name,
      points: Array.from({ length: measured }, (_, at) => ({
        x: curves[0]![at]!.epoch,
        y: curves.reduce((sum, curve) => sum + curve[at]!.cer, 0) / curves.length,
      })),
    }
  })
  return asCurves({ title, xLabel: 'epoch', yLabel: `CER on held-out data: ${middle ?? ''}`, series, format: percent })
}

/** An experiment's chapter of docs/experiments.md; `plots` is where its pictures lie, seen from the page. */
export function asMarkdown(experiment: Experiment, summary: Summary, plots: string): string {
  const { measure, also } = experiment
  const { lines } = summary
  const conditions = [...Map.groupBy(lines, ({ condition }) => condition)]
  const hasCurves = lines.some(({ epochsToBaseline }) => epochsToBaseline)
  const head = [
    'variant',
    `${measure.label} (95 % interval)`,
    `difference to ${summary.baseline}, points (95 % interval)`,
    'pairs',
    ...also.map(({ label }) => label),
    ...(hasCurves ? [`epochs to the final level of ${summary.baseline}`] : []),
  ]
  const tables = conditions.map(([condition, lines], at) =>
    [
      `### ${at + 1}. ${condition}`,
      '',
      row(head),
      row(head.map(() => '---')),
      ...lines.map((line) => row(cells(experiment, line).slice(0, head.length))),
      '',
    ].join('\n'),
  )
  return [
    `## ${experiment.title} (\`${experiment.name}\`)`,
    '',
    `${experiment.question} Data: ${summary.data}. ${sizeOf(summary)}`,
    '',
    ...imagesOf(summary),
    `![${experiment.title}](${plots}/${experiment.name}.svg)`,
    '',
    ...(hasCurves ? [`![Curves](${plots}/${experiment.name}-curves.svg)`, ''] : []),
    ...tables,
    ...overallTable(summary),
    ...expectations(experiment),
    '### What this shows, and what not',
    '',
    ...findings(experiment, summary),
    ...summary.goals.map((goal) => `- ${goal}.`),
    ...(experiment.limits ? ['', experiment.limits] : []),
    '',
  ].join('\n')
}

function expectations({ expected }: Experiment): string[] {
  if (!expected) return []
  const lines = Object.entries(expected).map(([variant, reason]) => `- ${variant}: ${reason}.`)
  return ['### What was expected, and why', '', ...lines, '']
}

function sizeOf({ trials, size, seeds, backends }: Summary): string {
  const told =
    size === 'quick'
      ? 'quick size: fewer conditions and variants than the full size, or less data and smaller networks'
      : 'full size'
  return (
    `${trials} ${trials === 1 ? 'trial' : 'trials'} (${told}), seeds ${seeds.join(', ')}, backend ` +
    `${backends.join(', ')}.`
  )
}

function imagesOf({ images }: Summary): string[] {
  if (!images) return []
  return [
    `Image networks, each trained alone first: ${percent(images.accuracy)} of pictures they had not been ` +
      `trained on read right, CER ${percent(images.cer)} (mean over the ${images.networks} trials that used one).`,
    '',
  ]
}

function overallTable({ overall, baseline }: Summary): string[] {
  if (overall.length === 0) return []
  const lines = overall.map(({ variant, difference }) =>
    row([
      variant,
      `${points(difference.mean)} (${points(difference.low)} – ${points(difference.high)})`,
      String(difference.count),
    ]),
  )
  return [
    '### All conditions together',
    '',
    row(['variant', `mean difference to ${baseline}, points (95 % interval)`, 'pairs']),
    row(['---', '---', '---']),
    ...lines,
    '',
  ]
}

function cells({ also }: Experiment, { variant, value, difference, also: further, epochsToBaseline }: Line): string[] {
  return [
    variant,
    `${percent(value.mean)} (${percent(value.low)} – ${percent(value.high)})`,
    difference ? `${points(difference.mean)} (${points(difference.low)} – ${points(difference.high)})` : '',
    difference ? String(difference.count) : '',
    ...also.map(({ name }) => percent(further[name] ?? NaN)),
    epochsToBaseline
      ? epochsToBaseline.reached === 0
        ? 'never'
        : `${epochsToBaseline.mean.toFixed(1)} (${epochsToBaseline.reached} of ${epochsToBaseline.pairs}; ` +
          `${epochsToBaseline.baselineEpochs.toFixed(1)} for the baseline)`
      : '',
  ]
}

/** What the intervals say, condition by condition, also where nothing helps. */
function findings({ measure, baseline }: Experiment, { lines }: Summary): string[] {
  const sign = measure.lowerIsBetter ? 1 : -1
  const clear = (estimate: Estimate, towards: -1 | 1): boolean =>
    estimate.count > 1 &&
    sign *
      towards *
      (towards === 1 ? (sign === 1 ? estimate.low : estimate.high) : sign === 1 ? estimate.high : estimate.low) >
      0
  return [
    ...Map.groupBy(
      lines.filter(({ difference }) => difference !== null),
      ({ condition }) => condition,
    ),
  ].map(([condition, compared]) => {
    const better = compared.filter(({ difference }) => clear(difference!, -1)).map(({ variant }) => variant)
    const worse = compared.filter(({ difference }) => clear(difference!, 1)).map(({ variant }) => variant)
    const parts = [
      better.length > 0
        ? `better than ${baseline}: ${better.join('; ')}`
        : `none is better than ${baseline} beyond its interval`,
      ...(worse.length > 0 ? [`worse: ${worse.join('; ')}`] : []),
      `${compared.length - better.length - worse.length} of ${compared.length} undecided`,
      ...sooner(compared, baseline),
    ]
    return `- ${condition}: ${parts.join('. ')}.`
  })
}

/**
 * Who is as good as the baseline's last epoch in fewer epochs than it needed, beyond the interval and in most pairs.
 */
function sooner(compared: readonly Line[], baseline: string): string[] {
  const quick = compared.flatMap(({ variant, epochsToBaseline: speed }) =>
    speed && speed.saved.count > 1 && speed.saved.low > 0 && 2 * speed.reached > speed.pairs
      ? [
          `${variant} (by ${speed.saved.mean.toFixed(1)} epochs, ${speed.saved.low.toFixed(1)} – ` +
            `${speed.saved.high.toFixed(1)}, in ${speed.reached} of ${speed.pairs} pairs)`,
        ]
      : [],
  )
  return quick.length === 0 ? [] : [`As good as ${baseline} in the end, but sooner: ${quick.join('; ')}`]
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
