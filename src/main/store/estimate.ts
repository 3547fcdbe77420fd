import type { RecordingFilter } from '../../shared/api/recordings.ts'
import { IdRanges } from '../../shared/id-ranges.ts'
import type { Connection, Value } from './connection.ts'
import { keptCount } from './recording-count.ts'
import type { Wish } from './recording-query.ts'

/** Counted one by one up to here; what goes beyond is taken for much. */
const COUNTED = 20_000
/** Of a wish that leaves many, how much of all it is taken to leave. */
const MUCH = 0.3

export interface Estimates {
  all: number
  leaves: ReadonlyMap<Wish, number>
  /** What the wish that leaves fewest leaves; without a wish, no end. */
  least: number
}

/** About how many recordings each wish of a filter leaves by itself: what decides how a list is read. */
export function estimates(database: Connection, filter: RecordingFilter, wishes: readonly Wish[]): Estimates {
  const all = keptCount(database, {}) ?? 0
  const leaves = new Map(wishes.map((wish) => [wish, database.remembered.get(JSON.stringify(['estimate', wish, filter.reading]), () => estimate(database, filter, wish, all))]))
  return { all, leaves, least: Math.min(...leaves.values()) }
}

/** Which share of all recordings some of the wishes probably leave, as if they were independent; above 0. */
export function shareOf({ all, leaves }: Estimates, wishes: Iterable<Wish> = leaves.keys()): number {
  let share = 1
  for (const wish of wishes) share *= Math.min(1, Math.max(1, leaves.get(wish)!) / Math.max(1, all))
  return share
}

function estimate(database: Connection, filter: RecordingFilter, { kind, where, values, from = 'recordings r' }: Wish, all: number): number {
  if (kind === 'ids') return Math.min(all, new IdRanges(filter.ids!).count)
  if (kind === 'reading' && isAnyReading(filter.reading)) return database.get<{ n: number }>('SELECT readings AS n FROM models WHERE id = ?', filter.reading!.modelId)?.n ?? 0
  if (kind === 'from' || kind === 'durationFrom' || (kind === 'reading' && filter.reading?.outcome !== 'none') || (kind === 'state' && filter.state !== 'finished')) {
    // Readings are counted with those of hidden recordings, which are few.
    const list = kind === 'reading' ? `readings x WHERE ${where}` : `${from} WHERE r.deleted_by IS NULL AND ${where}`
    const found = database.get<{ n: number }>(`SELECT count(*) AS n FROM (SELECT 1 FROM ${list} LIMIT ?)`, ...values, COUNTED)!.n
    return found < COUNTED ? found : Math.max(kind === 'from' ? bySessions(database, values) : kind === 'durationFrom' ? byBins(database, values) : MUCH * all, COUNTED)
  }
  return keptCount(database, { [kind]: filter[kind] }) ?? all
}

/** Recordings begin about when their sessions do. */
function bySessions(database: Connection, instants: readonly Value[]): number {
  return database.get<{ n: number }>('SELECT coalesce(sum(recordings), 0) AS n FROM sessions WHERE started_at BETWEEN ? AND ?', ...instants)!.n
}

function byBins(database: Connection, durations: readonly Value[]): number {
  return database.get<{ n: number }>('SELECT coalesce(sum(recordings), 0) AS n FROM durations WHERE 250 * (bin + 0.5) BETWEEN ? AND ?', ...durations)!.n
}

function isAnyReading(reading: RecordingFilter['reading']): boolean {
  return reading !== undefined && reading.outcome === undefined && reading.confidenceTo === undefined && (reading.confidenceFrom ?? 0) <= 0
}
