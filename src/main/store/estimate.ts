import type { RecordingFilter } from '../../shared/api/recordings.ts'
import type { Connection } from './connection.ts'
import { keptCount } from './recording-count.ts'
import type { Wish } from './recording-query.ts'

/** Counted one by one up to here; what goes beyond is taken for much. */
const COUNTED = 20_000
/** Of a wish that leaves many, how much of all it is taken to leave. */
const MUCH = 0.3

/** About how many recordings each wish of a filter leaves by itself: what decides how a list is read. */
export function estimates(database: Connection, filter: RecordingFilter, wishes: readonly Wish[]): { all: number; each: number[] } {
  const all = keptCount(database, {}) ?? 0
  return { all, each: wishes.map((wish) => estimate(database, filter, wish, all)) }
}

function estimate(database: Connection, filter: RecordingFilter, { kind, where, values, from = 'recordings r' }: Wish, all: number): number {
  if (kind === 'reading' && isAnyReading(filter.reading)) return database.get<{ n: number }>('SELECT readings AS n FROM models WHERE id = ?', filter.reading!.modelId)?.n ?? 0
  if (kind === 'from' || kind === 'durationFrom' || (kind === 'reading' && filter.reading?.outcome !== 'none') || (kind === 'state' && filter.state !== 'finished')) {
    // Readings are counted with those of hidden recordings, which are few.
    const list = kind === 'reading' ? `readings x WHERE ${where}` : `${from} WHERE r.deleted_by IS NULL AND ${where}`
    const found = database.get<{ n: number }>(`SELECT count(*) AS n FROM (SELECT 1 FROM ${list} LIMIT ?)`, ...values, COUNTED)!.n
    return found < COUNTED ? found : Math.max(MUCH * all, COUNTED)
  }
  return keptCount(database, { [kind]: filter[kind] }) ?? all
}

function isAnyReading(reading: RecordingFilter['reading']): boolean {
  return reading !== undefined && reading.outcome === undefined && reading.confidenceTo === undefined && (reading.confidenceFrom ?? 0) <= 0
}
