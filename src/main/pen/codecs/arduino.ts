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
const HEADER = 'aX,aY,aZ,gX,gY,gZ'

/**
 * The text lines of the Arduino IMU_Capture sketch: `aX,aY,aZ,gX,gY,gZ` in g and deg/s, a header line first,
 * an empty line after each recording. The lines carry neither time nor counter, so lost ones cannot be seen;
 * a line cut short or damaged is counted as bad bytes. The first line after opening is left out unless it is the
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

  push(bytes: Uint8Array): RawBlock[] {
    this.tally.bytes += bytes.length
    this.#reader.push(bytes, (line) => {
      const text = Buffer.from(line.buffer, line.byteOffset, line.length).toString('latin1').trim()
      const whole = this.#joined
      this.#joined = true
      if (!whole || text === '' || text === HEADER) return
      const fields = text.split(',')
      if (fields.length !== ARDUINO_COLUMNS.length || !fields.every((field) => NUMBER.test(field))) {
        this.#bad(line.length + 1)
        return
      }
      const start = this.#builder.row(NaN, 0)
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
  }

  #bad(bytes: number): void {
    this.tally.badBytes += bytes
    this.tally.badMessages++
  }
}
