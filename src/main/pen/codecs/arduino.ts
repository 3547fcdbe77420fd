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
const WHOLE = /^\s*\d+\s*$/
/** So many lines must show that their first number is a clock before any of them is believed. */
const CLOCK_LINES = 10
/** How much longer one step of a clock may be than another: a line can be lost between two. */
const STEPS_ALIKE = 5
/**
 * A pen has more than two frames a second: a clock of millis() makes smaller steps than this, one of micros() larger
 * ones.
 */
const MICROS_FROM = 500

const HEADER = ['aX', 'aY', 'aZ', 'gX', 'gY', 'gZ']

/** What the lines must look like, for a person whose sketch writes others. */
export const ARDUINO_SHAPE = HEADER.join(',')

/**
 * The text lines of the Arduino IMU_Capture sketch: `aX,aY,aZ,gX,gY,gZ` in g and deg/s, a header line first, an empty
 * line after each recording. Sketches that people changed may write the time before the six, from `millis()` or
 * `micros()`, and a comma behind them. Lines without a time carry no counter either, so those that never came cannot be
 * seen; lines that came damaged are counted as lost, by their commas. The first line after opening is left out unless
 * it is a header or empty: a line joined in its middle can look whole and be wrong.
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
  /** Lines of seven numbers while it is not yet sure that the first is a clock. */
  #waiting: { numbers: number[]; bytes: number }[] = []
  #microsPerTick: number | null = null
  /** Of the damaged lines since the last good one: they tell how many lines these were, cut or run together. */
  #badCommas = 0

  push(bytes: Uint8Array): RawBlock[] {
    this.tally.bytes += bytes.length
    this.#reader.push(bytes, (line) => {
      const text = Buffer.from(line.buffer, line.byteOffset, line.length).toString('latin1').trim()
      const whole = this.#joined
      this.#joined = true
      if (whole) this.#line(text, line.length + 1)
    })
    const block = this.#builder.take()
    return block ? [block] : []
  }

  restart(): void {
    this.#reader.restart()
    this.#giveUp()
    this.#joined = false
    this.#microsPerTick = null
    this.#badCommas = 0
  }

  #line(text: string, bytes: number): void {
    const fields = fieldsOf(text)
    if (text === '' || isHeader(fields)) return
    const numbers = fields.every((field) => NUMBER.test(field)) ? fields.map(Number) : []
    if (numbers.length === ARDUINO_COLUMNS.length) {
      this.#giveUp()
      this.#frame(NaN, numbers)
    } else if (numbers.length === ARDUINO_COLUMNS.length + 1 && WHOLE.test(fields[0]!)) {
      if (this.#microsPerTick === null) this.#wait(numbers, bytes)
      else this.#frame(numbers[0]! * this.#microsPerTick, numbers.slice(1))
    } else {
      this.#badCommas += fields.length - 1
      this.#bad(bytes)
    }
  }

  /** Seven numbers could be anything with one more at either end; what rises evenly is a clock. */
  #wait(numbers: number[], bytes: number): void {
    const ticks = [...this.#waiting.map((line) => line.numbers[0]!), numbers[0]!]
    const steps = ticks.slice(1).map((tick, at) => tick - ticks[at]!)
    if (steps.length > 0 && (Math.min(...steps) <= 0 || Math.max(...steps) > STEPS_ALIKE * Math.min(...steps)))
      this.#giveUp()
    this.#waiting.push({ numbers, bytes })
    if (this.#waiting.length < CLOCK_LINES) return
    this.#microsPerTick = (ticks.at(-1)! - ticks[0]!) / steps.length < MICROS_FROM ? 1000 : 1
    for (const line of this.#waiting.splice(0))
      this.#frame(line.numbers[0]! * this.#microsPerTick, line.numbers.slice(1))
  }

  #giveUp(): void {
    for (const { numbers, bytes } of this.#waiting.splice(0)) {
      this.#badCommas += numbers.length - 1
      this.#bad(bytes)
    }
  }

  #frame(deviceMicros: number, values: readonly number[]): void {
    const commas = ARDUINO_COLUMNS.length - (this.#microsPerTick === null ? 1 : 0)
    const lost = Math.round(this.#badCommas / commas)
    this.#badCommas = 0
    this.tally.lostFrames += lost
    const start = this.#builder.row(deviceMicros, lost)
    this.#builder.values.set(values, start)
    this.tally.messages++
    this.tally.frames++
  }

  #bad(bytes: number): void {
    this.tally.badBytes += bytes
    this.tally.badMessages++
  }
}

/** The fields of a line; a comma behind the last one begins no other. */
function fieldsOf(text: string): string[] {
  const fields = text.split(',')
  return fields.length > 1 && fields.at(-1)!.trim() === '' ? fields.slice(0, -1) : fields
}

/**
 * Whether a line is the header, with or without the name of a time, be it with a damaged byte: no sample has letters.
 */
function isHeader(fields: readonly string[]): boolean {
  return fields.filter((field) => HEADER.includes(field.trim())).length >= HEADER.length - 2
}

/**
 * What lines of text a device sends that are none of these: how many fields most have, and one of them. Null where it
 * sends no lines of text.
 */
export function otherLines(bytes: Uint8Array): { fields: number; example: string } | null {
  const lines = Buffer.from(bytes)
    .toString('latin1')
    .split('\n')
    .slice(1, -1)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const readable = lines.filter(
    (line) => line.length <= LONGEST_LINE && /^[\x20-\x7e\t]+$/.test(line) && /\d/.test(line),
  )
  if (readable.length < 2 || readable.length < lines.length / 2) return null
  const groups = [...Map.groupBy(readable, (line) => fieldsOf(line).length)].sort(([, a], [, b]) => b.length - a.length)
  const [fields, alike] = groups[0]!
  return { fields, example: alike.at(-1)!.slice(0, 80) }
}
