import type { RecordingFilter } from '../../shared/api/recordings.ts'
import { begunCost, begunSet } from './begun-set.ts'
import type { Connection } from './connection.ts'
import type { Estimates } from './estimate.ts'
import { membersOf, type Begun, type Stretches } from './members.ts'
import { RecordingSet } from './recording-set.ts'
import type { Condition, Wish } from './recording-query.ts'

/** About what it takes to be told a recording by an index, and a mark of 64, in µs. */
const TOLD = 0.16
const MARKED = 0.35

/**
 * The recordings that match a filter, read from indexes wish by wish: for a list that cannot be had by looking at few
 * rows. Kept, as are those of each wish, until something is written: other pages, orders and counts come from it.
 */
export function matchSet(database: Connection, filter: RecordingFilter, wishes: readonly Wish[], estimates: Estimates): RecordingSet {
  return database.remembered.get(keyOf(wishes), () => {
    let set = shownSet(database)
    for (const wish of wishes) {
      const members = membersOf(filter, wish.kind)
      if ('read' in members) set = members.read ? set.and(readSet(database, members.modelId)) : set.without(readSet(database, members.modelId))
      else if ('begun' in members && spansCost(database, wish, members, estimates) < toldCost(database, wish, members, estimates)) set = set.and(spansSet(database, wish, members))
      else if (isMost(estimates, wish) && members.rest !== undefined) set = set.without(toldSet(database, `rest ${keyOf([wish])}`, members, members.rest))
      else set = set.and(toldSet(database, keyOf([wish]), members, members.of))
    }
    return set
  })
}

/** About how long that takes, in µs. */
export function matchSetCost(database: Connection, filter: RecordingFilter, wishes: readonly Wish[], estimates: Estimates): number {
  if (database.remembered.has(keyOf(wishes))) return 0
  const marks = (MARKED * estimates.all) / 64
  return wishes.reduce((cost, wish) => {
    const members = membersOf(filter, wish.kind)
    if ('read' in members) return cost + (database.remembered.has(readKey(members.modelId)) ? 0 : marks)
    const told = toldCost(database, wish, members, estimates)
    return cost + ('begun' in members ? Math.min(told, spansCost(database, wish, members, estimates)) : told)
  }, database.remembered.has(SHOWN) ? 0 : marks)
}

/** About how long `spansSet` takes for a wish, in µs. */
function spansCost(database: Connection, wish: Wish, { begun }: Begun, { all }: Estimates): number {
  return database.remembered.has(spansKey(wish)) ? 0 : begunCost(database, begun, all)
}

function spansSet(database: Connection, wish: Wish, { begun }: Begun): RecordingSet {
  return database.remembered.get(spansKey(wish), () => begunSet(database, begun, shownSet(database)))
}

/** About how long `toldSet` takes for a wish, in µs. */
function toldCost(database: Connection, wish: Wish, { rest }: Stretches, estimates: Estimates): number {
  const byRest = isMost(estimates, wish) && rest !== undefined
  if (database.remembered.has(byRest ? `rest ${keyOf([wish])}` : keyOf([wish]))) return 0
  const fit = estimates.leaves.get(wish)!
  return TOLD * (byRest ? estimates.all - fit : fit)
}

/** All recordings that are not hidden. */
function shownSet(database: Connection): RecordingSet {
  return database.remembered.get(SHOWN, () => RecordingSet.ofMarks(database.column('SELECT word FROM shown_marks ORDER BY word'), database.bigColumn('SELECT bits FROM shown_marks ORDER BY word')))
}

function readSet(database: Connection, modelId: number): RecordingSet {
  const of = 'FROM read_marks WHERE model_id = ? ORDER BY word'
  return database.remembered.get(readKey(modelId), () => RecordingSet.ofMarks(database.column(`SELECT word ${of}`, modelId), database.bigColumn(`SELECT bits ${of}`, modelId)))
}

function toldSet(database: Connection, key: string, { id, from }: { id: string; from: string }, stretches: readonly Condition[]): RecordingSet {
  return database.remembered.get(key, () => {
    const told = shownSet(database).alike()
    for (const { where, values } of stretches) told.add(database.column<number>(`SELECT ${id} FROM ${from} WHERE ${where}`, ...values))
    return told
  })
}

const SHOWN = 'shown'

function readKey(modelId: number): string {
  return `read ${modelId}`
}

function spansKey(wish: Wish): string {
  return `spans ${keyOf([wish])}`
}

function keyOf(wishes: readonly Wish[]): string {
  return JSON.stringify(wishes.map(({ kind, where, values }) => [kind, where, values]))
}

function isMost({ all, leaves }: Estimates, wish: Wish): boolean {
  return leaves.get(wish)! > all / 2
}
