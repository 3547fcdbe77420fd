/**
 * Measures the table of recordings on this machine: a store is filled with 100,000 simulated rows (nobody wrote them),
 * then every filter that the window offers, and some together, is tried in every order that it offers, both ways: the
 * first page with its count, the page behind it, the last one, and the neighbours of a recording. Then overviews, and
 * what the window asks for beside. Run with `npm run bench -- review [--json]`; `--rows <n>` for another number.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openStore, type Store } from '../src/main/store/index.ts'
import { REASONS } from '../src/shared/api/quality.ts'
import { ORIGINS, type RecordingFilter } from '../src/shared/api/recordings.ts'
import { SORTS, type Sort } from '../src/shared/api/review.ts'
import { fill, type Filled } from './review/fill.ts'

const { values: flags } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rows: { type: 'string', default: '100000' } },
})
const ROWS = Number(flags.rows)
const PAGE = 50
const TARGET_MS = 100
const DAY = 24 * 3600 * 1000
const FIGURES = ['first', 'next', 'last', 'neighbours'] as const
type Figures = Record<(typeof FIGURES)[number], number>

function filters({ modelId, idleModelId, writerId, sessionId, from }: Filled): Record<string, RecordingFilter> {
  return {
    all: {},
    'those named': { ids: `1-${Math.floor(ROWS / 3)}` },
    'a writer': { writerId },
    'a session': { sessionId },
    'label contains “haus”': { label: 'haus' },
    'label contains “e”': { label: 'e' },
    'label contains “xqz”': { label: 'xqz' },
    'letter ß': { letter: 'ß' },
    labelled: { labelled: true },
    'no label': { labelled: false },
    finished: { state: 'finished' },
    interrupted: { state: 'interrupted' },
    open: { state: 'open' },
    good: { verdict: 'good' },
    check: { verdict: 'check' },
    redo: { verdict: 'redo' },
    'never judged': { verdict: 'none' },
    ...Object.fromEntries(REASONS.map((reason) => [`reason ${reason}`, { reason }])),
    'tag enrolment': { tag: 'enrolment' },
    'a protocol version': { protocol: { id: 'words', version: 2 } },
    'a pen': { device: 'pen 1' },
    'a file': { file: 'words-1.ndjson' },
    ...Object.fromEntries(ORIGINS.map((origin) => [`origin ${origin}`, { origin }])),
    'a week': { from, to: from + 7 * DAY },
    'half of the time': { from },
    'longer than 1 s': { durationFrom: 1000 },
    '1 to 1.1 s': { durationFrom: 1000, durationTo: 1100 },
    excluded: { excluded: true },
    'not excluded': { excluded: false },
    'read right': { reading: { modelId, outcome: 'right' } },
    'read wrong': { reading: { modelId, outcome: 'wrong' } },
    'read with less than 0.1': { reading: { modelId, confidenceTo: 0.1 } },
    'read with less than 0': { reading: { modelId, confidenceTo: 0 } },
    'not read': { reading: { modelId, outcome: 'none' } },
    'not read by another': { reading: { modelId: idleModelId, outcome: 'none' } },
    'a writer, redo': { writerId, verdict: 'redo' },
    'redo, enrolment': { verdict: 'redo', tag: 'enrolment' },
    'look, label contains “haus”': { verdict: 'check', label: 'haus' },
    'not excluded, good, read wrong': { excluded: false, verdict: 'good', reading: { modelId, outcome: 'wrong' } },
    'a week, reason gap': { from, to: from + 7 * DAY, reason: 'gap' },
    'half of the time, look, label contains “e”': { from, verdict: 'check', label: 'e' },
    'real, reason rate, not read': { origin: 'real', reason: 'rate', reading: { modelId, outcome: 'none' } },
    'real, label contains “xqz”, read wrong': { origin: 'real', label: 'xqz', reading: { modelId, outcome: 'wrong' } },
  }
}

/** What the filter of the overview can be set to. */
function overviews({ writerId, sessionId }: Filled): Record<string, RecordingFilter> {
  return {
    all: {},
    'a writer': { writerId },
    'a session': { sessionId },
    'label contains “e”': { label: 'e' },
    'label contains “haus”': { label: 'haus' },
    finished: { state: 'finished' },
  }
}

interface Row extends Figures {
  filter: string
  sort: string
  matches: number
  capped: boolean
}

/**
 * The processor's time in ms, as others on the machine only add to that of the clock; the shorter of two, as collected
 * garbage counts too.
 */
function time<T>(work: () => T): { result: T; ms: number } {
  const once = (): { result: T; ms: number } => {
    const { user, system } = process.cpuUsage()
    const result = work()
    const used = process.cpuUsage()
    return { result, ms: Math.round((used.user - user + used.system - system) / 100) / 10 }
  }
  const [one, other] = [once(), once()]
  return one.ms < other.ms ? one : other
}

function measure(store: Store, filled: Filled, name: string, filter: RecordingFilter, sort: Sort): Row | null {
  const { by, descending } = sort
  if (by === 'confidence' && filter.reading?.outcome === 'none') return null
  if (by === 'confidence' && filter.reading === undefined) filter = { ...filter, reading: { modelId: filled.modelId } }
  const page = (from: { after?: string; offset?: number }) => store.catalogue.page(filter, sort, PAGE, from)
  const first = time(() => page({}))
  const { total, capped, rows, last } = first.result
  return {
    filter: name,
    sort: `${by} ${descending ? 'down' : 'up'}`,
    matches: total,
    capped,
    first: first.ms,
    next: last === null ? 0 : time(() => page({ after: last })).ms,
    // The window has no button for the last page of what was not counted to its end.
    last: capped ? 0 : time(() => page({ offset: Math.floor(Math.max(0, total - 1) / PAGE) * PAGE })).ms,
    neighbours: rows.length === 0 ? 0 : time(() => store.catalogue.neighbours(rows.at(-1)!.id, filter, sort)).ms,
  }
}

/** The figure that a share of all lie below. */
function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0
}

const folder = mkdtempSync(join(tmpdir(), 'kalamos-bench-'))
const path = join(folder, 'bench.sqlite')
const store = openStore(path)
try {
  report(measured())
} finally {
  store.close()
  rmSync(folder, { recursive: true, force: true })
}

function measured() {
  const filled = fill(store, ROWS)
  const rows = Object.entries(filters(filled)).flatMap(([name, filter]) =>
    SORTS.flatMap((by) =>
      [true, false].flatMap((descending) => measure(store, filled, name, filter, { by, descending }) ?? []),
    ),
  )
  const summary = Object.fromEntries(
    FIGURES.map((figure) => {
      const times = rows.map((row) => row[figure])
      const slowest = rows.toSorted((a, b) => b[figure] - a[figure])[0]!
      return [
        figure,
        {
          p50: quantile(times, 0.5),
          p99: quantile(times, 0.99),
          worst: slowest[figure],
          of: `${slowest.filter}, by ${slowest.sort}`,
          over_target: times.filter((ms) => ms > TARGET_MS).length,
        },
      ]
    }),
  )
  return {
    rows: ROWS,
    simulated: true,
    database_mb: Math.round(statSync(path).size / 2 ** 20),
    target_ms: TARGET_MS,
    lists: rows.length,
    pages: summary,
    overview: Object.fromEntries(
      Object.entries(overviews(filled)).map(([name, filter]) => [
        name,
        time(() => store.catalogue.overview(filter, () => false)).ms,
      ]),
    ),
    beside: {
      sessions: time(() => store.sessions.list()).ms,
      writers: time(() => store.writers.list()).ms,
      count: time(() => store.recordings.count({})).ms,
      choices: time(() => [store.catalogue.choices(), store.readings.counts()]).ms,
      each: time(() => [...store.recordings.each({})].length).ms,
    },
    measured: rows,
  }
}

function report(result: ReturnType<typeof measured>): void {
  if (flags.json) return console.log(JSON.stringify(result))
  const { measured: rows, pages, ...rest } = result
  console.log(
    `${ROWS} simulated rows, 1 % of them deleted; ms of the processor for pages of ${PAGE}, with the order that ` +
      `takes longest.\n\n${slowest(rows)}\n`,
  )
  console.table(pages)
  console.log(rest)
}

/** For each filter the order in which it takes longest, as Markdown. */
function slowest(rows: readonly Row[]): string {
  const lines = [...Map.groupBy(rows, ({ filter }) => filter)].map(([name, of]) => {
    const most = FIGURES.map((figure) => {
      const worst = of.toSorted((a, b) => b[figure] - a[figure])[0]!
      return `${worst[figure].toFixed(0)} (${worst.sort})`
    })
    return [name, `${of[0]!.matches}${of[0]!.capped ? '+' : ''}`, ...most]
  })
  return [['filter', 'matches', ...FIGURES], ['---', ...['matches', ...FIGURES].map(() => '--:')], ...lines]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
}
