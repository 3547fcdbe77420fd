import type { Store } from '../../src/main/store/index.ts'
import { builtinWords } from '../../src/main/words/lists.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { encodeBlock } from '../../src/main/store/block.ts'
import { REVIEW_FIGURES } from '../../src/main/store/migrations/005-review.ts'
import { READ_MARKS } from '../../src/main/store/migrations/007-unread.ts'

/** A writer's session holds so many recordings. */
const PER_SESSION = 200
const SESSIONS_PER_WRITER = 25
const REASONS = ['gap', 'clipping', 'too-short', 'little-force', 'jitter', 'doubt']
const DAY = 24 * 3600 * 1000

/** What the filters of the benchmark ask for. */
export interface Filled {
  modelId: number
  writerId: number
  sessionId: number
  from: number
}

/**
 * Fills a store with simulated rows: nobody wrote them, and no pen did. Writers, sessions, labels, verdicts with reasons,
 * tags, exclusions and one model's readings come as a collection of this size might have them; every recording has the
 * same block of one frame.
 */
export function fill(store: Store, rows: number): Filled {
  const { connection } = store
  const words = builtinWords()
  const block = encodeBlock({ frames: 1, values: new Float32Array(PEN_CHANNELS.length), deviceMicros: Float64Array.of(NaN), hostMillis: Float64Array.of(0), gaps: [] }, PEN_CHANNELS.length)
  const begun = Date.UTC(2024, 0, 1)
  const random = mulberry(1)
  const model = store.models.create({ name: 'bench', kind: 'cnn-bilstm', task: 'ctc', parameters: 0, alphabet: '', channels: [], rateHz: 100, trainedOn: { recordings: 0, writers: 0, virtual: true }, scores: null, runId: null, files: [] })
  for (const version of [1, 2, 3]) {
    connection.run("INSERT INTO protocols (id, version, source, protocol, saved_at) VALUES ('words', ?, '', '{\"name\":\"Words\"}', 0)", version)
  }
  const channelList = connection.run('INSERT INTO channel_lists (channels) VALUES (?)', JSON.stringify(PEN_CHANNELS)).id
  connection.pragma('synchronous = OFF')
  const restore = setAside(store)
  let id = 0
  for (let session = 0; id < rows; session++) {
    store.transaction(() => {
      const writer = store.writers.findOrCreate(`w${String(Math.floor(session / SESSIONS_PER_WRITER) + 1).padStart(4, '0')}`, { handedness: 'right', virtual: true })
      const startedAt = begun + session * 0.15 * DAY
      const { id: sessionId } = store.sessions.create({ writerId: writer.id, deviceName: 'simulated rows', origin: 'simulated', virtual: true, profile: {}, startedAt })
      store.sessions.end(sessionId, startedAt + DAY / 20)
      connection.run("INSERT INTO sittings (session_id, protocol_id, protocol_version, plan, segmentation, finished_at) VALUES (?, 'words', ?, '{}', '{}', 0)", sessionId, 1 + (session % 3))
      for (let i = 0; i < PER_SESSION && id < rows; i++) {
        id++
        const label = random() < 0.02 ? null : words[Math.floor(random() ** 2 * words.length)]!
        const duration = (label?.length ?? 5) * 150 * (0.6 + random() * 0.8) + 200
        const frames = Math.round(duration / 10)
        const draw = random()
        const verdict = draw < 0.78 ? 'green' : draw < 0.92 ? 'look' : draw < 0.98 ? 'redo' : null
        const codes = verdict === 'look' || verdict === 'redo' ? new Set([pick(random), pick(random)]) : []
        connection.run(
          `INSERT INTO recordings (session_id, writer_id, label, state, started_at, duration_ms, frames, lost_frames, rate_hz, channel_list_id, prompt, tag, verdict, reasons, excluded)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, 100, ?, ?, ?, ?, ?, ?)`,
          sessionId, writer.id, label, random() < 0.995 ? 'finished' : 'interrupted', startedAt + i * 15_000, duration, frames, draw > 0.7 ? Math.floor(random() * 9) : 0, channelList, i,
          i < 20 ? 'enrolment' : i < 60 ? 'case-pairs' : null, verdict, verdict === null ? null : JSON.stringify([...codes].map((code) => ({ code, level: verdict, message: 'simulated' }))),
          random() < 0.015 ? ['wrong pen', 'talked meanwhile', 'illegible'][Math.floor(random() * 3)]! : null,
        )
        connection.run('INSERT INTO samples (recording_id, block) VALUES (?, ?)', id, block)
        if (label === null) continue
        const isRight = random() < 0.7
        connection.run('INSERT INTO readings (model_id, recording_id, text, confidence, is_right, at) VALUES (?, ?, ?, ?, ?, 0)', model.id, id, isRight ? label : `${label}e`, random() ** 0.5, Number(isRight))
      }
    })
  }
  restore()
  return { modelId: model.id, writerId: 3, sessionId: 300, from: begun + 300 * DAY }
}

/** Indexes and triggers are made anew behind the rows: row by row they take most of the time. */
function setAside({ connection }: Store): () => void {
  const parts = connection.all<{ type: string; name: string; sql: string }>("SELECT type, name, sql FROM sqlite_schema WHERE tbl_name IN ('recordings', 'readings') AND type IN ('index', 'trigger') AND sql IS NOT NULL")
  for (const { type, name } of parts) connection.execute(`DROP ${type} ${name}`)
  return () => {
    connection.execute('PRAGMA temp_store = MEMORY')
    for (const { sql } of parts) connection.execute(sql)
    connection.execute(`${REVIEW_FIGURES} ${READ_MARKS}
      UPDATE writers SET recordings = (SELECT count(*) FROM recordings WHERE writer_id = writers.id AND deleted_by IS NULL);
      UPDATE sessions SET recordings = (SELECT count(*) FROM recordings WHERE session_id = sessions.id)`)
  }
}

function pick(random: () => number): string {
  return REASONS[Math.floor(random() * REASONS.length)]!
}

/** The same rows every time. */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
