import type { Channel } from '../../../shared/signal.ts'
import { BlockBuilder, type Codec, emptyTally, type RawBlock } from './codec.ts'
import { DelimitedReader } from './delimited.ts'

/**
 * Columns with the magnetometer last; without it the first six. The magnetometer comes in arbitrary units, hence
 * counts.
 */
export const XIMU3_COLUMNS: readonly Channel[] = [
  ...['gyro_x', 'gyro_y', 'gyro_z'].map((name): Channel => ({ name, unit: 'deg/s' })),
  ...['acc1_x', 'acc1_y', 'acc1_z'].map((name): Channel => ({ name, unit: 'g' })),
  ...['mag_x', 'mag_y', 'mag_z'].map((name): Channel => ({ name, unit: 'count' })),
]

const LF = 0x0a
const ESCAPE = 0xdb
const ESCAPED_LF = 0xdc
const ESCAPED_ESCAPE = 0xdd
const [INERTIAL, MAGNETOMETER, BATTERY] = ['I', 'M', 'B'].map((letter) => letter.charCodeAt(0)) as [
  number,
  number,
  number,
]
/** The longest text message is a notification or a setting's reply of a few hundred bytes. */
const LONGEST = 1024

/**
 * x-io x-IMU3: messages that end with LF, as text (`I,<us>,gx,gy,gz,ax,ay,az`) or binary (0x80 + letter, u64 µs,
 * float32 values, LF and 0xDB stuffed), mixed as they come.
 * Every inertial message is a frame. The magnetometer is slower: its last values are held, and where it is
 * wanted, frames begin with its first message. The format has no counter: gaps are found by device time.
 */
export class Ximu3Codec implements Codec {
  readonly counted = false
  readonly tally = emptyTally()
  readonly announcement = null
  readonly problem = null
  batteryPercent: number | null = null

  readonly #reader = new DelimitedReader(LF, LONGEST, (bytes) => this.#bad(bytes))
  readonly #message = new Uint8Array(LONGEST)
  readonly #view = new DataView(this.#message.buffer)
  readonly #builder: BlockBuilder
  readonly #mag: [number, number, number] | null
  #magSeen = false

  constructor(withMagnetometer: boolean) {
    this.#mag = withMagnetometer ? [0, 0, 0] : null
    this.#builder = new BlockBuilder(withMagnetometer ? XIMU3_COLUMNS : XIMU3_COLUMNS.slice(0, 6))
  }

  push(bytes: Uint8Array): RawBlock[] {
    this.tally.bytes += bytes.length
    this.#reader.push(bytes, (message) => {
      const valid = message.length > 0 && (message[0]! & 0x80 ? this.#binary(message) : this.#text(message))
      if (valid) this.tally.messages++
      else this.#bad(message.length + 1)
    })
    const block = this.#builder.take()
    return block ? [block] : []
  }

  restart(): void {
    this.#reader.restart()
  }

  #binary(stuffed: Uint8Array): boolean {
    const length = this.#unstuff(stuffed)
    if (length < 9) return false
    const letter = this.#message[0]! - 0x80
    const values = (length - 9) / 4
    const micros = this.#view.getUint32(1, true) + this.#view.getUint32(5, true) * 4_294_967_296
    const value = (index: number) => this.#view.getFloat32(9 + 4 * index, true)
    if (letter === INERTIAL) return values === 6 && this.#inertial(micros, value)
    if (letter === MAGNETOMETER) return values === 3 && this.#magnetometer(value)
    if (letter === BATTERY) return values >= 1 && this.#battery(value(0))
    return isLetter(letter)
  }

  #unstuff(stuffed: Uint8Array): number {
    let length = 0
    for (let i = 0; i < stuffed.length; i++) {
      let byte = stuffed[i]!
      if (byte === ESCAPE) {
        const code = stuffed[++i]
        if (code !== ESCAPED_LF && code !== ESCAPED_ESCAPE) return -1
        byte = code === ESCAPED_LF ? LF : ESCAPE
      }
      this.#message[length++] = byte
    }
    return length
  }

  #text(message: Uint8Array): boolean {
    const letter = message[0]!
    const text = Buffer.from(message.buffer, message.byteOffset, message.length).toString('latin1').trimEnd()
    if (letter === 0x7b) return text.endsWith('}')
    if (!isLetter(letter) || text[1] !== ',') return false
    if (letter !== INERTIAL && letter !== MAGNETOMETER && letter !== BATTERY) return true
    const fields = text.slice(2).split(',')
    const numbers = fields.map((field) => (field.trim() === '' ? NaN : Number(field)))
    if (!numbers.every(Number.isFinite)) return false
    const value = (index: number) => numbers[index + 1]!
    if (letter === INERTIAL) return numbers.length === 7 && this.#inertial(numbers[0]!, value)
    if (letter === MAGNETOMETER) return numbers.length === 4 && this.#magnetometer(value)
    return numbers.length >= 2 && this.#battery(value(0))
  }

  #inertial(micros: number, value: (index: number) => number): boolean {
    for (let i = 0; i < 6; i++) if (!Number.isFinite(value(i))) return false
    if (this.#mag && !this.#magSeen) return true
    const start = this.#builder.row(micros, 0)
    const values = this.#builder.values
    for (let i = 0; i < 6; i++) values[start + i] = value(i)
    if (this.#mag) values.set(this.#mag, start + 6)
    this.tally.frames++
    return true
  }

  #magnetometer(value: (index: number) => number): boolean {
    const field: [number, number, number] = [value(0), value(1), value(2)]
    if (!field.every(Number.isFinite)) return false
    this.#mag?.splice(0, 3, ...field)
    this.#magSeen = true
    return true
  }

  #battery(percent: number): boolean {
    if (!Number.isFinite(percent)) return false
    this.batteryPercent = Math.max(0, Math.min(100, percent))
    return true
  }

  #bad(bytes: number): void {
    this.tally.badBytes += bytes
    this.tally.badMessages++
  }
}

function isLetter(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a
}
