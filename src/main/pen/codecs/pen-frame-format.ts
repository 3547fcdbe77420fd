import { PEN_CHANNELS, type Unit } from '../../../shared/signal.ts'

/** The constants of docs/pen-frame.md, version 1. */
export const MAGIC = 0x4b
export const VERSION = 1
export const HELLO = 1
export const DATA = 2
export const BATTERY_UNKNOWN = 255

/** Header: magic, version and type, layout, battery. Data adds sequence (u32) and device time (u64 µs). */
export const HEADER_BYTES = 4
export const DATA_HEADER_BYTES = 16
export const CRC_BYTES = 2
/** Rate (f32) and number of channels (u8) follow the header of a hello; then 6 bytes a channel. */
export const HELLO_FIXED_BYTES = 9
export const HELLO_CHANNEL_BYTES = 6
export const LONGEST_MESSAGE = 254
/** Name, serial number and firmware are UTF-8 of at most this many bytes each. */
export const LONGEST_TEXT = 40

/** Channel codes 0-12 are the thirteen of the DigiPen family, in that order. */
export const CHANNEL_NAMES: readonly string[] = PEN_CHANNELS.map((channel) => channel.name)
/** Unit codes, 0 upwards. */
export const UNIT_CODES: readonly Unit[] = ['g', 'deg/s', 'uT', 'N', 'count']

/** HID: report ids, the size of an input report and of the hello's feature report, without their ids. */
export const HID_DATA_REPORT = 1
export const HID_HELLO_REPORT = 2
export const HID_DATA_BYTES = 63
export const HID_HELLO_BYTES = 255
