import type { Channel } from '../../../shared/signal.ts'
import { say, type Said } from '../../../shared/messages/index.ts'
import { cobsDecode } from './cobs.ts'
import { type Announcement, BlockBuilder, type Codec, emptyTally, type RawBlock, sameChannels } from './codec.ts'
import { crc16 } from './crc16.ts'
import { DelimitedReader } from './delimited.ts'
import {
  BATTERY_UNKNOWN,
  CRC_BYTES,
  DATA,
  DATA_HEADER_BYTES,
  HEADER_BYTES,
  HELLO,
  HID_DATA_REPORT,
  HID_HELLO_REPORT,
  LONGEST_MESSAGE,
  MAGIC,
  VERSION,
} from './pen-frame-format.ts'
import { readHello } from './pen-frame-hello.ts'

/** Longest message once stuffed. */
const LONGEST_STUFFED = LONGEST_MESSAGE + 2
/**
 * So many frames may be missing by the counter without the time for them, where a clock stands still or runs unevenly.
 */
const COUNT_SLACK = 1000
const NO_COLUMNS: readonly Channel[] = []

/**
 * Decoder of the pen frame (docs/pen-frame.md), over serial (`push`) and as HID reports (`pushReport`).
 * Values come in the announced units. Frames before the first hello cannot be read and are not counted as lost:
 * the stream begins with the first frame that could be read. Frames of a layout whose hello did not come are lost.
 */
export class PenFrameCodec implements Codec {
  readonly counted = true
  readonly tally = emptyTally()
  announcement: Announcement | null = null
  batteryPercent: number | null = null
  problem: Said | null = null

  readonly #reader = new DelimitedReader(0, LONGEST_STUFFED, (bytes) => this.#bad(bytes))
  readonly #message = new Uint8Array(LONGEST_MESSAGE)
  readonly #view = new DataView(this.#message.buffer)
  #builder = new BlockBuilder(NO_COLUMNS)
  #blocks: RawBlock[] = []
  #scale = new Float64Array(0)
  #layout = -1
  #sequence: number | null = null
  #micros = 0

  push(bytes: Uint8Array): RawBlock[] {
    this.tally.bytes += bytes.length
    this.#reader.push(bytes, (stuffed) => {
      if (stuffed.length === 0) return
      const length = cobsDecode(stuffed, this.#message)
      if (this.#accept(length)) this.tally.messages++
      else this.#bad(stuffed.length)
    })
    return this.#take()
  }

  /** Decodes one HID report, its id in the first byte: data (1) or the hello's feature report (2). */
  pushReport(report: Uint8Array): RawBlock[] {
    this.tally.bytes += report.length
    const length = report[1] ?? 0
    const known = report[0] === HID_DATA_REPORT || report[0] === HID_HELLO_REPORT
    if (!known || length > report.length - 2 || length > LONGEST_MESSAGE) this.#bad(report.length)
    else {
      this.#message.set(report.subarray(2, 2 + length))
      if (this.#accept(length)) this.tally.messages++
      else this.#bad(report.length)
    }
    return this.#take()
  }

  restart(): void {
    this.#reader.restart()
  }

  /** Reads the message in the scratch buffer; false where it is damaged. */
  #accept(length: number): boolean {
    const message = this.#message
    if (length < HEADER_BYTES + CRC_BYTES || message[0] !== MAGIC) return false
    const end = length - CRC_BYTES
    if (crc16(message, end) !== this.#view.getUint16(end, true)) return false
    const version = message[1]! >> 4
    const type = message[1]! & 15
    if (version !== VERSION) {
      this.problem = say('pen.pen-speaks-version-pen', { version, version2: VERSION })
      return true
    }
    if (type === HELLO) return this.#hello(end)
    if (type === DATA) return this.#data(end)
    return true
  }

  #hello(end: number): boolean {
    const announcement = readHello(this.#message.subarray(0, end))
    if (announcement === null) return false
    this.#flush()
    this.announcement = announcement
    this.#layout = this.#message[2]!
    this.#battery()
    this.#scale = Float64Array.from(announcement.channels, (channel) => channel.fullScale / 32_768)
    const columns = announcement.channels.map(({ name, unit }) => ({ name, unit }))
    if (!sameChannels(columns, this.#builder.columns)) this.#builder = new BlockBuilder(columns)
    return true
  }

  #data(end: number): boolean {
    if (this.#message[2] !== this.#layout) return true
    const width = this.#scale.length
    if (end !== DATA_HEADER_BYTES + 2 * width) return false
    const view = this.#view
    const sequence = view.getUint32(4, true)
    const micros = view.getUint32(8, true) + view.getUint32(12, true) * 4_294_967_296
    const lost = this.#lostBefore(sequence, micros)
    if (lost < 0) return true
    this.#battery()
    this.#sequence = sequence
    this.#micros = micros
    const start = this.#builder.row(micros, lost)
    const values = this.#builder.values
    const scale = this.#scale
    for (let i = 0; i < width; i++) values[start + i] = view.getInt16(DATA_HEADER_BYTES + 2 * i, true) * scale[i]!
    this.tally.frames++
    this.tally.lostFrames += lost
    return true
  }

  /**
   * Frames missing before this one by the counter; 0 where the pen or its counter began anew; -1 for a frame that came
   * twice.
   */
  #lostBefore(sequence: number, micros: number): number {
    if (this.#sequence === null) return 0
    const step = (sequence - this.#sequence) >>> 0
    if (step === 0 && micros === this.#micros) return -1
    if (step === 0 || step >= 0x8000_0000 || micros < this.#micros) return 0
    // More frames than the time between them holds were never made: the counter was set anew.
    const room = ((micros - this.#micros) / 1e6) * (this.announcement?.rateHz ?? 0)
    return step - 1 > COUNT_SLACK + 2 * room ? 0 : step - 1
  }

  #battery(): void {
    const battery = this.#message[3]!
    this.batteryPercent = battery === BATTERY_UNKNOWN ? null : Math.min(100, battery)
  }

  #bad(bytes: number): void {
    this.tally.badBytes += bytes
    this.tally.badMessages++
  }

  #flush(): void {
    const block = this.#builder.take()
    if (block) this.#blocks.push(block)
  }

  #take(): RawBlock[] {
    this.#flush()
    const blocks = this.#blocks
    if (blocks.length > 0) this.#blocks = []
    return blocks
  }
}
