/**
 * A virtual writer with a pen in the hand: writes what is asked and hovers in between, frame by frame for as long as
 * wanted.
 */
import { KalamosError } from '../../shared/errors.ts'
import { CHANNELS, DIGIPEN_RANGES, RATE_HZ } from './profile.ts'
import { randomStream } from '../random/named.ts'
import type { NamedRandom } from '../random/named.ts'
import { correctedValues, sensorErrors } from './sensors.ts'
import { writableSymbols } from './shapes.ts'
import { simulateRest, simulateText, type WordSpan } from './simulate.ts'
import type { InkStroke } from './ink.ts'
import type { VirtualWriter } from './writer.ts'

export interface SourceOptions {
  /** Share of frames that never arrive (see `frames`). */
  loss?: number
  /** The pen's clock against the true time, e.g. 50e-6; the writer's own pen unless given. */
  clockSkew?: number
  /** Standard deviation in us of the pen's time stamps. */
  jitter?: number
}

/** A frame as the pen would send it: its counter, its clock, and counts in the full scales of the source. */
export interface SourceFrame {
  sequence: number
  deviceMicros: number
  counts: Int16Array
}

const REST = 0.5
/** Seconds in which the pen hovers before and after a text that was asked for. */
const HOVER = { lead: 0.4, tail: 0.5 }

/** A text as a source gives it out: counts as sent `[frames, 13]`, and the ink that they are the signal of. */
export interface SourceText {
  counts: Int16Array
  strokes: readonly InkStroke[]
  words: readonly WordSpan[]
}

/** Whose hand holds a virtual pen that writes live, as it is stored with a session: enough to write the same again. */
export interface LiveVirtualWriter extends Pick<VirtualWriter, 'virtual' | 'name' | 'seed' | 'handedness'> {
  live: true
}

/** Value of 32768 counts as sent, in each channel's unit. */
export const SENT_FULL_SCALES: readonly number[] = DIGIPEN_RANGES.map(({ counts, full }) => (32768 / counts) * full)

/**
 * What a source gives out for some words when it is asked for them for the `take`th time (from 0), `clock` seconds
 * after its first frame.
 */
export function sourceText(writer: VirtualWriter, words: readonly string[], take: number, clock: number): SourceText {
  const { counts, strokes, words: spans } = simulateText(writer, words, { take, clock, ...HOVER })
  return { counts: sentCounts(counts, writer), strokes, words: spans }
}

/**
 * The simulation behind a virtual device. `next` gives the frames that the converters make, one after another without
 * end; how fast they are asked for is the caller's pace, real time or faster. The pen corrects its gyroscope and
 * magnetometer with its own calibration before it sends, as a pen of the open frame format does.
 */
export class VirtualPenSource {
  readonly writer: string
  readonly rateHz = RATE_HZ
  /** Value of 32768 counts in each channel's unit. */
  readonly fullScales = SENT_FULL_SCALES
  readonly hand: VirtualWriter
  private readonly options: SourceOptions
  private readonly random: NamedRandom
  private readonly prompts: string[][] = []
  private ready: Int16Array = new Int16Array(0)
  private used = 0
  private made = 0
  private readonly takes = new Map<string, number>()
  private sent = 0

  constructor(writer: VirtualWriter, options: SourceOptions = {}) {
    const { loss = 0 } = options
    if (!(loss >= 0 && loss < 1))
      throw new KalamosError('invalid-input', `A loss of ${loss} makes no sense.`, 'Give a share from 0 to below 1.')
    this.writer = writer.name
    this.hand = writer
    this.options = options
    this.random = randomStream('source', writer.seed)
  }

  /** Asks for a text, written after what was asked before. Throws `invalid-input` for what cannot be written. */
  write(text: string): void {
    const words = text
      .normalize('NFC')
      .split(/\s+/)
      .filter((word) => word !== '')
    if (words.length === 0)
      throw new KalamosError('invalid-input', 'There is no text to write.', 'Give at least one word.')
    for (const word of words) writableSymbols(word)
    this.prompts.push(words)
  }

  /** Whether everything asked for has been given out. */
  get idle(): boolean {
    return this.prompts.length === 0 && this.writtenUntil <= this.given
  }

  /** Forgets what is asked for and not yet begun. */
  clear(): void {
    this.prompts.length = 0
  }

  /** The next `count` frames as `[count, 13]`, row by row. */
  next(count: number): Int16Array {
    const out = new Int16Array(count * CHANNELS)
    for (let done = 0; done < out.length;) {
      if (this.used === this.ready.length) this.go()
      const part = this.ready.subarray(this.used, this.used + out.length - done)
      out.set(part, done)
      done += part.length
      this.used += part.length
    }
    return out
  }

  /** The next `count` frames with counter and clock; lost ones are missing, so that the counter jumps. */
  frames(count: number): SourceFrame[] {
    const { loss = 0, jitter = 0, clockSkew = this.hand.pen.clockSkew } = this.options
    const counts = this.next(count)
    const frames: SourceFrame[] = []
    for (let i = 0; i < count; i++) {
      const sequence = this.sent++
      if (loss > 0 && this.random.chance(loss)) continue
      const stray = jitter > 0 ? jitter * this.random.normal() : 0
      const deviceMicros = Math.max(0, Math.floor((sequence * 1e6 * (1 - clockSkew)) / RATE_HZ + stray + 0.5))
      frames.push({ sequence, deviceMicros, counts: counts.slice(i * CHANNELS, (i + 1) * CHANNELS) })
    }
    return frames
  }

  private writtenUntil = 0

  private get given(): number {
    return this.made - (this.ready.length - this.used) / CHANNELS
  }

  private takeOf(words: readonly string[]): number {
    const text = words.join(' ')
    const take = this.takes.get(text) ?? 0
    this.takes.set(text, take + 1)
    return take
  }

  private go(): void {
    const words = this.prompts.shift()
    const clock = this.made / RATE_HZ
    this.ready =
      words === undefined
        ? sentCounts(simulateRest(this.hand, REST, clock), this.hand)
        : sourceText(this.hand, words, this.takeOf(words), clock).counts
    this.used = 0
    this.made += this.ready.length / CHANNELS
    if (words !== undefined) this.writtenUntil = this.made
  }
}

/** The pen of a writer as an endless source of frames. */
export function virtualPenSource(writer: VirtualWriter, options: SourceOptions = {}): VirtualPenSource {
  return new VirtualPenSource(writer, options)
}

/** Counts after the pen's own calibration, in the same ranges. */
function sentCounts(raw: Int16Array, writer: VirtualWriter): Int16Array {
  const values = correctedValues(raw, sensorErrors(writer))
  return Int16Array.from(values, (value, i) => {
    const { counts, full } = DIGIPEN_RANGES[i % CHANNELS]!
    return Math.max(-32768, Math.min(32767, Math.floor((value * counts) / full + 0.5)))
  })
}
