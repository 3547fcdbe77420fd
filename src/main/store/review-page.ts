import type { RecordingFilter } from '../../shared/api/recordings.ts'
import type { Sort } from '../../shared/api/review.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { Connection } from './connection.ts'
import { estimates, shareOf, type Estimates } from './estimate.ts'
import { ID, ORDERS, stretchesAfter, type Order, type Place, type Start } from './list-order.ts'
import { matchSet, matchSetCost } from './match-set.ts'
import { allOf, anyOf, wishesOf, type Condition, type Wish } from './recording-query.ts'
import { pageOfSet } from './set-page.ts'

/**
 * How a list is read. `walk`: in its order, each recording held against the filter. `gather`: what one wish leaves is looked
 * up, held against the others, and sorted. `set`: indexes tell which recordings match, and the order's index in which order.
 */
export const WAYS = ['walk', 'gather', 'set'] as const
export type Way = (typeof WAYS)[number]

/** About what it takes to look at a recording where the list's order puts it; the same where a wish's index has it, and to sort it; and to pass an entry of an index. In µs. */
const WALKED = 2.5
const GATHERED = 1.7
const PASSED = 0.17
/** A walk is given up after so many recordings, or after some times as many as were expected. */
const PATIENCE = { least: 2000, most: 24_000, times: 3 }

const NOT_DELETED: Condition = { where: 'r.deleted_by IS NULL', values: [] }

/** A query for a list. */
interface Plan {
  from: string
  match: Condition
  key: string
  id: string
  nulls: boolean
  gathered: boolean
  /** Of a list that is walked: what each recording is held against in passing, and how many at most. */
  passing?: { test: Condition; patience: number }
}

interface List {
  order: Order
  sort: Sort
  /** Whether it is read from its beginning, not from a place in it. */
  isWhole: boolean
  filter: RecordingFilter
  wishes: Wish[]
  /** What holds for every recording of it, and which part of the order's table is meant. */
  always: Condition[]
}

/** The places of a page in their order; `way`: only by this one. Throws `invalid-input` to sort by confidence without a model. */
export function placesOf(database: Connection, filter: RecordingFilter, sort: Sort, start: Start, limit: number, way?: Way): Place[] {
  const list = listFor(filter, sort, 'offset' in start)
  if ('only' in start || list.wishes.length === 0) return read(database, walked(list), sort, start, limit)!
  const estimated = estimates(database, filter, list.wishes)
  // Of little, estimates are counts.
  if (estimated.least === 0) return []
  const wanted = limit + ('offset' in start ? start.offset : 0)
  const rows = wanted / shareOf(estimated, list.wishes.filter((wish) => !isOfOrder(list, wish)))
  const set = cheapestSet(database, list, estimated, wanted)
  const costs: Record<Way, number> = { walk: WALKED * rows, gather: GATHERED * estimated.least, set: set.cost }
  const other = costs.gather < costs.set ? 'gather' : 'set'
  const chosen = way ?? (costs.walk < costs[other] ? 'walk' : other)
  if (chosen === 'walk') {
    const patience = Math.ceil(Math.min(PATIENCE.most, Math.max(PATIENCE.least, PATIENCE.times * rows)))
    const page = read(database, walked(list, way === undefined ? patience : undefined), sort, start, limit)
    if (page !== null) return page
  }
  if ((chosen === 'walk' ? other : chosen) === 'gather') return read(database, gathered(list, estimated), sort, start, limit)!
  const tests = list.wishes.filter((wish) => !set.wishes.includes(wish)).map(({ test }) => test)
  // What is asked for of the very thing it is sorted by says where in the order's index the list is.
  const always = sort.by === 'confidence' ? list.always.slice(1) : list.wishes.filter((wish) => isOfOrder(list, wish))
  return pageOfSet(database, { set: matchSet(database, filter, set.wishes, estimated), tests, order: list.order, always, descending: sort.descending }, start, limit)
}

/** The wishes of which a set is made, while what it leaves is looked up and held against the others: which takes least? */
function cheapestSet(database: Connection, { filter, wishes }: List, estimated: Estimates, wanted: number): { wishes: Wish[]; cost: number } {
  const cost = (some: readonly Wish[]): number => matchSetCost(database, filter, some, estimated)
  const sorted = wishes.map((wish) => ({ wish, cost: cost([wish]) })).toSorted((a, b) => a.cost - b.cost)
  const choices = sorted.map((_, i) => {
    const some = wishes.filter((wish) => sorted.slice(0, i + 1).some((each) => each.wish === wish))
    const lookedUp = wanted / shareOf(estimated, wishes.filter((wish) => !some.includes(wish)))
    return { wishes: some, cost: cost(some) + PASSED * (wanted / shareOf(estimated)) + (some.length < wishes.length ? WALKED * lookedUp : 0) }
  })
  return choices.toSorted((a, b) => a.cost - b.cost)[0]!
}

/**
 * A list of which many pages are read, about `rows` of it at a time, while others may write: how it is read is decided once.
 * Throws as `placesOf` does.
 */
export function listOf(database: Connection, filter: RecordingFilter, sort: Sort, rows: number): (start: Start, limit: number) => Place[] {
  const list = listFor(filter, sort, false)
  const estimated = estimates(database, filter, list.wishes)
  const plan = GATHERED * estimated.least < (WALKED * rows) / shareOf(estimated) ? gathered(list, estimated) : walked(list)
  return (start, limit) => read(database, plan, sort, start, limit)!
}

/** The wish that names a part of an order. */
const PART: Partial<Record<Sort['by'], keyof RecordingFilter>> = { label: 'labelled', verdict: 'verdict', tag: 'tag', excluded: 'excluded', startedAt: 'from', durationMs: 'durationFrom' }

/** Whether a wish is for the very thing that the list is sorted by. Behind a place, the end of a stretch would only compete with it. */
function isOfOrder({ sort, isWhole }: List, { kind }: Wish): boolean {
  return PART[sort.by] === kind && (isWhole || (kind !== 'from' && kind !== 'durationFrom'))
}

function listFor(filter: RecordingFilter, sort: Sort, isWhole: boolean): List {
  const always = [NOT_DELETED]
  if (sort.by === 'confidence') {
    if (filter.reading === undefined) throw new KalamosError('invalid-input', 'Confidence of which model?', 'Choose a model in the filter, then sort by confidence.')
    always.push({ where: 'c.model_id = ?', values: [filter.reading.modelId] })
  }
  return { order: ORDERS[sort.by], sort, isWhole, filter, wishes: wishesOf(filter), always }
}

function walked(list: List, patience?: number): Plan {
  const { order, sort, wishes, always } = list
  const passed = wishes.filter((wish) => !isOfOrder(list, wish)).map((wish) => (sort.by === 'confidence' ? (wish.besideReading ?? wish.test) : wish.test))
  const listed = [...always, ...wishes.filter((wish) => isOfOrder(list, wish))]
  const plan = { from: order.walk, key: order.key, id: order.id, nulls: order.nulls, gathered: false }
  if (patience === undefined || passed.length === 0) return { ...plan, match: allOf([...listed, ...passed]) }
  return { ...plan, match: allOf(listed), passing: { test: allOf(passed), patience } }
}

/** By the wish that leaves least. The plus keeps the database from walking in the list's order after all. */
function gathered({ order, wishes, always }: List, { leaves, least }: Estimates): Plan {
  const first = wishes.find((wish) => leaves.get(wish) === least)!
  const match = allOf([first, ...always, ...wishes.filter((wish) => wish !== first).map(({ test }) => test)])
  return { from: `${first.from ?? 'recordings r'}${order.join}`, match, key: `+${order.key}`, id: ID, nulls: order.nulls, gathered: true }
}

/** Null where a walk was given up. */
function read(database: Connection, plan: Plan, sort: Sort, start: Start, limit: number): Place[] | null {
  const select = (more: Condition | null, descending: boolean, count: number, offset = 0): Place[] | null => {
    const direction = descending ? 'DESC' : 'ASC'
    const by = sort.by === 'id' ? `${plan.key} ${direction}` : `${plan.key} ${direction}, ${plan.id} ${direction}`
    const { where, values } = more === null ? plan.match : allOf([plan.match, more])
    const places = `SELECT ${ORDERS[sort.by].key} AS key, r.id AS id`
    const list = `FROM ${plan.from} WHERE ${where} ORDER BY ${by} LIMIT ?`
    if (plan.passing === undefined) return database.all<Place>(`${places} ${list} OFFSET ?`, ...values, count, offset)
    // A query with a limit of its own is run as it stands, row by row: its order is that of the places.
    const { test, patience } = plan.passing
    const found = database.all<Place>(`SELECT key, id FROM (${places}, ${test.where} AS fits ${list}) WHERE fits LIMIT ? OFFSET ?`, ...test.values, ...values, patience, count, offset)
    return found.length < count && database.get(`SELECT 1 ${list} OFFSET ?`, ...values, 1, patience) !== undefined ? null : found
  }
  if ('offset' in start) return select(null, sort.descending, limit, start.offset)
  if ('only' in start) return select({ where: 'r.id = ?', values: [start.only] }, sort.descending, 1)
  const back = 'before' in start
  const descending = sort.descending !== back
  const places: Place[] = []
  const stretches = stretchesAfter(back ? start.before : start.after, plan, descending)
  // What is gathered is gathered once.
  for (const stretch of plan.gathered ? [anyOf(stretches)] : stretches) {
    if (places.length === limit) break
    const found = select(stretch, descending, limit - places.length)
    if (found === null) return null
    places.push(...found)
  }
  return back ? places.reverse() : places
}
