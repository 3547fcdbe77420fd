import { setTimeout as wait } from 'node:timers/promises'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Device } from '../../shared/api/devices.ts'
import type { Run } from '../../shared/api/training.ts'
import { KalamosError } from '../../shared/errors.ts'
import { english } from '../../shared/messages/index.ts'
import { errorRates, type Reading } from '../../shared/text.ts'
import { createApp, type App } from '../app/app.ts'
import { readNdjson, type SensorRecording } from '../exchange/ndjson.ts'
import { quantile } from '../statistics/quantile.ts'
import { heldOutOf, readingPlan, type Plan } from './plan.ts'
import { Player } from './player.ts'
import { openPortPair } from './port-pair.ts'
import { waitFor } from './wait.ts'

export interface SelfTestOptions {
  /** NDJSON file of recordings, gzipped or not. */
  data: string
  /** Where to keep the recordings, the run and the model; a temporary store by default, removed at the end. */
  database?: string
  /** How many times faster than it was written the recording is sent. */
  speed?: number
  progress?: (message: string) => void
  signal?: AbortSignal
}

/**
 * What a rehearsal measured. Training and reading are null where the data are one word over and over: nothing to read.
 */
export interface SelfTestReport {
  recordings: number
  /** Recordings of the file, to compare with those that the recorder found. */
  played: number
  frames: number
  lost_frames: number
  train_seconds: number | null
  epochs: number | null
  /** Words read while they were written, and how many of those were right. */
  read: number
  accuracy: number | null
  /** Null also for single labels, of which accuracy says all. */
  cer: number | null
  latency_ms: { p50: number; p95: number } | null
  backend: string | null
}

/** How long nothing may happen before a rehearsal gives up on a word. */
const PATIENCE_MS = 10_000

/**
 * Does the whole job of the app once, through its own contract: real recordings are sent as a pen would send them
 * through a pair of serial ports, recorded in prompted sessions, trained on (four of five), and the others read live.
 * Throws `unavailable` without socat, and whatever the app throws.
 */
export async function selfTest({
  data,
  database,
  speed = 30,
  progress = () => undefined,
  signal,
}: SelfTestOptions): Promise<SelfTestReport> {
  const recordings = await readAll(data)
  const folder = database === undefined ? await mkdtemp(join(tmpdir(), 'kalamos-rehearsal-')) : null
  const app = await createApp({ databasePath: database ?? join(folder!, 'rehearsal.db'), entryPoint: 'terminal' })
  try {
    const ports = await openPortPair()
    try {
      const first = recordings[0]!
      const plan = readingPlan(recordings)
      const deviceId = `serial:${ports.host}`
      await app.request('devices.open', { deviceId, profileId: plan.profileId })
      const player = await Player.open(ports.pen, first.signal, speed)
      const rehearsal = new SelfTest(app, player, deviceId, plan, progress, signal)
      try {
        return await rehearsal.run(recordings)
      } finally {
        await player.close()
      }
    } finally {
      await app.close()
      await ports.close()
    }
  } finally {
    await app.close()
    if (folder !== null) await rm(folder, { recursive: true, force: true })
  }
}

async function readAll(path: string): Promise<SensorRecording[]> {
  const recordings: SensorRecording[] = []
  for await (const entry of readNdjson(path)) {
    if ('reason' in entry)
      throw new KalamosError(
        'invalid-input',
        `${path}, line ${entry.line} ${english(entry.reason)}.`,
        'A rehearsal needs a file without faults.',
      )
    recordings.push(entry.recording)
  }
  if (recordings.length === 0) throw new KalamosError('empty-recording', `${path} holds no recording.`)
  return recordings
}

class SelfTest {
  readonly #app: App
  readonly #player: Player
  readonly #deviceId: string
  readonly #plan: Plan
  readonly #progress: (message: string) => void
  readonly #signal: AbortSignal | undefined

  constructor(
    app: App,
    player: Player,
    deviceId: string,
    plan: Plan,
    progress: (message: string) => void,
    signal: AbortSignal | undefined,
  ) {
    this.#app = app
    this.#player = player
    this.#deviceId = deviceId
    this.#plan = plan
    this.#progress = progress
    this.#signal = signal
  }

  async run(recordings: readonly SensorRecording[]): Promise<SelfTestReport> {
    const [kept, heldOut] = heldOutOf(recordings, this.#plan)
    const session = await this.#record(kept)
    if (heldOut.length > 0) await this.#record(heldOut)
    const run = heldOut.length > 0 ? await this.#train(session) : null
    const read = run ? await this.#read(run, heldOut) : []
    // The last frames may still be on their way through the ports.
    await waitFor(async () => (await this.#device()).frames >= this.#player.frames, PATIENCE_MS)
    const device = await this.#device()
    const { total } = await this.#app.request('recordings.list', { filter: { state: 'finished' }, offset: 0, limit: 1 })
    const rates = errorRates(read)
    const latencies = read.map(({ latencyMs }) => latencyMs).filter(Number.isFinite)
    return {
      recordings: total,
      played: recordings.length,
      frames: device.frames,
      lost_frames: Math.max(device.lostFrames, this.#player.frames - device.frames),
      train_seconds: run ? (run.endedAt! - run.startedAt) / 1000 : null,
      epochs: run ? run.epoch : null,
      read: read.length,
      accuracy: run ? rates.exact : null,
      cer: run?.config.task === 'ctc' ? rates.cer : null,
      latency_ms: run ? { p50: quantile(latencies, 0.5, 'above'), p95: quantile(latencies, 0.95, 'above') } : null,
      backend: run ? run.backend : null,
    }
  }

  async #device(): Promise<Device> {
    return (await this.#app.request('devices.list', {})).find(({ id }) => id === this.#deviceId)!
  }

  /** Records a prompted session a writer. Returns the id of the first session. */
  async #record(recordings: readonly SensorRecording[]): Promise<number> {
    const sessions: number[] = []
    for (const [name, theirs] of Map.groupBy(recordings, ({ writer }) => writer)) {
      const writers = await this.#app.request('writers.list', {})
      const writer =
        writers.find((known) => known.name === name) ??
        (await this.#app.request('writers.create', { name, handedness: 'unknown' }))
      const prompts = theirs.map(({ label }) => label)
      const started = await this.#app.request('record.start', {
        deviceId: this.#deviceId,
        writerId: writer.id,
        prompts,
        advance: 'pause',
      })
      sessions.push(started.sessionId)
      await this.#player.rest(theirs[0]!.signal, this.#plan.restMs)
      for (const [index, { signal }] of theirs.entries()) {
        this.#signal?.throwIfAborted()
        await this.#player.write(signal, this.#plan.restMs)
        if (index % 50 === 0) this.#progress(`recording ${name}: ${index} of ${theirs.length} words`)
      }
      await this.#recorded(theirs.length)
      await this.#app.request('record.stop', {})
    }
    return sessions[0]!
  }

  /** Waits until the recorder has done all prompts, or until nothing comes any more. */
  async #recorded(words: number): Promise<void> {
    let last = -1
    for (;;) {
      const state = await this.#app.request('record.state', {})
      if (state === null || state.index >= words || state.index === last) return
      last = state.index
      await waitFor(async () => ((await this.#app.request('record.state', {}))?.index ?? words) !== last, PATIENCE_MS)
    }
  }

  async #train(sessionId: number): Promise<Run> {
    const started = await this.#app.request('train.start', { ...this.#plan.training, filter: { sessionId } })
    for (;;) {
      this.#signal?.throwIfAborted()
      const run = (await this.#app.request('runs.list', {})).find(({ id }) => id === started.id)!
      if (run.state === 'finished') return run
      if (run.state === 'failed' || run.state === 'cancelled' || run.state === 'interrupted') {
        throw new KalamosError(
          'training-failed',
          run.problem?.message ?? `The training ended as ${run.state}.`,
          run.problem?.hint,
        )
      }
      this.#progress(`training: epoch ${run.epoch} of ${run.config.epochs}`)
      await wait(500)
    }
  }

  /** Writes each held-out word and takes what is read before the next one begins. */
  async #read(run: Run, recordings: readonly SensorRecording[]): Promise<(Reading & { latencyMs: number })[]> {
    // As the run measured its held-out words: the two figures are to be compared.
    await this.#app.request('recognise.start', {
      modelId: run.modelId!,
      deviceId: this.#deviceId,
      decoding: { method: 'greedy' },
    })
    const heard: { text: string; latencyMs: number }[] = []
    const stop = this.#app.events.on('recognise.word', (word) => heard.push(word))
    const readings: (Reading & { latencyMs: number })[] = []
    try {
      await this.#player.rest(recordings[0]!.signal, this.#plan.restMs)
      for (const [index, { label, signal }] of recordings.entries()) {
        this.#signal?.throwIfAborted()
        heard.length = 0
        await this.#player.write(signal, this.#plan.restMs)
        await waitFor(async () => heard.length > 0, PATIENCE_MS)
        // A word that was cut in two is read as two, and counts as read wrong.
        readings.push({
          reference: label,
          hypothesis: heard.map(({ text }) => text).join(' '),
          latencyMs: Math.max(...heard.map(({ latencyMs }) => latencyMs)),
        })
        if (index % 20 === 0) this.#progress(`reading: ${index} of ${recordings.length} words`)
      }
    } finally {
      stop()
      await this.#app.request('recognise.stop', {})
    }
    return readings
  }
}
