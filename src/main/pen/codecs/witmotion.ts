import type { Channel } from '../../../shared/signal.ts'
import { BlockBuilder, type Codec, emptyTally, type RawBlock } from './codec.ts'

/** Columns with the magnetometer last; without it the first six. All in counts of int16. */
export const WITMOTION_COLUMNS: readonly Channel[] = ['acc1', 'gyro', 'mag'].flatMap((sensor) =>
  ['x', 'y', 'z'].map((axis): Channel => ({ name: `${sensor}_${axis}`, unit: 'count' })),
)

const HEAD = 0x55
const [TIME, ACCELERATION, GYROSCOPE, MAGNETOMETER, LAST_TYPE, WIRELESS] = [0x50, 0x51, 0x52, 0x54, 0x5f, 0x61] as const
const PACKET = 11
const WIRELESS_PACKET = 20

/**
 * WitMotion WT901: packets `55 <type> 8 bytes <sum>`; a frame is whole when every wanted sensor has come, acceleration
 * first. Also the 20-byte form of its Bluetooth devices, `55 61` and 9 x int16 (acceleration, gyroscope, angle), which
 * has no checksum and is therefore believed only when the next packet's head follows it. Device time is that of the
 * time packet (0x50), where the device is set to send it. There is no counter; a frame that misses a packet, whichever,
 * is counted as lost.
 */
export class WitMotionCodec implements Codec {
  readonly counted = false
  readonly tally = emptyTally()
  readonly announcement = null
  readonly problem = null
  readonly batteryPercent = null

  readonly #builder: BlockBuilder
  readonly #sensors: number
  readonly #row = new Int16Array(9)
  #carry = new Uint8Array(0)
  #have = 0
  /** The last wanted sensor of the frame that is coming; -1 before the first. */
  #last = -1
  /** Whether the frame that is coming has been delivered, or none is: it then costs nothing where it ends early. */
  #delivered = true
  #joined = false
  #lost = 0
  #micros = NaN
  /** Packets of no wanted sensor since the frame began: one that comes again is of another frame. */
  readonly #others = new Set<number>()
  /** Bytes of no packet since the last of the 20-byte form. */
  #badRun = 0

  constructor(withMagnetometer: boolean) {
    this.#sensors = withMagnetometer ? 3 : 2
    this.#builder = new BlockBuilder(WITMOTION_COLUMNS.slice(0, this.#sensors * 3))
  }

  push(bytes: Uint8Array): RawBlock[] {
    this.tally.bytes += bytes.length
    const all = this.#carry.length === 0 ? bytes : joined(this.#carry, bytes)
    let at = 0
    while (at < all.length) {
      const used = this.#packet(all, at)
      if (used === 0) break
      at += used
    }
    this.#carry = all.slice(at)
    const block = this.#builder.take()
    return block ? [block] : []
  }

  restart(): void {
    this.tally.badBytes += this.#carry.length
    this.#carry = new Uint8Array(0)
    this.#endFrame(true)
    this.#badRun = 0
  }

  /** Reads what stands at `at` and returns how many bytes it took; 0 where more are needed. */
  #packet(bytes: Uint8Array, at: number): number {
    if (bytes[at] !== HEAD) return this.#bad()
    const type = bytes[at + 1]
    if (type === undefined) return 0
    if (type === WIRELESS) return this.#wireless(bytes, at)
    if (type < TIME || type > LAST_TYPE) return this.#bad()
    if (at + PACKET > bytes.length) return 0
    let sum = 0
    for (let i = at; i < at + PACKET - 1; i++) sum += bytes[i]!
    if ((sum & 0xff) !== bytes[at + PACKET - 1]) {
      this.tally.badMessages++
      return this.#bad()
    }
    this.tally.messages++
    if (type === TIME) this.#micros = timeOf(bytes, at + 2)
    else if (type === ACCELERATION) this.#sensor(0, bytes, at + 2)
    else if (type === GYROSCOPE) this.#sensor(1, bytes, at + 2)
    else if (type === MAGNETOMETER) this.#sensor(2, bytes, at + 2)
    if (type > GYROSCOPE && (type !== MAGNETOMETER || this.#sensors < 3)) this.#other(type)
    return PACKET
  }

  #wireless(bytes: Uint8Array, at: number): number {
    if (this.#sensors === 3) return this.#bad()
    if (at + WIRELESS_PACKET >= bytes.length) return 0
    if (bytes[at + WIRELESS_PACKET] !== HEAD) {
      this.tally.badMessages++
      return this.#bad()
    }
    this.tally.messages++
    // There is neither sum nor counter: whole packets that were not believed are frames that are lost.
    if (this.tally.frames > 0) this.#lost += Math.round(this.#badRun / WIRELESS_PACKET)
    this.#badRun = 0
    this.#sensor(0, bytes, at + 2)
    this.#sensor(1, bytes, at + 8)
    return WIRELESS_PACKET
  }

  /** Takes three counts; the frame is whole when the wanted sensors have come in their order. */
  #sensor(index: number, bytes: Uint8Array, at: number): void {
    if (index >= this.#sensors) return
    // The same sensor again, or one before it: another frame has begun, whichever packets of the last one were damaged.
    if (index === 0 || index <= this.#last) this.#endFrame(!this.#joined)
    this.#joined ||= index === 0
    this.#last = index
    this.#delivered = false
    if (this.#have !== index) return
    for (let axis = 0; axis < 3; axis++)
      this.#row[index * 3 + axis] = bytes[at + 2 * axis]! | (bytes[at + 2 * axis + 1]! << 8)
    this.#have++
    if (this.#have < this.#sensors) return
    const start = this.#builder.row(this.#micros, this.#lost)
    const values = this.#builder.values
    for (let i = 0; i < this.#sensors * 3; i++) values[start + i] = this.#row[i]!
    this.tally.frames++
    this.tally.lostFrames += this.#lost
    this.#lost = 0
    this.#have = 0
    this.#delivered = true
  }

  /** Where all wanted packets of a frame are damaged, the others tell that there was one. */
  #other(type: number): void {
    if (this.#others.has(type)) {
      this.#endFrame(!this.#joined)
      this.#delivered = false
    }
    this.#others.add(type)
  }

  /**
   * Counts the frame that was coming as lost where it was not delivered; not where it began before anybody listened,
   * which is `free`.
   */
  #endFrame(free: boolean): void {
    if (!this.#delivered && !free) this.#lost++
    this.#have = 0
    this.#last = -1
    this.#delivered = true
    this.#others.clear()
  }

  #bad(): number {
    this.tally.badBytes++
    this.#badRun++
    return 1
  }
}

/** `YY MM DD hh mm ss` and milliseconds as u16, in microseconds since 2000-01-01. */
function timeOf(bytes: Uint8Array, at: number): number {
  const [year, month, day, hour, minute, second] = bytes.subarray(at, at + 6) as unknown as number[]
  const millis = bytes[at + 6]! | (bytes[at + 7]! << 8)
  return (Date.UTC(2000 + year!, month! - 1, day!, hour!, minute!, second!, millis) - Date.UTC(2000, 0, 1)) * 1000
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}
