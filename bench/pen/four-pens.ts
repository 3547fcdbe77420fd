import { replayFrom } from '../../src/main/replay/source.ts'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { DeviceHub, ProfileBook } from '../../src/main/pen/index.ts'
import { openStore, type Store } from '../../src/main/store/index.ts'
import { hostileFiles, lookAgainAndAgain } from './hostile.ts'

const PENS = 4
const REPLAY_SPEED = 100

export type FourPens =
  | { skipped: string }
  | {
      seconds: number
      training_steps: number
      hostile_files: number
      loop_delay_p99_ms: number
      frames_sent: number
      frames_stored: number
      lost_frames: number
      bad_bytes: number
      replay_frames: number
    }

/**
 * Four pens at 100 Hz over ptys and a replay at 100 times real time, all recorded, while a training runs on all cores;
 * or four pens alone, while four files of somebody who means harm are looked through again and again.
 */
export async function fourPens(seconds: number, beside: 'training' | 'hostile files'): Promise<FourPens> {
  if (spawnSync('socat', ['-V']).status !== 0) return { skipped: 'socat is not installed (Debian: apt install socat)' }
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-bench-'))
  const children: ChildProcess[] = []
  const store = openStore(join(folder, 'bench.sqlite'))
  const hub = new DeviceHub({ profiles: new ProfileBook(store.profiles), replay: replayFrom() })
  try {
    const pens = Array.from({ length: PENS }, (_, index) => ({
      host: join(folder, `host${index}`),
      pen: join(folder, `pen${index}`),
    }))
    for (const { host, pen } of pens)
      children.push(spawn('socat', [`pty,raw,echo=0,link=${host}`, `pty,raw,echo=0,link=${pen}`], { stdio: 'ignore' }))
    while (!pens.every(({ host, pen }) => existsSync(host) && existsSync(pen))) await wait(10)
    const training = beside === 'training'
    const replay = training
      ? await hub.addReplay({ from: 'file', path: replayFile(folder, seconds) }, REPLAY_SPEED)
      : null
    const penIds = pens.map(({ host }) => `serial:${host}`)
    const recorded = [...penIds, ...(replay ? [replay.id] : [])].map((id) => record(store, hub, id))
    const files = training ? [] : hostileFiles(folder)
    for (const id of penIds) await hub.open(id, 'pen-frame')

    const trainer = training ? await startTraining() : null
    if (trainer) children.push(trainer.process)
    const feeder = new Worker(new URL('./feeder.ts', import.meta.url), {
      workerData: { paths: pens.map(({ pen }) => pen), seconds },
    })
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const enough = new AbortController()
    const looking = training ? Promise.resolve(0) : lookAgainAndAgain(store, files, enough.signal)
    if (replay) await hub.open(replay.id)
    const [sent] = (await once(feeder, 'message')) as [number]
    delay.disable()
    enough.abort()
    const looked = await looking
    while (replay && hub.get(replay.id).state !== 'available') await wait(50)
    await wait(500)
    const devices = penIds.map((id) => hub.get(id))
    for (const id of penIds) await hub.close(id)
    const stored = recorded.map((finish) => finish())
    const replaySent = replay ? replayFrames(seconds) : 0
    return {
      seconds,
      training_steps: trainer?.steps() ?? 0,
      hostile_files: looked,
      loop_delay_p99_ms: Number((delay.percentile(99) / 1e6).toFixed(1)),
      frames_sent: sent + replaySent,
      frames_stored: stored.reduce((sum, frames) => sum + frames, 0),
      lost_frames: sent + replaySent - stored.reduce((sum, frames) => sum + frames, 0),
      bad_bytes: devices.reduce((sum, device) => sum + device.badBytes, 0),
      replay_frames: stored[PENS] ?? 0,
    }
  } finally {
    for (const child of children) child.kill()
    await hub.shutdown()
    store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Trains in a process of its own, on all cores, until it is ended. Resolves after the first step. */
async function startTraining(): Promise<{ process: ChildProcess; steps(): number }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./training.ts', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let steps = 0
  child.stdout.on('data', (said: Buffer) => (steps += said.length))
  while (steps === 0) {
    if (child.exitCode !== null) throw new Error(`the training ended with ${child.exitCode}`)
    await wait(50)
  }
  return { process: child, steps: () => steps }
}

/**
 * Records a device from its first frame on; the returned function ends the recording and says what the database holds.
 */
function record(store: Store, hub: DeviceHub, id: string): () => number {
  const writer = store.writers.create({ name: id, handedness: 'unknown' })
  const session = store.sessions.create({ writerId: writer.id, deviceName: id, origin: 'recorded', profile: null })
  let recording: ReturnType<Store['recordings']['begin']> | null = null
  hub.frames(id, (block) => {
    recording ??= store.recordings.begin({ sessionId: session.id, label: null, channels: block.channels, rateHz: 100 })
    recording.append(block)
  })
  return () => {
    if (!recording) return 0
    recording.finish()
    return store.recordings.get(recording.id).frames
  }
}

/** Made-up recordings of 10 s at 100 Hz, so many that they play as long as the pens write. */
function replayFile(folder: string, seconds: number): string {
  const path = join(folder, 'replay.ndjson')
  const samples = Array.from({ length: FRAMES_A_RECORDING }, (_, frame) => [
    Math.sin(frame / 20),
    Math.cos(frame / 20),
    0,
    10 * Math.sin(frame / 7),
    0,
    0,
    400,
  ])
  const channels = ['acc_x', 'acc_y', 'acc_z', 'gyro_x', 'gyro_y', 'gyro_z', 'force']
  const units = ['g', 'g', 'g', 'deg/s', 'deg/s', 'deg/s', 'adc10']
  const line = (id: number) =>
    JSON.stringify({
      id: `${id}`,
      writer: 'bench',
      label: 'made up',
      device: 'bench',
      rate_hz: 100,
      channels,
      units,
      samples,
    })
  writeFileSync(path, Array.from({ length: replayRecordings(seconds) }, (_, id) => line(id)).join('\n'))
  return path
}

const FRAMES_A_RECORDING = 1000
/** Rest after each recording with the pause of the profile that fits force in counts: 1.5 x 2 s at 100 Hz. */
const REST_FRAMES = 300

function replayRecordings(seconds: number): number {
  return Math.ceil((seconds * 100 * REPLAY_SPEED) / (FRAMES_A_RECORDING + REST_FRAMES))
}

function replayFrames(seconds: number): number {
  return replayRecordings(seconds) * (FRAMES_A_RECORDING + REST_FRAMES)
}
