import type { Connection } from './connection.ts'
import type { RecordingSet } from './recording-set.ts'

/** About what it takes to pass a span of 64 recordings, and to look at one of a span that is neither in nor out, in µs. */
const SPAN = 0.3
const LOOKED = 0.4
/** Recordings that a span is of. */
const WIDE = 64

/** Spans that lie within a stretch of time, and those that only touch it. */
const WITHIN = 'first >= ? AND last <= ?'
const TOUCHING = `first <= ? AND last >= ? AND NOT (${WITHIN})`

/** About how long `begunSet` takes, in µs, among `all` recordings. */
export function begunCost(database: Connection, [from, to]: [number, number], all: number): number {
  const touching = database.remembered.get(JSON.stringify(['touching', from, to]), () => database.get<{ n: number }>(`SELECT count(*) AS n FROM spans WHERE ${TOUCHING}`, to, from, from, to)!.n)
  return (2 * SPAN * all) / WIDE + LOOKED * WIDE * touching
}

/** The recordings that began within a stretch of time, hidden ones among them, as a set like `shown`. */
export function begunSet(database: Connection, [from, to]: [number, number], shown: RecordingSet): RecordingSet {
  const set = shown.alike()
  set.addWords(database.column<number>(`SELECT word FROM spans WHERE ${WITHIN}`, from, to))
  const looked = 's CROSS JOIN recordings r ON r.id BETWEEN s.word << 6 AND (s.word << 6) + 63'
  set.add(database.column<number>(`SELECT r.id FROM spans ${looked} WHERE ${TOUCHING} AND r.started_at BETWEEN ? AND ?`, to, from, from, to, from, to))
  return set
}
