import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { Decoder } from '../../src/main/pen/connection/decoder.ts'
import { BUILT_IN_PROFILES } from '../../src/main/pen/profiles/built-in.ts'
import { openStore, type Store } from '../../src/main/store/index.ts'
import { PEN_CHANNELS } from '../../src/shared/signal.ts'
import { penFrames } from './streams.ts'

const CHUNK_BYTES = 16_384
const FRAMES_A_RECORDING = 10_000
const RECORDINGS = 200

export interface DatabaseSpeed {
  frames: number
  seconds: number
  frames_per_s: number
  /** Memory of the process (resident) after a quarter of the frames, and at the end. */
  rss_mb_early: number
  rss_mb_end: number
}

/**
 * Pen frames of 13 channels through codec, profile and recordings into a database on disk, all frames read back by
 * count.
 */
export async function codecToDatabase(): Promise<DatabaseSpeed> {
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-bench-'))
  const store = openStore(join(folder, 'bench.sqlite'))
  try {
    return await measure(store)
  } finally {
    store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(store: Store): Promise<DatabaseSpeed> {
  const profile = BUILT_IN_PROFILES.find((candidate) => candidate.id === 'pen-frame')!
  const writer = store.writers.create({ name: 'bench', handedness: 'unknown' })
  const session = store.sessions.create({ writerId: writer.id, deviceName: 'bench', origin: 'recorded', profile })
  const stream = penFrames(FRAMES_A_RECORDING)
  let early = 0
  const started = performance.now()
  for (let number = 0; number < RECORDINGS; number++) {
    const decoder = new Decoder(profile)
    const recording = store.recordings.begin({
      sessionId: session.id,
      label: `word${number}`,
      channels: PEN_CHANNELS,
      rateHz: 100,
    })
    for (let at = 0; at < stream.length; at += CHUNK_BYTES) {
      for (const block of decoder.bytes(stream.subarray(at, at + CHUNK_BYTES), Date.now())) recording.append(block)
    }
    recording.finish()
    await setImmediate()
    if (number === RECORDINGS / 4) early = process.memoryUsage.rss()
  }
  const seconds = (performance.now() - started) / 1000
  const end = process.memoryUsage.rss()
  let frames = 0
  for (const recording of store.recordings.each({})) frames += recording.frames
  if (frames !== RECORDINGS * FRAMES_A_RECORDING)
    throw new Error(`${frames} frames are in the database, ${RECORDINGS * FRAMES_A_RECORDING} were sent`)
  return {
    frames,
    seconds: Number(seconds.toFixed(2)),
    frames_per_s: Math.round(frames / seconds),
    rss_mb_early: megabytes(early),
    rss_mb_end: megabytes(end),
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6)
}
