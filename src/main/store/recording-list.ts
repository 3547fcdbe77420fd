import type { RecordingFilter } from '../../shared/api/recordings.ts'
import type { Sort } from '../../shared/api/review.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { Connection } from './connection.ts'
import { allOf, condition, ofReading, type Condition } from './recording-query.ts'

/** A recording's place in a sorted list: what it is sorted by, and its number among equals. */
export interface Place {
  key: string | number
  id: number
}

/** From where on a page is read; `only`: one recording, if it is in the list. */
export type Start = { offset: number } | { after: Place } | { before: Place } | { only: number }

/** What a list is sorted by; what is missing is an empty text, and so comes first, or last when descending. */
const KEYS: Record<Sort['by'], string> = {
  id: 'r.id',
  label: "ifnull(r.label, '') COLLATE NOCASE",
  writer: 'w.name',
  session: 'r.session_id',
  startedAt: 'r.started_at',
  durationMs: 'r.duration_ms',
  frames: 'r.frames',
  lostFrames: 'r.lost_frames',
  verdict: "ifnull(r.verdict, '')",
  tag: "ifnull(r.tag, '')",
  excluded: "ifnull(r.excluded, '')",
  confidence: 'c.confidence',
}

/**
 * The places of a page in their order. Whatever SQLite does not find by an index it looks at, and keeps the first of.
 * Throws `invalid-input` to sort by confidence without a model.
 */
export function placesOf(
  database: Connection,
  filter: RecordingFilter,
  sort: Sort,
  start: Start,
  limit: number,
): Place[] {
  const { by, descending } = sort
  if ('before' in start) {
    return placesOf(database, filter, { by, descending: !descending }, { after: start.before }, limit).reverse()
  }
  const key = KEYS[by]
  const { from, match } = listOf(filter, by)
  const { where, values } = allOf([...match, ...beginning(start, key, descending)])
  const direction = descending ? 'DESC' : 'ASC'
  return database.all<Place>(
    `SELECT ${key} AS key, r.id AS id FROM ${from} WHERE ${where} ORDER BY ${key} ${direction}, r.id ` +
      `${direction} LIMIT ? OFFSET ?`,
    ...values,
    limit,
    'offset' in start ? start.offset : 0,
  )
}

/** How many recordings a list has; with `most` it stops counting there. */
export function countOf(database: Connection, filter: RecordingFilter, by: Sort['by'] = 'id', most?: number): number {
  const { from, match } = listOf(filter, by)
  const { where, values } = allOf(match)
  const list = `FROM ${from} WHERE ${where}`
  if (most === undefined) return database.get<{ n: number }>(`SELECT count(*) AS n ${list}`, ...values)!.n
  return database.get<{ n: number }>(`SELECT count(*) AS n FROM (SELECT 1 ${list} LIMIT ?)`, ...values, most)!.n
}

/** Sorted by confidence, a list holds only what the model has read. */
function listOf(filter: RecordingFilter, by: Sort['by']): { from: string; match: Condition[] } {
  if (by === 'writer') return { from: 'recordings r JOIN writers w ON w.id = r.writer_id', match: [condition(filter)] }
  if (by !== 'confidence') return { from: 'recordings r', match: [condition(filter)] }
  const { reading, ...others } = filter
  if (reading === undefined) {
    throw new KalamosError(
      'invalid-input',
      'Confidence of which model?',
      'Choose a model in the filter, then sort by confidence.',
    )
  }
  // In the order of recordings: each reading is then next to the one before. What is asked of it is asked of that one.
  const from = 'recordings r CROSS JOIN readings c ON c.recording_id = r.id'
  const ofModel = { where: 'c.model_id = ?', values: [reading.modelId] }
  if (reading.outcome === 'none') return { from, match: [condition(filter), ofModel] }
  return { from, match: [condition(others), ofModel, ...ofReading(reading, 'c')] }
}

function beginning(start: Exclude<Start, { before: Place }>, key: string, descending: boolean): Condition[] {
  if ('only' in start) return [{ where: 'r.id = ?', values: [start.only] }]
  if ('after' in start) {
    return [{ where: `(${key}, r.id) ${descending ? '<' : '>'} (?, ?)`, values: [start.after.key, start.after.id] }]
  }
  return []
}
