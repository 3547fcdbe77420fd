import Database from 'better-sqlite3'
import { encodeBlock } from '../../src/main/store/block.ts'
import { APPLICATION_ID } from '../../src/main/store/inspect.ts'
import { MIGRATIONS } from '../../src/main/store/migrations/index.ts'

/** Who is deleted, and a value that only their samples have. */
export const ERASED = 'goes'
export const MARK = Math.fround(1234.567)

const OLD_SCHEMA = 4
const RECORDINGS = 4000
const WRITERS = 20
const FRAMES = 5

/** A database of an early schema with many short recordings, one of them open. */
export function makeOld(path: string): void {
  const database = new Database(path)
  for (const [at, { sql }] of MIGRATIONS.slice(0, OLD_SCHEMA).entries()) {
    database.exec(sql)
    database.pragma(`application_id = ${APPLICATION_ID}`)
    database.pragma(`user_version = ${at + 1}`)
  }
  const block = encodeBlock({ frames: FRAMES, values: new Float32Array(FRAMES).fill(1), deviceMicros: new Float64Array(FRAMES).fill(NaN), hostMillis: new Float64Array(FRAMES).fill(1e12), gaps: [] }, 1)
  database.transaction(() => {
    const writer = database.prepare("INSERT INTO writers (name, handedness, virtual, created_at) VALUES (?, 'right', 0, 1)")
    const session = database.prepare("INSERT INTO sessions (writer_id, device_name, origin, virtual, profile, started_at, ended_at) VALUES (?, 'pen', 'recorded', 0, '{}', 1, 2)")
    for (let at = 1; at <= WRITERS; at++) {
      writer.run(`w${at}`)
      session.run(at)
    }
    database.prepare('INSERT INTO channel_lists (channels) VALUES (?)').run(JSON.stringify([{ name: 'force', unit: 'N' }]))
    const recording = database.prepare('INSERT INTO recordings (session_id, writer_id, label, state, started_at, duration_ms, frames, rate_hz, channel_list_id) VALUES (?, ?, ?, ?, ?, 50, ?, 100, 1)')
    const samples = database.prepare('INSERT INTO samples VALUES (?, ?)')
    for (let at = 0; at < RECORDINGS; at++) {
      const of = 1 + (at % WRITERS)
      samples.run(recording.run(of, of, `word${at % 500}`, 'finished', 1e12 + at, FRAMES).lastInsertRowid, block)
    }
    const open = recording.run(1, 1, 'open', 'open', 1e12, 0).lastInsertRowid
    for (let piece = 0; piece < 3; piece++) database.prepare('INSERT INTO chunks (recording_id, block) VALUES (?, ?)').run(open, block)
  })()
  database.pragma('journal_mode = WAL')
  database.close()
}
