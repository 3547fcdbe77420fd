import type { FrameBlock, Signal } from '../../../shared/signal.ts'
import { every } from '../../process/background.ts'
import { replayedFrames } from '../replay/frames.ts'
import type { Transport, TransportSink } from './transport.ts'

const TICK_MS = 10

export interface ReplayOptions {
  /** 1 is real time. */
  speed: number
  /** Seconds of rest after each recording. */
  rest: number
}

/**
 * Plays recordings. Frames are delivered as they were stored: their bytes were decoded when they were recorded, and
 * writing them as int16 once more would round them. Whatever time says is due is delivered, however late the timer
 * comes, so no speed and no load loses a frame. Each opening plays from the beginning.
 */
export class ReplayTransport implements Transport {
  readonly #signals: readonly Signal[]
  readonly #options: ReplayOptions
  #timer: NodeJS.Timeout | null = null

  constructor(signals: readonly Signal[], options: ReplayOptions) {
    this.#signals = signals
    this.#options = options
  }

  async open(sink: TransportSink): Promise<void> {
    const started = performance.now()
    const blocks = replayedFrames(this.#signals, this.#options.rest)
    let current = blocks.next()
    let at = 0
    this.#timer = every(TICK_MS, 'pens', 'a replay could not go on', () => {
      const dueMicros = (performance.now() - started) * 1000 * this.#options.speed
      while (!current.done) {
        const block = current.value
        const end = firstAfter(block.deviceMicros, dueMicros, at)
        if (end > at) sink.frames(part(block, at, end))
        at = end
        if (at < block.count) return
        current = blocks.next()
        at = 0
      }
      this.#stop()
      sink.ended()
    })
  }

  async close(): Promise<void> {
    this.#stop()
  }

  async present(): Promise<boolean> {
    return true
  }

  #stop(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
  }
}

function firstAfter(times: Float64Array, due: number, from: number): number {
  let at = from
  while (at < times.length && times[at]! <= due) at++
  return at
}

function part(block: FrameBlock, from: number, to: number): FrameBlock {
  const width = block.channels.length
  return {
    channels: block.channels,
    count: to - from,
    values: block.values.slice(from * width, to * width),
    deviceMicros: block.deviceMicros.slice(from, to),
    hostMillis: new Float64Array(to - from).fill(performance.timeOrigin + performance.now()),
    lostBefore: block.lostBefore.slice(from, to),
  }
}
