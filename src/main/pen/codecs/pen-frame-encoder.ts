import { KalamosError } from '../../../shared/errors.ts'
import { say } from '../../../shared/messages/index.ts'
import { cobsEncode } from './cobs.ts'
import type { Announcement } from './codec.ts'
import { crc16 } from './crc16.ts'
import {
  BATTERY_UNKNOWN,
  CHANNEL_NAMES,
  CRC_BYTES,
  DATA,
  DATA_HEADER_BYTES,
  HELLO,
  HELLO_CHANNEL_BYTES,
  HELLO_FIXED_BYTES,
  HID_DATA_BYTES,
  HID_DATA_REPORT,
  LONGEST_TEXT,
  MAGIC,
  UNIT_CODES,
  VERSION,
} from './pen-frame-format.ts'

/** Reference encoder of the pen frame (docs/pen-frame.md). */

/** One data message: counts of the announced channels, in their order. */
export interface PenFrame {
  sequence: number
  deviceMicros: number
  /** 0 to 100, null where unknown. */
  batteryPercent: number | null
  counts: ArrayLike<number>
}

/** The hello message with its CRC. Throws `invalid-input` for channels or texts that the format cannot carry. */
export function encodeHello(announcement: Announcement, layout: number, batteryPercent: number | null): Uint8Array {
  const texts = [announcement.name, announcement.serial, announcement.firmware].map((text) =>
    new TextEncoder().encode(text),
  )
  const long = texts.find((text) => text.length > LONGEST_TEXT)
  if (long)
    throw new KalamosError(
      'invalid-input',
      say('pen.longer-bytes', { decode: new TextDecoder().decode(long), longestText: LONGEST_TEXT }),
    )
  const { channels } = announcement
  const message = new Uint8Array(
    HELLO_FIXED_BYTES +
      channels.length * HELLO_CHANNEL_BYTES +
      texts.reduce((sum, text) => sum + 1 + text.length, 0) +
      CRC_BYTES,
  )
  const view = header(message, HELLO, layout, batteryPercent)
  view.setFloat32(4, announcement.rateHz, true)
  message[8] = channels.length
  let at = HELLO_FIXED_BYTES
  for (const channel of channels) {
    const code = CHANNEL_NAMES.indexOf(channel.name)
    if (code < 0)
      throw new KalamosError(
        'invalid-input',
        say('pen.pen-frame-no-code', { name: channel.name }),
        say('pen.it-has', { layers: CHANNEL_NAMES.join(', ') }),
      )
    message[at] = code
    message[at + 1] = UNIT_CODES.indexOf(channel.unit)
    view.setFloat32(at + 2, channel.fullScale, true)
    at += HELLO_CHANNEL_BYTES
  }
  for (const text of texts) {
    message[at] = text.length
    message.set(text, at + 1)
    at += 1 + text.length
  }
  return seal(message, view)
}

/** The data message with its CRC. Counts beyond int16 are clipped. */
export function encodeData(frame: PenFrame, layout: number): Uint8Array {
  const message = new Uint8Array(DATA_HEADER_BYTES + 2 * frame.counts.length + CRC_BYTES)
  const view = header(message, DATA, layout, frame.batteryPercent)
  view.setUint32(4, frame.sequence >>> 0, true)
  view.setUint32(8, frame.deviceMicros % 4_294_967_296, true)
  view.setUint32(12, Math.floor(frame.deviceMicros / 4_294_967_296), true)
  for (let i = 0; i < frame.counts.length; i++) {
    const count = Math.round(frame.counts[i]!)
    view.setInt16(DATA_HEADER_BYTES + 2 * i, Math.max(-32_768, Math.min(32_767, count)), true)
  }
  return seal(message, view)
}

/** A message as it goes over a serial line: a zero, the stuffed message, a zero. */
export function serialFrame(message: Uint8Array): Uint8Array {
  const stuffed = cobsEncode(message)
  const frame = new Uint8Array(stuffed.length + 2)
  frame.set(stuffed, 1)
  return frame
}

/** A data message as HID input report: report id, length, message, zeros up to the fixed size. */
export function hidDataReport(message: Uint8Array): Uint8Array {
  const report = new Uint8Array(1 + HID_DATA_BYTES)
  report[0] = HID_DATA_REPORT
  report[1] = message.length
  report.set(message, 2)
  return report
}

function header(message: Uint8Array, type: number, layout: number, batteryPercent: number | null): DataView {
  message[0] = MAGIC
  message[1] = (VERSION << 4) | type
  message[2] = layout
  message[3] = batteryPercent === null ? BATTERY_UNKNOWN : Math.round(Math.max(0, Math.min(100, batteryPercent)))
  return new DataView(message.buffer)
}

function seal(message: Uint8Array, view: DataView): Uint8Array {
  const end = message.length - CRC_BYTES
  view.setUint16(end, crc16(message, end), true)
  return message
}
