import type { RecordingFilter } from '../../shared/api/recordings.ts'
import type { Sort } from '../../shared/api/review.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { Connection, Value } from './connection.ts'
import { condition } from './recording-query.ts'

/** A recording's place in a sorted list: what it is sorted by, and its number among equals. */
export interface Place {
  key: string | number | null
  id: number
}

/** From where on a page is read; `only`: one recording, if it is in the list. */
export type Start = { offset: number } | { after: Place } | { before: Place } | { only: number }

/** What a list is sorted by, and where that is found. `nulls`: some recordings have none; those come first, or last when descending. */
interface Order {
  key: string
  from: string
  nulls: boolean
}

const RECORDINGS = 'recordings r'
const ORDERS: Record<Sort['by'], Order> = {
  id: { key: 'r.id', from: RECORDINGS, nulls: false },
  label: { key: 'r.label COLLATE NOCASE', from: RECORDINGS, nulls: true },
  writer: { key: 'w.name', from: 'writers w CROSS JOIN recordings r ON r.writer_id = w.id', nulls: false },
  session: { key: 'r.session_id', from: RECORDINGS, nulls: false },
  startedAt: { key: 'r.started_at', from: RECORDINGS, nulls: false },
  durationMs: { key: 'r.duration_ms', from: RECORDINGS, nulls: false },
  frames: { key: 'r.frames', from: RECORDINGS, nulls: false },
  lostFrames: { key: 'r.lost_frames', from: RECORDINGS, nulls: false },
  verdict: { key: 'r.verdict', from: RECORDINGS, nulls: true },
  tag: { key: 'r.tag', from: RECORDINGS, nulls: true },
  excluded: { key: 'r.excluded', from: RECORDINGS, nulls: true },
  confidence: { key: 'c.confidence', from: 'readings c CROSS JOIN recordings r ON r.id = c.recording_id', nulls: false },
}

/** The places of a page in their order. */
export function placesOf(database: Connection, filter: RecordingFilter, sort: Sort, start: Start, limit: number): Place[] {
  const order = ORDERS[sort.by]
  const match = condition(filter)
  const parts = [match.where]
  const values = [...match.values]
  if (sort.by === 'confidence') {
    if (filter.reading === undefined) throw new KalamosError('invalid-input', 'Confidence of which model?', 'Choose a model in the filter, then sort by confidence.')
    parts.unshift('c.model_id = ?')
    values.unshift(filter.reading.modelId)
  }
  const read = (more: string, moreValues: readonly Value[], descending: boolean, rows: number, offset = 0): Place[] => {
    const direction = descending ? 'DESC' : 'ASC'
    const by = order.key === 'r.id' ? `r.id ${direction}` : `${order.key} ${direction}, r.id ${direction}`
    return database.all<Place>(
      `SELECT ${order.key} AS key, r.id AS id FROM ${order.from} WHERE ${[...parts, ...(more === '' ? [] : [more])].join(' AND ')} ORDER BY ${by} LIMIT ? OFFSET ?`,
      ...values,
      ...moreValues,
      rows,
      offset,
    )
  }
  if ('offset' in start) return read('', [], sort.descending, limit, start.offset)
  if ('only' in start) return read('r.id = ?', [start.only], sort.descending, 1)
  const back = 'before' in start
  const { key, id } = back ? start.before : start.after
  const descending = sort.descending !== back
  const places: Place[] = []
  for (const segment of segmentsFrom(order, key, id, descending)) {
    if (places.length < limit) places.push(...read(segment.where, segment.values, descending, limit - places.length))
  }
  return back ? places.reverse() : places
}

/** What comes after a place, in stretches that an index can run through: those with a key, and those without, which come first unless descending. */
function segmentsFrom({ key: column, nulls }: Order, key: Place['key'], id: number, descending: boolean): { where: string; values: Value[] }[] {
  const beyond = descending ? '<' : '>'
  if (column === 'r.id') return [{ where: `r.id ${beyond} ?`, values: [id] }]
  if (key === null) {
    const without = { where: `${column} IS NULL AND r.id ${beyond} ?`, values: [id] }
    return descending ? [without] : [without, { where: `${column} IS NOT NULL`, values: [] }]
  }
  const further = { where: `(${column}, r.id) ${beyond} (?, ?)`, values: [key, id] }
  return descending && nulls ? [further, { where: `${column} IS NULL`, values: [] }] : [further]
}
