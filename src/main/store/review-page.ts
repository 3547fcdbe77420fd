import type { RecordingFilter } from '../../shared/api/recordings.ts'
import type { Sort } from '../../shared/api/review.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { Connection } from './connection.ts'
import { estimates } from './estimate.ts'
import { allOf, anyOf, wishesOf, type Condition, type Wish } from './recording-query.ts'

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
  id: string
  /** A table in whose order recordings are walked. */
  walk?: string
  /** What to join to recordings that are found otherwise. */
  join?: string
  nulls: boolean
}

const ID = 'r.id'
const ORDERS: Record<Sort['by'], Order> = {
  id: { key: ID, id: ID, nulls: false },
  label: { key: 'r.label COLLATE NOCASE', id: ID, nulls: true },
  writer: { key: 'w.name', id: ID, walk: 'writers w CROSS JOIN recordings r ON r.writer_id = w.id', join: 'CROSS JOIN writers w ON w.id = r.writer_id', nulls: false },
  session: { key: 'r.session_id', id: ID, nulls: false },
  startedAt: { key: 'r.started_at', id: ID, nulls: false },
  durationMs: { key: 'r.duration_ms', id: ID, nulls: false },
  frames: { key: 'r.frames', id: ID, nulls: false },
  lostFrames: { key: 'r.lost_frames', id: ID, nulls: false },
  verdict: { key: 'r.verdict', id: ID, nulls: true },
  tag: { key: 'r.tag', id: ID, nulls: true },
  excluded: { key: 'r.excluded', id: ID, nulls: true },
  confidence: {
    key: 'c.confidence', id: 'c.recording_id', nulls: false,
    walk: 'readings c CROSS JOIN recordings r ON r.id = c.recording_id', join: 'CROSS JOIN readings c ON c.recording_id = r.id',
  },
}

const NOT_DELETED: Condition = { where: 'r.deleted_by IS NULL', values: [] }
/** To find a row and sort it costs about so many times what it costs to look at one in passing, where rows lie in the list's order. */
const SORTING = 1.5
/** Where they lie elsewhere, every look is a leap. */
const SORTING_AFAR = 0.5
const NEAR: readonly Sort['by'][] = ['id', 'session', 'startedAt', 'writer']

/** How a list is read: from where, what must hold, and in which terms it is sorted. */
interface Plan {
  from: string
  match: Condition
  key: string
  id: string
  gathered?: true
  /** Of a list that is walked: what each recording is held against in passing, and when to give up for a list that is gathered. */
  passing?: { test: Condition; patience: number; otherwise: Plan }
}

/** The places of a page in their order. Throws `invalid-input` to sort by confidence without a model. */
export function placesOf(database: Connection, filter: RecordingFilter, sort: Sort, start: Start, limit: number): Place[] {
  const rows = 'only' in start ? 0 : limit + ('offset' in start ? start.offset : 0)
  return listOf(database, filter, sort, rows)(start, limit)
}

/** A list of which many pages are read, about `rows` of it at a time: how it is read is decided once. Throws as `placesOf` does. */
export function listOf(database: Connection, filter: RecordingFilter, sort: Sort, rows: number): (start: Start, limit: number) => Place[] {
  const order = ORDERS[sort.by]
  const plan = planFor(database, filter, sort, order, rows)
  return (start, limit) => pageOf(database, order, plan, sort, start, limit)
}

function pageOf(database: Connection, order: Order, plan: Plan, sort: Sort, start: Start, limit: number): Place[] {
  return pageBy(database, order, plan, sort, start, limit) ?? pageBy(database, order, plan.passing!.otherwise, sort, start, limit)!
}

/** Null where a walk was given up. */
function pageBy(database: Connection, order: Order, plan: Plan, sort: Sort, start: Start, limit: number): Place[] | null {
  const read = (more: Condition | null, descending: boolean, count: number, offset = 0): Place[] | null => {
    const direction = descending ? 'DESC' : 'ASC'
    const by = order.key === ID ? `${plan.key} ${direction}` : `${plan.key} ${direction}, ${plan.id} ${direction}`
    const { where, values } = more === null ? plan.match : allOf([plan.match, more])
    const places = `SELECT ${order.key} AS key, r.id AS id`
    const list = `FROM ${plan.from} WHERE ${where} ORDER BY ${by} LIMIT ?`
    if (plan.passing === undefined) return database.all<Place>(`${places} ${list} OFFSET ?`, ...values, count, offset)
    // A query with a limit of its own is run as it stands, row by row: its order is that of the places.
    const { test, patience } = plan.passing
    const found = database.all<Place>(`SELECT key, id FROM (${places}, ${test.where} AS fits ${list}) WHERE fits LIMIT ? OFFSET ?`, ...test.values, ...values, patience, count, offset)
    return found.length < count && database.get(`SELECT 1 ${list} OFFSET ?`, ...values, 1, patience) !== undefined ? null : found
  }
  if ('offset' in start) return read(null, sort.descending, limit, start.offset)
  if ('only' in start) return read({ where: 'r.id = ?', values: [start.only] }, sort.descending, 1)
  const back = 'before' in start
  const { key, id } = back ? start.before : start.after
  const descending = sort.descending !== back
  const places: Place[] = []
  const stretches = stretchesFrom(order, plan, key, id, descending)
  // What is gathered is gathered once.
  for (const stretch of plan.gathered === true ? [anyOf(stretches)] : stretches) {
    if (places.length === limit) break
    const found = read(stretch, descending, limit - places.length)
    if (found === null) return null
    places.push(...found)
  }
  return back ? places.reverse() : places
}

/**
 * A list is either walked in its order, looking at each recording whether it matches, or what matches is gathered by the
 * one wish that leaves least, and sorted. Which of both looks at fewer recordings is estimated as if wishes and the order
 * were independent. Where they are not, as with recordings without a label in the order of labels, the walk is given up
 * when it has cost what gathering costs.
 */
function planFor(database: Connection, filter: RecordingFilter, sort: Sort, order: Order, rows: number): Plan {
  const wishes = wishesOf(filter)
  const always = [NOT_DELETED]
  if (sort.by === 'confidence') {
    if (filter.reading === undefined) throw new KalamosError('invalid-input', 'Confidence of which model?', 'Choose a model in the filter, then sort by confidence.')
    always.push({ where: 'c.model_id = ?', values: [filter.reading.modelId] })
  }
  // A wish for the very thing that the list is sorted by names a part of it.
  const isOfOrder = ({ kind }: Wish): boolean => (sort.by === 'verdict' || sort.by === 'tag' || sort.by === 'excluded') && kind === sort.by
  const passed = wishes.filter((wish) => !isOfOrder(wish)).map((wish) => (sort.by === 'confidence' ? (wish.besideReading ?? wish.test) : wish.test))
  const listed = [...always, ...wishes.filter(isOfOrder)]
  const test = passed.length === 0 ? { where: '1', values: [] } : allOf(passed)
  const walk: Plan = { from: order.walk ?? 'recordings r', match: allOf([...listed, ...passed]), key: order.key, id: order.id }
  if (rows === 0) return walk
  const { all, each } = estimates(database, filter, wishes)
  const least = Math.min(...each)
  // Of little, estimates are counts.
  if (least === 0) return { ...walk, match: { where: '0', values: [] } }
  const first = wishes[each.indexOf(least)]
  if (first === undefined) return walk
  const gathered = gatherBy(first, wishes, always, order)
  const share = each.reduce((product, rowsLeft) => product * Math.min(1, rowsLeft / Math.max(1, all)), 1)
  const patience = Math.ceil((NEAR.includes(sort.by) ? SORTING : SORTING_AFAR) * least)
  return rows / Math.max(share, 1e-9) < patience ? { ...walk, match: allOf(listed), passing: { test, patience, otherwise: gathered } } : gathered
}

/** The plus keeps the database from walking in the list's order after all. */
function gatherBy(first: Wish, wishes: readonly Wish[], always: readonly Condition[], order: Order): Plan {
  const from = [first.from ?? 'recordings r', ...(order.join === undefined ? [] : [order.join])].join(' ')
  const match = allOf([first, ...always, ...wishes.filter((wish) => wish !== first).map(({ test }) => test)])
  return { from, match, key: `+${order.key}`, id: ID, gathered: true }
}

/** What comes after a place, in stretches that an index can run through: those with a key, and those without, which come first unless descending. */
function stretchesFrom({ key: column, nulls }: Order, plan: Plan, key: Place['key'], id: number, descending: boolean): Condition[] {
  const beyond = descending ? '<' : '>'
  if (column === ID) return [{ where: `${plan.key} ${beyond} ?`, values: [id] }]
  if (key === null) {
    const without = { where: `${plan.key} IS NULL AND ${plan.id} ${beyond} ?`, values: [id] }
    return descending ? [without] : [without, { where: `${plan.key} IS NOT NULL`, values: [] }]
  }
  const further = { where: `(${plan.key}, ${plan.id}) ${beyond} (?, ?)`, values: [key, id] }
  return descending && nulls ? [further, { where: `${plan.key} IS NULL`, values: [] }] : [further]
}
