import type { Channel } from '../../../shared/signal.ts'
import { BlockBuilder, type Codec, emptyTally, type RawBlock } from './codec.ts'
import { DelimitedReader } from './delimited.ts'

export const ARDUINO_COLUMNS: readonly Channel[] = [
  ...['acc1_x', 'acc1_y', 'acc1_z'].map((name): Channel => ({ name, unit: 'g' })),
  ...['gyro_x', 'gyro_y', 'gyro_z'].map((name): Channel => ({ name, unit: 'deg/s' })),
]

const LINE_FEED = 0x0a
const LONGEST_LINE = 256
const NUMBER = /^\s*-?\d+(?:\.\d+)?\s*$/
const HEADER = ['aX', 'aY', 'aZ', 'gX', 'gY', 'gZ']

/**
 * The text lines of the Arduino IMU_Capture sketch: `aX,aY,aZ,gX,gY,gZ` in g and deg/s, a header line first,
 * an empty line after each recording. The lines carry neither time nor counter, so those that never came cannot be seen;
 * lines that came damaged are counted as lost, by their commas. The first line after opening is left out unless it is the
 * header or empty: a line joined in its middle can look whole and be wrong.
 */
export class ArduinoCodec implements Codec {
  readonly counted = false
  readonly tally = emptyTally()
  readonly announcement = null
  readonly problem = null
  readonly batteryPercent = null

  readonly #reader = new DelimitedReader(LINE_FEED, LONGEST_LINE, (bytes) => this.#bad(bytes))
  readonly #builder = new BlockBuilder(ARDUINO_COLUMNS)
  #joined = false
  /** Of the damaged lines since the last good one: they tell how many lines these were, cut or run together. */
  #badCommas = 0

  push(bytes: Uint8Array): RawBlock[] {
    this.tally.bytes += bytes.length
    this.#reader.push(bytes, (line) => {
      const text = Buffer.from(line.buffer, line.byteOffset, line.length).toString('latin1').trim()
      const whole = this.#joined
      this.#joined = true
      if (!whole || text === '') return
      const fields = text.split(',')
      if (isHeader(fields)) return
      if (fields.length !== ARDUINO_COLUMNS.length || !fields.every((field) => NUMBER.test(field))) {
        this.#badCommas += fields.length - 1
        this.#bad(line.length + 1)
        return
      }
      const lost = Math.round(this.#badCommas / (ARDUINO_COLUMNS.length - 1))
      this.#badCommas = 0
      this.tally.lostFrames += lost
      const start = this.#builder.row(NaN, lost)
      const values = this.#builder.values
      for (let i = 0; i < fields.length; i++) values[start + i] = Number(fields[i])
      this.tally.messages++
      this.tally.frames++
    })
    const block = this.#builder.take()
    return block ? [block] : []
  }

  restart(): void {
    this.#reader.restart()
    this.#joined = false
    this.#badCommas = 0
  }

  #bad(bytes: number): void {
    this.tally.badBytes += bytes
    this.tally.badMessages++
  }
}

/** Whether a line is the header, be it with a damaged byte: no sample has letters. */
function isHeader(fields: readonly string[]): boolean {
  return fields.filter((field) => HEADER.includes(field)).length >= HEADER.length - 2
}
