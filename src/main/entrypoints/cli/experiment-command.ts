import { dirname, join, relative } from 'node:path'
import { KalamosError } from '../../../shared/errors.ts'
import { openEngineFor } from '../../ml/programs/open-engine.ts'
import { openStore, type Store } from '../../store/index.ts'
import { READABLE, writeWhole } from '../../files/whole-file.ts'
import { EXPERIMENTS, experimentNamed } from '../../experiments/index.ts'
import { asMarkdown, writeTables } from '../../experiments/report.ts'
import { runExperiment } from '../../experiments/run.ts'
import type { Summary } from '../../experiments/summary.ts'

export interface ExperimentArgs {
  /** An experiment's name, or `report` to write the page of all stored trials. */
  name: string
  database: string
  seeds?: number
  resume?: boolean
  quick?: boolean
  /** Folder of recordings, for experiments on real people and on your own sets. */
  data?: string
  /** Card of the model to adapt, where a study does. */
  base?: string
  /** Folder for the tables and plots; beside the database by default. With `report`: the page's path. */
  out?: string
  threads?: number
  json?: boolean
}

export interface ExperimentIo {
  print(text: string): void
  /** Progress: what is not the result. */
  tell(text: string): void
  signal?: AbortSignal
  /** Folder of real recordings unless `data` names another. */
  realRecordings: string
}

export const USUAL_SEEDS = 5

/**
 * Runs `experiment <name>`: its trials go to the database one by one, its table and plots to a folder.
 * Throws `not-found` for an unknown name or missing recordings, `cancelled`, and what the store and the engine throw.
 */
export async function experimentVerb(args: ExperimentArgs, io: ExperimentIo): Promise<void> {
  if (args.name === 'report') return reportVerb(args, io)
  const experiment = experimentNamed(args.name)
  await withStore(args.database, async (store) => {
    const folder = args.out ?? join(store.files, 'experiments')
    const room = {
      folder: join(store.files, 'experiments'),
      openEngine: openEngineFor({ backend: 'auto', threads: args.threads ?? null }),
      data: args.data ?? io.realRecordings,
      ...(args.base === undefined ? {} : { base: args.base }),
      progress: (text: string) => io.tell(`${text}\n`),
      ...(io.signal ? { signal: io.signal } : {}),
    }
    const options = {
      seeds: args.seeds ?? (args.quick ? 2 : USUAL_SEEDS),
      quick: args.quick ?? false,
      resume: args.resume ?? false,
    }
    const { ran, kept } = await runExperiment(experiment, store.trials, room, options)
    const { summary, files } = writeTables(
      experiment,
      store.trials.list(experiment.name, options.quick ? 'quick' : 'full'),
      folder,
    )
    if (args.json) io.print(`${JSON.stringify({ ...summary, ran, kept, folder, files })}\n`)
    else
      io.print(
        `${asText(summary)}\n${ran} trials run, ${kept} taken from the database. Tables and plots: ` +
          `${files.map((file) => join(folder, file)).join(', ')}\n`,
      )
  })
}

/** Writes one page of all experiments that have trials in the database, full-size ones where there are any. */
async function reportVerb(args: ExperimentArgs, io: ExperimentIo): Promise<void> {
  const page = args.out ?? join('docs', 'experiments.md')
  const plots = join(dirname(page), 'experiments')
  await withStore(args.database, (store) => {
    const missing: string[] = []
    const chapters = EXPERIMENTS.flatMap((experiment) => {
      const full = store.trials.list(experiment.name, 'full')
      const trials = full.length > 0 ? full : store.trials.list(experiment.name, 'quick')
      if (trials.length === 0) missing.push(`\`${experiment.name}\` (${experiment.title})`)
      if (trials.length === 0) return []
      const { summary } = writeTables(experiment, trials, plots)
      return [asMarkdown(experiment, summary, relative(dirname(page), plots))]
    })
    if (chapters.length === 0)
      throw new KalamosError(
        'not-found',
        `${args.database} holds no trials.`,
        `Run one first: experiment ${EXPERIMENTS.map(({ name }) => name).join(' | ')}.`,
      )
    const notRun =
      missing.length > 0 ? [`## Not measured here\n\nNo trials are stored of ${missing.join(', ')}.\n`] : []
    writeWhole(page, [HEADER, ...chapters, ...notRun].join('\n'), READABLE)
    if (args.json) io.print(`${JSON.stringify({ page, chapters: chapters.length })}\n`)
    else io.print(`${page}: ${chapters.length} experiments.\n`)
    return Promise.resolve()
  })
}

const HEADER = `# Experiments

Written by \`npm run -s kalamos -- experiment report\` from the trials in the database; no number here was written by hand.
Each experiment is run with \`npm run -s kalamos -- experiment <name>\`.

Every comparison is paired: the same data, fold and seed with and without a loss. The measure is that of the last epoch.
No epoch is chosen on the data it is reported on; where a column says "best epoch", it shows what choosing so would have given.
An interval is Student's 95 % interval over the pairs; with two or three pairs it is wide, and of twenty comparisons one may
leave zero outside by chance. "Epochs to the final level" is the first epoch at which a variant is as good as the baseline is
after its last one; for the baseline, when it first was. Virtual and synthetic data are called so, and are not
compared with published figures.
`

async function withStore(path: string, work: (store: Store) => Promise<void>): Promise<void> {
  const store = openStore(path)
  try {
    await work(store)
  } finally {
    store.close()
  }
}

function asText({ title, data, measure, lines, baseline, goals }: Summary): string {
  const share = (value: number): string => (Number.isFinite(value) ? (100 * value).toFixed(1) : '–')
  const rows = lines.map(
    ({ condition, variant, value, difference }) =>
      `${condition.padEnd(34)} ${variant.padEnd(34)} ${share(value.mean).padStart(5)} %` +
      (difference
        ? `   ${difference.mean > 0 ? '+' : ''}${share(difference.mean)} points (${share(difference.low)} to ` +
          `${share(difference.high)}, ${difference.count} pairs)`
        : ''),
  )
  return [
    `${title}. Data: ${data}. ${measure} after the last epoch, and the difference to ${baseline}:`,
    ...rows,
    ...goals,
  ].join('\n')
}
