import type { Channel } from '../../../shared/signal.ts'
import type { Said } from '../../../shared/messages/index.ts'

/**
 * Frames as a device wrote them: `values` is `[count, columns.length]` row by row, in what the device sends
 * (counts or units), before any profile is applied. `deviceMicros` is NaN where the device tells no time.
 */
export interface RawBlock {
  columns: readonly Channel[]
  count: number
  values: Float32Array
  deviceMicros: Float64Array
  lostBefore: Uint32Array
}

/** What became of the bytes so far. */
export interface CodecTally {
  bytes: number
  /** Valid messages, with samples or without. */
  messages: number
  frames: number
  /** Frames that the device's counter shows to be missing. */
  lostFrames: number
  /** Bytes that belong to no valid message. */
  badBytes: number
  /** Messages whose checksum or form was wrong. */
  badMessages: number
}

/** What a device says about itself, where its format allows that. */
export interface Announcement {
  name: string
  serial: string
  firmware: string
  rateHz: number
  /** `fullScale` is the value of 32768 counts, in the channel's unit. */
  channels: readonly (Channel & { fullScale: number })[]
}

/**
 * A push parser: takes the bytes of a stream however they are cut, gives the frames in them.
 * Garbage is counted and skipped, never thrown at; a damaged message costs itself alone.
 */
export interface Codec {
  /** True when messages carry a counter, so that `lostBefore` needs no guess from the time. */
  readonly counted: boolean
  readonly tally: Readonly<CodecTally>
  readonly announcement: Announcement | null
  readonly batteryPercent: number | null
  /** Why valid messages cannot be used, such as a newer version of the format. */
  readonly problem: Said | null
  /** Decodes the next bytes. More than one block comes only where the device changed its channels in between. */
  push(bytes: Uint8Array): RawBlock[]
  /** Forgets a half-read message: the port was opened anew. Counters and announcement stay. */
  restart(): void
}

export function emptyTally(): CodecTally {
  return { bytes: 0, messages: 0, frames: 0, lostFrames: 0, badBytes: 0, badMessages: 0 }
}

export function sameChannels(a: readonly Channel[], b: readonly Channel[]): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every((channel, index) => channel.name === b[index]!.name && channel.unit === b[index]!.unit))
  )
}

/** Collects rows while a chunk is decoded. */
export class BlockBuilder {
  columns: readonly Channel[]
  count = 0
  values: Float32Array
  readonly #deviceMicros: number[] = []
  readonly #lostBefore: number[] = []

  constructor(columns: readonly Channel[]) {
    this.columns = columns
    this.values = new Float32Array(Math.max(1, columns.length) * 16)
  }

  /** Begins a row; the caller writes its values from the returned position of `values` on. */
  row(deviceMicros: number, lostBefore: number): number {
    const width = this.columns.length
    const start = this.count * width
    if (start + width > this.values.length) {
      const larger = new Float32Array((start + width) * 2)
      larger.set(this.values)
      this.values = larger
    }
    this.#deviceMicros.push(deviceMicros)
    this.#lostBefore.push(lostBefore)
    this.count++
    return start
  }

  /** The rows since the last call, copied out; null where there are none. */
  take(): RawBlock | null {
    if (this.count === 0) return null
    const block: RawBlock = {
      columns: this.columns,
      count: this.count,
      values: this.values.slice(0, this.count * this.columns.length),
      deviceMicros: Float64Array.from(this.#deviceMicros),
      lostBefore: Uint32Array.from(this.#lostBefore),
    }
    this.count = 0
    this.#deviceMicros.length = 0
    this.#lostBefore.length = 0
    return block
  }
}
