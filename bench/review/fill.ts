import { randomStream } from '../../src/main/random/named.ts'
import type { Store } from '../../src/main/store/index.ts'
import { encodeBlock } from '../../src/main/store/block.ts'
import { builtinWords } from '../../src/main/words/lists.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'

/** A writer's session holds so many recordings. */
const PER_SESSION = 200
const SESSIONS_PER_WRITER = 25
const CODES = ['gap', 'clipping', 'too-short', 'little-force', 'jitter', 'doubt']
const REASONS = ['wrong pen', 'talked meanwhile', 'illegible']
const DAY = 24 * 3600 * 1000
/** Of ten sessions. */
const ORIGINS = [
  'recorded',
  'recorded',
  'recorded',
  'recorded',
  'recorded',
  'recorded',
  'imported',
  'imported',
  'imported',
  'simulated',
] as const

/** What the filters of the benchmark ask for. */
export interface Filled {
  /** Read nearly all of it, and nothing. */
  modelId: number
  idleModelId: number
  writerId: number
  sessionId: number
  from: number
}

/**
 * Fills a store with simulated rows: nobody wrote them, and no pen did. Writers, sessions, labels, verdicts with
 * reasons, tags, exclusions, deletions and one model's readings come as a collection of this size might have them;
 * every recording has the same block of one frame.
 */
export function fill(store: Store, rows: number): Filled {
  const { connection } = store
  const words = builtinWords()
  const stretch = {
    frames: 1,
    values: new Float32Array(PEN_CHANNELS.length),
    deviceMicros: Float64Array.of(NaN),
    hostMillis: Float64Array.of(0),
    gaps: [],
  }
  const block = encodeBlock(stretch, PEN_CHANNELS.length)
  const begun = Date.UTC(2024, 0, 1)
  const stream = randomStream('rows of a bench')
  const random = (): number => stream.uniform()
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!
  const [model, idle] = [addModel(store, 'reads'), addModel(store, 'idle')]
  for (const version of [1, 2, 3]) {
    connection.run(
      "INSERT INTO protocols (id, version, source, protocol, saved_at) VALUES ('words', ?, '', " +
        '\'{"name":"Words"}\', 0)',
      version,
    )
  }
  const channelList = connection.run('INSERT INTO channel_lists (channels) VALUES (?)', JSON.stringify(PEN_CHANNELS)).id
  connection.pragma('synchronous = OFF')
  let id = 0
  for (let session = 0; id < rows; session++) {
    store.transaction(() => {
      const origin = ORIGINS[session % ORIGINS.length]!
      const writer = store.writers.findOrCreate(
        `w${String(Math.floor(session / SESSIONS_PER_WRITER) + 1).padStart(4, '0')}`,
        { handedness: 'right', virtual: false },
      )
      const startedAt = begun + session * 0.15 * DAY
      const { id: sessionId } = store.sessions.create({
        writerId: writer.id,
        deviceName: `pen ${session % 4}`,
        origin,
        virtual: origin === 'simulated',
        profile: {},
        startedAt,
      })
      store.sessions.end(sessionId, startedAt + DAY / 20)
      if (origin === 'imported') store.provenance.keepSession(sessionId, `words-${session % 3}.ndjson`)
      else
        connection.run(
          'INSERT INTO prompted_sessions (session_id, protocol_id, protocol_version, plan, segmentation, ' +
            "finished_at) VALUES (?, 'words', ?, '{}', '{}', 0)",
          sessionId,
          1 + (session % 3),
        )
      for (let i = 0; i < PER_SESSION && id < rows; i++) {
        id++
        const label = random() < 0.02 ? null : words[Math.floor(random() ** 2 * words.length)]!
        const duration = (label?.length ?? 5) * 150 * (0.6 + random() * 0.8) + 200
        const draw = random()
        const verdict = draw < 0.78 ? 'good' : draw < 0.92 ? 'check' : draw < 0.98 ? 'redo' : null
        const codes = verdict === 'check' || verdict === 'redo' ? new Set([pick(CODES), pick(CODES)]) : []
        const reasons = [...codes].map((code) => ({
          code,
          level: verdict,
          message: '3.2 % of the frames; from 0.5 % on a recording is worth a look.',
        }))
        connection.run(
          `INSERT INTO recordings (session_id, writer_id, label, state, started_at, duration_ms, frames, lost_frames, rate_hz, channel_list_id, prompt, tag, verdict, reasons, excluded)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, 100, ?, ?, ?, ?, ?, ?)`,
          sessionId,
          writer.id,
          label,
          random() < 0.995 ? 'finished' : 'interrupted',
          startedAt + i * 15_000,
          duration,
          Math.round(duration / 10),
          draw > 0.7 ? Math.floor(random() * 9) : 0,
          channelList,
          i,
          i < 20 ? 'enrolment' : i < 60 ? 'case-pairs' : null,
          verdict,
          verdict === null ? null : JSON.stringify(reasons),
          random() < 0.015 ? pick(REASONS) : null,
        )
        connection.run('INSERT INTO samples (recording_id, block) VALUES (?, ?)', id, block)
        if (label !== null)
          store.readings.keep(model, id, { text: random() < 0.7 ? label : `${label}e`, confidence: random() ** 0.5 })
      }
    })
  }
  store.edits.delete({ ids: Array.from({ length: Math.floor(rows / 100) }, (_, i) => 100 * i + 57) })
  const sessions = Math.ceil(rows / PER_SESSION)
  return {
    modelId: model,
    idleModelId: idle,
    writerId: 1,
    sessionId: Math.ceil(sessions / 2),
    from: begun + 0.4 * sessions * 0.15 * DAY,
  }
}

function addModel(store: Store, name: string): number {
  return store.models.create({
    name,
    kind: 'cnn-bilstm',
    task: 'ctc',
    parameters: 0,
    alphabet: '',
    channels: [],
    rateHz: 100,
    trainedOn: { recordings: 0, writers: 0, virtual: true },
    scores: null,
    runId: null,
    files: [],
  }).id
}
