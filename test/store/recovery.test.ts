import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { encodeBlock, stretchOf } from '../../src/main/store/block.ts'
import { SET_ASIDE } from '../../src/main/store/recovery.ts'
import { frames, newSession, newStore } from './fixtures.ts'

const CHANNELS = frames(0, 0).channels

/** A database as a program leaves it that was killed while it recorded: recordings that are open, with these chunks. */
function killed(recordings: readonly Uint8Array[][]): string {
  const store = newStore()
  const session = newSession(store)
  const ids = recordings.map(() => {
    const recording = store.recordings.begin({ sessionId: session.id, label: 'Haus', channels: CHANNELS, rateHz: 400 })
    recording.append(frames(0, 1))
    return recording.id
  })
  store.close()
  const database = new Database(store.path)
  ids.forEach((id, at) => {
    database.prepare('DELETE FROM samples WHERE recording_id = ?').run(id)
    database.prepare("UPDATE recordings SET state = 'open' WHERE id = ?").run(id)
    for (const block of recordings[at]!)
      database.prepare('INSERT INTO chunks (recording_id, block) VALUES (?, ?)').run(id, block)
  })
  database.close()
  return store.path
}

function chunk(first: number, count: number): Uint8Array {
  return encodeBlock(stretchOf(frames(first, count)), CHANNELS.length)
}

describe('a database with a recording that cannot be put together', () => {
  it('opens; that one is set aside, named and excluded, and what there is of it is kept', () => {
    const damaged = chunk(0, 100)
    damaged.fill(0xff, 0, 8)
    const store = newStore(killed([[chunk(0, 50)], [chunk(0, 20), damaged], [chunk(0, 70)]]))
    expect(store.recovered).toEqual({ kept: 2, setAside: [2] })
    expect([1, 2, 3].map((id) => store.recordings.get(id)).map(({ state, excluded }) => [state, excluded])).toEqual([
      ['interrupted', null],
      ['interrupted', SET_ASIDE],
      ['interrupted', null],
    ])
    expect(store.recordings.signal(3).frames).toBe(70)
    expect(() => store.recordings.signal(2)).toThrow(
      expect.objectContaining({ code: 'database-damaged', message: expect.stringContaining('recording 2') }),
    )
    expect(store.connection.column('SELECT id FROM chunks WHERE recording_id = 2')).toHaveLength(2)
    store.close()
    expect(newStore(store.path).recovered).toEqual({ kept: 0, setAside: [] })
  })

  it('opens where it is too long for one block: it becomes several, with every frame', () => {
    const each = 600_000
    const store = newStore(killed([Array.from({ length: 5 }, (_, at) => chunk(at * each, each))]))
    expect(store.recovered).toEqual({ kept: 1, setAside: [] })
    const parts = store.recordings.list({}, 0, 10).recordings.reverse()
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.every(({ label, state }) => label === 'Haus' && state === 'interrupted')).toBe(true)
    expect(parts.reduce((sum, part) => sum + part.frames, 0)).toBe(5 * each)
    const last = store.recordings.signal(parts.at(-1)!.id)
    expect(last.values.subarray(-CHANNELS.length)).toEqual(frames(5 * each - 1, 1).values)
  }, 120_000)
})

describe('an open recording', () => {
  it('takes no more than can be put together, and keeps what it has', () => {
    const store = newStore()
    const recording = store.recordings.begin({
      sessionId: newSession(store).id,
      label: 'Haus',
      channels: CHANNELS,
      rateHz: 400,
    })
    const block = frames(0, 500_000)
    for (let at = 0; at < 3; at++) recording.append(block)
    expect(() => {
      for (let at = 0; at < 3; at++) recording.append(block)
    }).toThrow(expect.objectContaining({ code: 'conflict' }))
    recording.finish()
    expect(store.recordings.get(recording.id).frames).toBeGreaterThanOrEqual(1_500_000)
  })
})
