/**
 * Measures the table of recordings on this machine: a store is filled with a million simulated rows (nobody wrote them),
 * then every filter is tried with every sort, the first page and one deep in it, and the overviews.
 * Run with `npm run bench -- review [--json]`; `--rows <n>` for another number, `--database <file>` to fill a file once and keep it,
 * `--only <text>` for the filters whose names contain it. `--window` then goes through the page of recordings in a real browser;
 * `--pictures <folder>` keeps what it saw.
 */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openStore, type Store } from '../src/main/store/index.ts'
import { placesOf } from '../src/main/store/review-page.ts'
import type { RecordingFilter } from '../src/shared/api/recordings.ts'
import { SORTS, type Sort } from '../src/shared/api/review.ts'
import { fill, type Filled } from './review/fill.ts'
import { throughTheWindow, type Step } from './review/window.ts'

const { values: flags } = parseArgs({ options: { json: { type: 'boolean', default: false }, rows: { type: 'string', default: '1000000' }, database: { type: 'string' }, only: { type: 'string', default: '' }, window: { type: 'boolean', default: false }, pictures: { type: 'string' } } })
const ROWS = Number(flags.rows)
const PAGE = 100
const TARGET_MS = 100
const DAY = 24 * 3600 * 1000

function filters({ modelId, writerId, sessionId, from }: Filled): Record<string, RecordingFilter> {
  return {
    'all': {},
    'a writer': { writerId },
    'a session': { sessionId },
    'label contains “haus”': { label: 'haus' },
    'label contains “e”': { label: 'e' },
    'label contains “xqz”': { label: 'xqz' },
    'no label': { labelled: false },
    'interrupted': { state: 'interrupted' },
    'verdict look': { verdict: 'look' },
    'verdict redo': { verdict: 'redo' },
    'never judged': { verdict: 'none' },
    'reason gap': { reason: 'gap' },
    'tag enrolment': { tag: 'enrolment' },
    'a protocol version': { protocol: { id: 'words', version: 2 } },
    'a week': { from, to: from + 7 * DAY },
    'half of the time': { from },
    'excluded': { excluded: true },
    'not excluded': { excluded: false },
    'read wrong': { reading: { modelId, outcome: 'wrong' } },
    'read with less than 0.1': { reading: { modelId, confidenceTo: 0.1 } },
    'not read': { reading: { modelId, outcome: 'none' } },
    'a writer, redo': { writerId, verdict: 'redo' },
    'redo, enrolment': { verdict: 'redo', tag: 'enrolment' },
    'look, label contains “haus”': { verdict: 'look', label: 'haus' },
    'not excluded, green, read wrong': { excluded: false, verdict: 'green', reading: { modelId, outcome: 'wrong' } },
    'a week, reason gap': { from, to: from + 7 * DAY, reason: 'gap' },
    'half of the time, look, label contains “e”': { from, verdict: 'look', label: 'e' },
  }
}

interface Figure {
  filter: string
  sort: Sort['by']
  matches: number
  capped: boolean
  first_ms: number
  deep_ms: number
}

/** Times are of the processor, as others on the machine only add to those of the clock; the shortest of several. */

function time<T>(work: () => T, times = 2): { result: T; ms: number } {
  let best = Infinity
  let result!: T
  for (let i = 0; i < times; i++) {
    const { user, system } = process.cpuUsage()
    result = work()
    const used = process.cpuUsage()
    best = Math.min(best, (used.user - user + used.system - system) / 1000)
    if (best < TARGET_MS / 2 || best > 3 * TARGET_MS) break
  }
  return { result, ms: Math.round(best * 10) / 10 }
}

function measure(store: Store, filled: Filled, name: string, filter: RecordingFilter, by: Sort['by']): Figure | null {
  if (by === 'confidence' && filter.reading === undefined) filter = { ...filter, reading: { modelId: filled.modelId } }
  if (by === 'confidence' && filter.reading?.outcome === 'none') return null
  const sort = { by, descending: true }
  const first = time(() => store.catalogue.page(filter, sort, PAGE, {}))
  const deep = time(() => store.catalogue.page(filter, sort, PAGE, { after: middle(store, filled, sort) }))
  return { filter: name, sort: by, matches: first.result.total, capped: first.result.capped, first_ms: first.ms, deep_ms: deep.ms }
}

/** The place of some recording, which is in the middle of most lists. */
function middle(store: Store, { modelId }: Filled, sort: Sort): string {
  let id = Math.floor(ROWS / 2)
  while (store.readings.get(modelId, id) === undefined) id++
  const place = placesOf(store.connection, { reading: { modelId } }, sort, { only: id }, 1)[0]!
  return JSON.stringify([place.key, place.id])
}

/** A page in the middle of everything, reached by counting instead of by its place. */
function jump(store: Store, by: Sort['by']): number {
  return time(() => store.catalogue.page({}, { by, descending: true }, PAGE, { offset: Math.floor(ROWS / 2) })).ms
}

function single(store: Store, filled: Filled) {
  const id = Math.floor(ROWS / 2)
  const { modelId: _model, ...rest } = filled
  return {
    jump_to_middle_ms: { id: jump(store, 'id'), startedAt: jump(store, 'startedAt'), durationMs: jump(store, 'durationMs'), label: jump(store, 'label'), writer: jump(store, 'writer') },
    neighbours_ms: time(() => store.catalogue.neighbours(id, { verdict: 'green' }, { by: 'durationMs', descending: true })).ms,
    overview_ms: time(() => store.catalogue.overview({}, () => false), 2).ms,
    overview_of_writer_ms: time(() => store.catalogue.overview({ writerId: rest.writerId }, () => false)).ms,
    overview_of_protocol_ms: time(() => store.catalogue.overview({ protocol: { id: 'words', version: 2 } }, () => false), 2).ms,
    overview_of_half_the_time_ms: time(() => store.catalogue.overview({ from: rest.from }, () => false), 1).ms,
    choices_ms: time(() => store.catalogue.choices()).ms,
  }
}

const folder = mkdtempSync(join(tmpdir(), 'kalamos-bench-'))
const path = flags.database ?? join(folder, 'bench.sqlite')
const known = existsSync(path)
const store = openStore(path)
try {
  report(measured())
  store.close()
  if (flags.window) tellWindow(await throughTheWindow(path, flags.pictures))
} finally {
  store.close()
  rmSync(folder, { recursive: true, force: true })
}

function measured() {
  const filling = performance.now()
  const filled: Filled = known ? { modelId: 1, writerId: 3, sessionId: 300, from: Date.UTC(2024, 0, 1) + 300 * DAY } : fill(store, ROWS)
  const fillSeconds = Math.round((performance.now() - filling) / 1000)
  const pages = Object.entries(filters(filled)).filter(([name]) => name.includes(flags.only)).flatMap(([name, filter]) => SORTS.flatMap((by) => measure(store, filled, name, filter, by) ?? []))
  const missed = pages.filter(({ first_ms, deep_ms }) => Math.max(first_ms, deep_ms) > TARGET_MS)
  const result = { rows: store.recordings.count({}), simulated: true, fill_seconds: known ? null : fillSeconds, database_mb: Math.round(statSync(path).size / 2 ** 20), target_ms: TARGET_MS, pages_measured: 2 * pages.length, over_target: missed.length, ...single(store, filled), pages }
  return { result, missed }
}

function report({ result, missed }: ReturnType<typeof measured>): void {
  if (flags.json) return console.log(JSON.stringify(result))
  const { pages, ...summary } = result
  console.log(summary)
  console.log(table(pages))
  if (missed.length > 0) console.log(`Over ${TARGET_MS} ms:\n${table(missed)}`)
}

/** Times are by the clock, with the browser's own. */
function tellWindow(steps: readonly Step[]): void {
  console.log(flags.json ? JSON.stringify({ window: steps }) : steps.map(({ step, ms }) => `${String(ms).padStart(6)} ms  ${step}`).join('\n'))
}

function table(figures: readonly Figure[]): string {
  const head = ['filter', 'sort', 'matches', 'first ms', 'deep ms']
  const rows = figures.map((each) => [each.filter, each.sort, `${each.matches}${each.capped ? '+' : ''}`, ...[each.first_ms, each.deep_ms].map((ms) => ms.toFixed(1))])
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)))
  return [head, ...rows].map((row) => row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  ')).join('\n')
}
