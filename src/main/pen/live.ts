import type { LiveSamples } from '../../shared/api/devices.ts'
import type { FrameBlock } from '../../shared/signal.ts'
import { every } from '../process/background.ts'
import type { Events } from '../process/events.ts'
import { sameChannels } from './codecs/codec.ts'
import type { DeviceHub } from './hub.ts'

/** How often samples are sent for the eye, in ms. */
const BUNDLE_MS = 33
/** Frames a bundle may hold; more are thinned to the extremes of each stretch. */
const MOST_FRAMES = 64

/**
 * Sends the samples of all devices as `devices.samples`, bundled and thinned, while somebody listens. Returns the way
 * to stop.
 */
export function streamLiveSamples(hub: DeviceHub, events: Events): () => void {
  const streams = new Map<string, { stream: LiveStream; stop: () => void }>()
  const timer = every(BUNDLE_MS, 'pens', 'live samples could not be sent', () => {
    const heard = events.heard('devices.samples')
    const ids = new Set(heard ? hub.list().map((device) => device.id) : [])
    for (const [id, { stop }] of streams) {
      if (ids.has(id)) continue
      stop()
      streams.delete(id)
    }
    for (const id of ids) {
      if (streams.has(id)) continue
      const stream = new LiveStream()
      streams.set(id, { stream, stop: hub.frames(id, (block) => stream.add(block)) })
    }
    for (const [id, { stream }] of streams) {
      for (const samples of stream.take()) events.emit('devices.samples', { deviceId: id, ...samples })
    }
  })
  timer.unref()
  return () => {
    clearInterval(timer)
    for (const { stop } of streams.values()) stop()
  }
}

/** Frames of one device since the last bundle, on a time axis that never runs back. */
export class LiveStream {
  #blocks: FrameBlock[] = []
  #timeMs = 0
  #lastMicros = NaN
  #lastHost = NaN

  add(block: FrameBlock): void {
    this.#blocks.push(block)
  }

  /** The bundles since the last call, one for each run of equal channels. */
  take(): Omit<LiveSamples, 'deviceId'>[] {
    const blocks = this.#blocks
    this.#blocks = []
    const bundles: Omit<LiveSamples, 'deviceId'>[] = []
    let run: FrameBlock[] = []
    for (const block of blocks) {
      if (run.length > 0 && !sameChannels(run[0]!.channels, block.channels)) {
        bundles.push(this.#bundle(run))
        run = []
      }
      run.push(block)
    }
    if (run.length > 0) bundles.push(this.#bundle(run))
    return bundles
  }

  #bundle(blocks: readonly FrameBlock[]): Omit<LiveSamples, 'deviceId'> {
    const channels = [...blocks[0]!.channels]
    const timesMs: number[] = []
    const values: number[] = []
    for (const block of blocks) {
      for (let i = 0; i < block.count; i++) timesMs.push(this.#time(block.deviceMicros[i]!, block.hostMillis[i]!))
      for (const value of block.values) values.push(value)
    }
    const thin = timesMs.length > MOST_FRAMES ? extremes(timesMs, values, channels.length) : { timesMs, values }
    return { channels, count: thin.timesMs.length, ...thin }
  }

  /** Device time while it runs forward, host time over what lies between. */
  #time(micros: number, host: number): number {
    const byDevice = (micros - this.#lastMicros) / 1000
    const byHost = host - this.#lastHost
    const step = byDevice > 0 && byDevice < 60_000 ? byDevice : byHost
    if (Number.isFinite(step)) this.#timeMs += Math.max(0, step)
    this.#lastMicros = micros
    this.#lastHost = host
    return this.#timeMs
  }
}

/**
 * Each stretch of frames as two: the least and the greatest value of every channel, in the order in which they came.
 */
function extremes(
  timesMs: readonly number[],
  values: readonly number[],
  width: number,
): { timesMs: number[]; values: number[] } {
  const stretches = MOST_FRAMES / 2
  const thinTimes: number[] = []
  const thinValues: number[] = []
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * timesMs.length) / stretches)
    const to = Math.floor(((stretch + 1) * timesMs.length) / stretches)
    const first: number[] = []
    const second: number[] = []
    for (let c = 0; c < width; c++) {
      let [low, high] = [from, from]
      for (let i = from; i < to; i++) {
        if (values[i * width + c]! < values[low * width + c]!) low = i
        if (values[i * width + c]! > values[high * width + c]!) high = i
      }
      first.push(values[Math.min(low, high) * width + c]!)
      second.push(values[Math.max(low, high) * width + c]!)
    }
    thinTimes.push(timesMs[from]!, timesMs[to - 1]!)
    thinValues.push(...first, ...second)
  }
  return { timesMs: thinTimes, values: thinValues }
}
