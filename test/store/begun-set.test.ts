import { afterAll, beforeAll, expect, it } from 'vitest'
import { begunSet } from '../../src/main/store/begun-set.ts'
import { RecordingSet } from '../../src/main/store/recording-set.ts'
import type { Store } from '../../src/main/store/index.ts'
import { randomStream } from '../../src/main/signal/random.ts'
import { collection } from '../review/collection.ts'

const RECORDINGS = 1000
const HOUR = 3600_000

let store: Store
const random = randomStream('spans', 'test')

/** A thousand more recordings: most in the order of time, some from long before, as an import would bring them. */
beforeAll(() => {
  store = collection()
  const { connection } = store
  for (let i = 0; i < RECORDINGS; i++) {
    const startedAt = random.uniform() < 0.02 ? random.uniform() * HOUR : HOUR + i * 1000
    connection.run("INSERT INTO recordings (session_id, writer_id, state, started_at, rate_hz, channel_list_id) SELECT session_id, writer_id, 'finished', ?, 100, channel_list_id FROM recordings WHERE id = 1", startedAt)
  }
})
afterAll(() => store.close())

const ids = (): number[] => store.connection.column<number>('SELECT id FROM recordings ORDER BY id')
const everything = (): RecordingSet => RecordingSet.ofMarks([ids().at(-1)! >> 6], [0n])

function agrees(from: number, to: number): void {
  const begun = store.connection.column<number>('SELECT id FROM recordings WHERE started_at BETWEEN ? AND ? ORDER BY id', from, to)
  const set = begunSet(store.connection, [from, to], everything())
  expect(ids().filter((id) => set.has(id)), `${from} to ${to}`).toEqual(begun)
}

it('holds what began within a stretch of time, wherever its ends lie', () => {
  for (let i = 0; i < 50; i++) {
    const [from, to] = [random.uniform(), random.uniform()].map((share) => share * (HOUR + RECORDINGS * 1000)).sort((a, b) => a - b) as [number, number]
    agrees(from, to)
  }
  agrees(-1e300, 1e300)
  agrees(HOUR + 5000, HOUR + 5000)
  agrees(5, 4)
})

it('follows recordings that turn out to have begun at another time, and those that go', () => {
  for (const id of [200, 500, 900]) store.connection.run('UPDATE recordings SET started_at = ? WHERE id = ?', random.uniform() * HOUR, id)
  store.connection.run('DELETE FROM recordings WHERE id BETWEEN 600 AND 610')
  const last = ids().at(-1)!
  store.connection.run('DELETE FROM recordings WHERE id > ?', last - 100)
  expect(store.connection.get('SELECT max(last) AS last FROM spans')).toEqual(store.connection.get('SELECT max(started_at) AS last FROM recordings'))
  for (const [from, to] of [[0, HOUR], [HOUR, HOUR + 400_000], [HOUR + 300_000, 1e300]] as const) agrees(from, to)
})
