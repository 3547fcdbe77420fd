import type { CodecName } from '../../../shared/api/devices.ts'
import { ARDUINO_COLUMNS, ArduinoCodec } from './arduino.ts'
import type { Codec } from './codec.ts'
import { PenFrameCodec } from './pen-frame.ts'
import { WITMOTION_COLUMNS, WitMotionCodec } from './witmotion.ts'
import { XIMU3_COLUMNS, Ximu3Codec } from './ximu3.ts'

export type { Announcement, Codec, CodecTally, RawBlock } from './codec.ts'

/**
 * A fresh decoder. `wanted` are the channels of the profile: a magnetometer is waited for only where it is one of them.
 */
export function createCodec(name: CodecName, wanted: readonly string[]): Codec {
  const magnetometer = wanted.some((channel) => channel.startsWith('mag_'))
  switch (name) {
    case 'pen-frame':
      return new PenFrameCodec()
    case 'ximu3':
      return new Ximu3Codec(magnetometer)
    case 'witmotion':
      return new WitMotionCodec(magnetometer)
    case 'arduino':
      return new ArduinoCodec()
  }
}

/** The channels a codec can give; null where the device announces its own. */
export function fixedColumns(name: CodecName): readonly string[] | null {
  switch (name) {
    case 'pen-frame':
      return null
    case 'ximu3':
      return XIMU3_COLUMNS.map((column) => column.name)
    case 'witmotion':
      return WITMOTION_COLUMNS.map((column) => column.name)
    case 'arduino':
      return ARDUINO_COLUMNS.map((column) => column.name)
  }
}
