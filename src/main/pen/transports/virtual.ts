import { PEN_CHANNELS } from '../../../shared/signal.ts'
import { every } from '../../process/background.ts'
import { virtualPenSource } from '../../simulator/source.ts'
import { drawWriter, type VirtualWriter } from '../../simulator/writer.ts'
import { encodeData, encodeHello, serialFrame } from '../codecs/pen-frame-encoder.ts'
import type { Announcement } from '../codecs/codec.ts'
import type { Transport, TransportSink } from './transport.ts'

const TICK_MS = 10
const LAYOUT = 1

/** What a virtual pen's simulation gives: counts as its converters would, 13 channels in the order of PEN_CHANNELS. */
export interface VirtualSource {
  /** Name of the virtual writer. */
  readonly writer: string
  /** What the virtual writer is drawn from. */
  readonly hand: Pick<VirtualWriter, 'seed' | 'handedness'>
  readonly rateHz: number
  /** Value of 32768 counts per channel, in the channel's unit. */
  readonly fullScales: readonly number[]
  /** Asks for a text; it is written after what was asked before. Throws `invalid-input` for what it cannot write. */
  write(text: string): void
  /** The next `count` frames, without those it loses; the pen hovers while there is nothing to write. */
  frames(count: number): { sequence: number; deviceMicros: number; counts: Int16Array }[]
}

/** A virtual writer drawn from the seed, with a virtual pen in the hand. */
export function drawVirtualSource(seed: number, handedness: 'right' | 'left' | 'any'): VirtualSource {
  return virtualPenSource(drawWriter(seed, handedness === 'any' ? {} : { handedness }))
}

/** Plays a virtual pen as pen frames, a hello every second, through the ordinary codec. */
export class VirtualTransport implements Transport {
  readonly #source: VirtualSource
  readonly #announcement: Announcement
  #asked = 0
  #timer: NodeJS.Timeout | null = null

  constructor(source: VirtualSource, serial: string) {
    this.#source = source
    this.#announcement = {
      name: `Virtual pen of ${source.writer}`.slice(0, 40),
      serial,
      firmware: 'simulation',
      rateHz: source.rateHz,
      channels: PEN_CHANNELS.map((channel, index) => ({ ...channel, fullScale: source.fullScales[index]! })),
    }
  }

  async open(sink: TransportSink): Promise<void> {
    const { rateHz } = this.#source
    const first = this.#asked
    const started = performance.now()
    sink.bytes(serialFrame(encodeHello(this.#announcement, LAYOUT, 100)))
    this.#timer = every(TICK_MS, 'pens', 'a virtual pen could not go on', () => {
      const due = first + Math.floor(((performance.now() - started) / 1000) * rateHz) - this.#asked
      if (due > 0) sink.bytes(this.#encode(due))
    })
  }

  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
  }

  async present(): Promise<boolean> {
    return true
  }

  #encode(count: number): Uint8Array {
    const messages = this.#source
      .frames(count)
      .map(({ sequence, deviceMicros, counts }) =>
        encodeData({ sequence, deviceMicros, batteryPercent: 100, counts }, LAYOUT),
      )
    const second = Math.floor(this.#asked / this.#source.rateHz)
    this.#asked += count
    if (Math.floor(this.#asked / this.#source.rateHz) > second)
      messages.push(encodeHello(this.#announcement, LAYOUT, 100))
    return Buffer.concat(messages.map(serialFrame))
  }
}
