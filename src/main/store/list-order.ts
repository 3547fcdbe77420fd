import type { Sort } from '../../shared/api/review.ts'
import type { Condition } from './recording-query.ts'

/** A recording's place in a sorted list: what it is sorted by, and its number among equals. */
export interface Place {
  key: string | number | null
  id: number
}

/** From where on a page is read; `only`: one recording, if it is in the list. */
export type Start = { offset: number } | { after: Place } | { before: Place } | { only: number }

/** What a list is sorted by, and where that is found. `nulls`: some recordings have none; those come first, or last when descending. */
export interface Order {
  key: string
  id: string
  nulls: boolean
  /** A table in whose order recordings are walked. */
  walk: string
  /** What to join to recordings that are found otherwise. */
  join: string
  /** The index of the order alone, without the rows it points to: where it is, and which part of it. */
  index: { from: string; part: string }
}

export const ID = 'r.id'
const SHOWN = { from: 'recordings r', part: 'r.deleted_by IS NULL' }

function by(key: string, { nulls = false, index = SHOWN } = {}): Order {
  return { key, id: ID, nulls, walk: 'recordings r', join: '', index }
}

const BY_WRITER = 'writers w CROSS JOIN recordings r ON r.writer_id = w.id'

export const ORDERS: Record<Sort['by'], Order> = {
  id: by(ID),
  label: by('r.label COLLATE NOCASE', { nulls: true }),
  writer: { ...by('w.name'), walk: BY_WRITER, join: ' CROSS JOIN writers w ON w.id = r.writer_id', index: { ...SHOWN, from: BY_WRITER } },
  session: by('r.session_id', { index: { from: 'recordings r', part: '1' } }),
  startedAt: by('r.started_at'),
  durationMs: by('r.duration_ms'),
  frames: by('r.frames'),
  lostFrames: by('r.lost_frames'),
  verdict: by('r.verdict', { nulls: true }),
  tag: by('r.tag', { nulls: true }),
  excluded: by('r.excluded', { nulls: true }),
  confidence: {
    key: 'c.confidence', id: 'c.recording_id', nulls: false,
    walk: 'readings c CROSS JOIN recordings r ON r.id = c.recording_id', join: ' CROSS JOIN readings c ON c.recording_id = r.id',
    index: { from: 'readings c', part: '1' },
  },
}

/**
 * What comes after a place, in stretches that an index can run through: those with a key, and those without,
 * which come first unless descending. `key` and `id` may have a plus, to keep the database from its indexes.
 */
export function stretchesAfter({ key: place, id }: Place, { key, id: number, nulls }: Pick<Order, 'key' | 'id' | 'nulls'>, descending: boolean): Condition[] {
  const beyond = descending ? '<' : '>'
  if (key === ID || key === `+${ID}`) return [{ where: `${key} ${beyond} ?`, values: [id] }]
  if (place === null) {
    const without = { where: `${key} IS NULL AND ${number} ${beyond} ?`, values: [id] }
    return descending ? [without] : [without, { where: `${key} IS NOT NULL`, values: [] }]
  }
  // As a pair, key and a table's own number are not looked for in an index together; apart, other columns may be looked for in another index.
  const further = number.endsWith(ID)
    ? [{ where: `${key} = ? AND ${number} ${beyond} ?`, values: [place, id] }, { where: `${key} ${beyond} ?`, values: [place] }]
    : [{ where: `(${key}, ${number}) ${beyond} (?, ?)`, values: [place, id] }]
  return descending && nulls ? [...further, { where: `${key} IS NULL`, values: [] }] : further
}
