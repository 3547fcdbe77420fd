import type { Connection, Value } from './connection.ts'
import { ID, stretchesAfter, type Order, type Place, type Start } from './list-order.ts'
import { allOf, anyOf, type Condition } from './recording-query.ts'
import type { RecordingSet } from './recording-set.ts'

/** So many entries of an index take about as long to pass as one recording to be looked up and sorted. */
const LEAP = 8
const SHORTEST = 64
const LONGEST = 65_536

/** So many recordings are held against the tests at once. */
const TESTED = 256

/** A list of which the recordings are known, but for `tests` that each has to stand. `always`: what of the order is meant, such as one model's readings. */
export interface SetList {
  set: RecordingSet
  tests: readonly Condition[]
  order: Order
  always: readonly Condition[]
  descending: boolean
}

/**
 * The places of a page in their order: the index of the order is walked alone and held against the set. Where a few
 * recordings lie far apart, they are looked up and sorted instead.
 */
export function pageOfSet(database: Connection, list: SetList, start: Exclude<Start, { only: number }>, limit: number): Place[] {
  const { set } = list
  if ('before' in start) return pageOfSet(database, { ...list, descending: !list.descending }, { after: start.before }, limit).reverse()
  const size = set.size
  const skip = 'offset' in start ? start.offset : 0
  if (skip >= size) return []
  const after = 'after' in start ? start.after : null
  const found: number[] = []
  let [seen, stood, walked] = [0, 0, 0]
  for (const ids of idsInOrder(database, list, after, firstStretch(database, size, skip + limit))) {
    const members = ids.filter((id) => set.has(id))
    for (let i = 0; i < members.length && found.length < limit; i += TESTED) {
      const standing = tested(database, list, members.slice(i, i + TESTED))
      found.push(...standing.slice(Math.max(0, skip - stood)).slice(0, limit - found.length))
      stood += standing.length
    }
    seen += members.length
    walked += ids.length
    if (found.length === limit || seen === size) break
    if (walked > LEAP * size) return sorted(database, list, after, limit, skip)
  }
  return placesOf(database, list, found)
}

/** Those that stand the tests, in the order in which they are given. */
function tested(database: Connection, { tests }: SetList, ids: number[]): number[] {
  if (tests.length === 0) return ids
  const { where, values } = allOf(tests)
  const standing = new Set(database.column<number>(`SELECT r.id FROM json_each(?) j CROSS JOIN recordings r ON r.id = j.value WHERE ${where}`, JSON.stringify(ids), ...values))
  return ids.filter((id) => standing.has(id))
}

/** How far the index is probably walked until so many are found. */
function firstStretch(database: Connection, size: number, wanted: number): number {
  const all = database.get<{ n: number }>('SELECT coalesce(sum(recordings), 0) AS n FROM writers')!.n
  return Math.min(LONGEST, Math.max(SHORTEST, Math.ceil((1.5 * wanted * all) / size)))
}

/** All numbers of the index behind a place, stretch by stretch. */
function* idsInOrder(database: Connection, list: SetList, after: Place | null, first: number): Generator<number[]> {
  const { order, always, descending } = list
  if (order.key === ID) return yield* numbersInOrder(list, after, first)
  const direction = descending ? 'DESC' : 'ASC'
  for (let length = first, place = after; ; length = Math.min(2 * length, LONGEST)) {
    let ids: number[] = []
    for (const stretch of place === null ? [ANY] : stretchesAfter(place, order, descending)) {
      if (ids.length === length) break
      const { where, values } = allOf([{ where: order.index.part, values: [] }, ...always, stretch])
      const more = database.column<number>(`SELECT ${order.id} FROM ${order.index.from} WHERE ${where} ORDER BY ${order.key} ${direction}, ${order.id} ${direction} LIMIT ?`, ...values, length - ids.length)
      ids = ids.length === 0 ? more : ids.concat(more)
    }
    yield ids
    if (ids.length < length) return
    place = placesOf(database, list, ids.slice(-1))[0]!
  }
}

function* numbersInOrder({ set, descending }: SetList, after: Place | null, first: number): Generator<number[]> {
  const step = descending ? -1 : 1
  for (let from = after === null ? (descending ? Infinity : 0) : after.id + step; ; ) {
    const ids = set.ids(first, { from, descending })
    yield ids
    if (ids.length < first) return
    from = ids.at(-1)! + step
  }
}

function sorted(database: Connection, list: SetList, after: Place | null, limit: number, skip: number): Place[] {
  const { set, order, tests, always, descending } = list
  const direction = descending ? 'DESC' : 'ASC'
  const key = `+${order.key}`
  const { where, values } = allOf([ANY, ...always, ...tests, ...(after === null ? [] : [anyOf(stretchesAfter(after, { key, id: `+${ID}`, nulls: order.nulls }, descending))])])
  return lookedUp(database, order, set.ids(), `WHERE ${where} ORDER BY ${key} ${direction}, ${ID} ${direction} LIMIT ? OFFSET ?`, ...values, limit, skip)
}

/** The places of some recordings, in the order in which they are given. */
function placesOf(database: Connection, { order, always }: SetList, ids: readonly number[]): Place[] {
  const { where, values } = allOf([ANY, ...always])
  const places = new Map(lookedUp(database, order, ids, `WHERE ${where}`, ...values).map((place) => [place.id, place]))
  return ids.map((id) => places.get(id)!)
}

function lookedUp(database: Connection, order: Order, ids: readonly number[], rest: string, ...values: Value[]): Place[] {
  return database.all<Place>(`SELECT ${order.key} AS key, r.id AS id FROM json_each(?) j CROSS JOIN recordings r ON r.id = j.value${order.join} ${rest}`, JSON.stringify(ids), ...values)
}

const ANY: Condition = { where: '1', values: [] }
