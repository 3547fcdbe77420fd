/**
 * Measures the store on this machine: frames into an open recording, whole recordings, pages of a long list, and how
 * long the thread is held by each flush of a recording under way. Run with `npm run bench -- store [--json]`, with
 * `--rows <n>` for another length of the list, `--frames <n>` for a longer stream and `--flushes <n>` for more flushes;
 * `--only <topic>` for one of stream, insert, list, flush. `--folder <path>` is where the database lies.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect, parseArgs } from 'node:util'
import type { RecordingFilter } from '../src/shared/api/recordings.ts'
import { openStore, type Store } from '../src/main/store/index.ts'
import { PEN_CHANNELS, type FrameBlock, type Signal } from '../src/shared/signal.ts'

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rows: { type: 'string', default: '120000' },
    frames: { type: 'string', default: '1000000' },
    flushes: { type: 'string', default: '300' },
    only: { type: 'string' },
    folder: { type: 'string', default: tmpdir() },
  },
})
const ROWS = Number(flags.rows)
const BLOCK = 100
const FRAMES_PER_RECORDING = 180
const STREAM_FRAMES = Number(flags.frames)
const FLUSHES = Number(flags.flushes)
/** As the write queue waits between two flushes. */
const FLUSH_EVERY_MS = 60

function block(count: number): FrameBlock {
  return {
    channels: PEN_CHANNELS,
    count,
    values: Float32Array.from({ length: count * PEN_CHANNELS.length }, () => Math.random() * 4 - 2),
    deviceMicros: Float64Array.from({ length: count }, (_, i) => i * 10_000),
    hostMillis: Float64Array.from({ length: count }, (_, i) => Date.now() + i * 10),
    lostBefore: new Uint32Array(count),
  }
}

function seconds(work: () => void): number {
  const start = performance.now()
  work()
  return (performance.now() - start) / 1000
}

/** The shortest of several, in ms: others on the machine only ever add. */
function bestMs(work: () => void, times = 20): number {
  return Math.min(...Array.from({ length: times }, () => seconds(work) * 1000))
}

function newSession(store: Store, writer: number) {
  const { id } = store.writers.findOrCreate(`w${String(writer).padStart(2, '0')}`, {
    handedness: 'right',
    virtual: true,
  })
  return store.sessions.create({ writerId: id, deviceName: 'bench', origin: 'simulated', virtual: true, profile: {} })
    .id
}

/** begin, append, finish, as a codec's consumer does; what is kept in memory is looked at along the way. */
async function stream(store: Store) {
  const session = newSession(store, 0)
  const frames = block(BLOCK)
  const memory: number[] = []
  const start = performance.now()
  for (let done = 0; done < STREAM_FRAMES;) {
    const recording = store.recordings.begin({
      sessionId: session,
      label: 'bench',
      channels: PEN_CHANNELS,
      rateHz: 100,
    })
    for (let i = 0; i < 100; i++) recording.append(frames)
    recording.finish()
    done += BLOCK * 100
    if (done % 50_000 === 0) {
      await new Promise((resolve) => setImmediate(resolve))
      memory.push(process.memoryUsage().rss / 2 ** 20)
    }
  }
  const rate = STREAM_FRAMES / ((performance.now() - start) / 1000)
  return {
    frames_per_second: Math.round(rate),
    rss_mb_after_quarter: Math.round(memory[Math.floor(memory.length / 4)]!),
    rss_mb_at_end: Math.round(memory.at(-1)!),
  }
}

function insert(store: Store) {
  const { values, deviceMicros, hostMillis } = block(FRAMES_PER_RECORDING)
  const signal: Signal = {
    channels: PEN_CHANNELS,
    rateHz: 100,
    frames: FRAMES_PER_RECORDING,
    values,
    deviceMicros,
    hostMillis,
    gaps: [],
  }
  const sessions = Array.from({ length: 50 }, (_, writer) => newSession(store, writer))
  const count = 5000
  const took = seconds(() => {
    for (let from = 0; from < count; from += 200) {
      store.transaction(() => {
        for (let i = from; i < from + 200; i++)
          store.recordings.insert({ sessionId: sessions[i % 50]!, label: `word${i}`, signal, sourceId: String(i) })
      })
    }
  })
  return { recordings_per_second: Math.round(count / took), frames_each: FRAMES_PER_RECORDING }
}

/** Fills up with short recordings, so that the list is long without filling the disk. */
function pages(store: Store) {
  const { values, deviceMicros, hostMillis } = block(5)
  const signal: Signal = { channels: PEN_CHANNELS, rateHz: 100, frames: 5, values, deviceMicros, hostMillis, gaps: [] }
  const sessions = Array.from({ length: 50 }, (_, writer) => newSession(store, writer))
  for (let have = store.recordings.count({}); have < ROWS; have += 1000) {
    store.transaction(() => {
      for (let i = 0; i < 1000; i++)
        store.recordings.insert({ sessionId: sessions[i % 50]!, label: `word${have + i}`, signal })
    })
  }
  const { writerId } = store.sessions.get(sessions[7]!)
  const list = (filter: RecordingFilter, offset: number) => store.recordings.list(filter, offset, 100)
  return {
    rows: store.recordings.count({}),
    database_mb: Math.round(statSync(store.path).size / 2 ** 20),
    first_page_ms: round(bestMs(() => list({}, 0))),
    last_page_ms: round(bestMs(() => list({}, ROWS - 100))),
    page_of_writer_ms: round(bestMs(() => list({ writerId }, 0))),
    page_of_session_ms: round(bestMs(() => list({ sessionId: sessions[7]! }, 0))),
    page_by_label_ms: round(bestMs(() => list({ label: 'word77' }, 0))),
    walk_all_ms: Math.round(bestMs(() => [...store.recordings.each({})].length, 1)),
  }
}

/**
 * How long each flush of 60 ms of frames holds this thread, in ms: synced before it returns, or behind it as while
 * recording, with how long it takes then until the frames are acknowledged.
 */
async function flush(store: Store) {
  const figures: Record<string, unknown> = {}
  for (const rateHz of [100, 1000]) {
    figures[`synced_inside_${rateHz}_hz`] = await flushes(store, rateHz, true)
    figures[`synced_outside_${rateHz}_hz`] = await flushes(store, rateHz, false)
  }
  return figures
}

async function flushes(store: Store, rateHz: number, inside: boolean) {
  const frames = Math.round((rateHz * FLUSH_EVERY_MS) / 1000)
  const recording = store.recordings.begin({
    sessionId: newSession(store, 0),
    label: 'bench',
    channels: PEN_CHANNELS,
    rateHz,
  })
  const [most, last] = [block(frames - 1), block(1)]
  const held: number[] = []
  const acknowledged: number[] = []
  for (let i = 0; i < FLUSHES; i++) {
    recording.append(most)
    // Held back so long that the last frame is what sets off the flush, and not the queue's timer.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FLUSH_EVERY_MS)
    if (inside) {
      held.push(seconds(() => (recording.append(last), store.flush())) * 1000)
      continue
    }
    const start = performance.now()
    held.push(seconds(() => recording.append(last)) * 1000)
    if (recording.framesWritten !== recording.frames) throw new Error('the frames were not written')
    while (recording.framesOnDisk < recording.framesWritten) await new Promise((resolve) => setImmediate(resolve))
    acknowledged.push(performance.now() - start)
  }
  recording.finish()
  return { held_ms: spread(held), ...(inside ? {} : { acknowledged_after_ms: spread(acknowledged) }) }
}

function spread(millis: readonly number[]) {
  const sorted = millis.toSorted((a, b) => a - b)
  return {
    median: round(sorted[Math.floor(sorted.length / 2)]!),
    p99: round(sorted[Math.floor(sorted.length * 0.99)]!),
    worst: round(sorted.at(-1)!),
  }
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100
}

const folder = mkdtempSync(join(flags.folder, 'kalamos-bench-'))
const store = openStore(join(folder, 'bench.sqlite'))
try {
  const topics = { flush, stream, insert, list: pages }
  const result: Record<string, unknown> = { channels: PEN_CHANNELS.length }
  for (const [topic, measured] of Object.entries(topics))
    if ((flags.only ?? topic) === topic) result[topic] = await measured(store)
  if (flags.json) console.log(JSON.stringify(result))
  else
    for (const [topic, figures] of Object.entries(result))
      console.log(topic, inspect(figures, { depth: 3, breakLength: 120 }))
} finally {
  store.close()
  rmSync(folder, { recursive: true, force: true })
}
