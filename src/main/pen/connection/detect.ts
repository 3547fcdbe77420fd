import { CodecName } from '../../../shared/api/devices.ts'
import { ARDUINO_SHAPE, otherLines } from '../codecs/arduino.ts'
import { createCodec } from '../codecs/index.ts'

/** The codecs that find at least two frames in these bytes and waste less than half of them. */
export function codecsThatRead(bytes: Uint8Array): CodecName[] {
  return CodecName.options.filter((name) => {
    const codec = createCodec(name, [])
    codec.push(bytes)
    return codec.tally.frames >= 2 && codec.tally.badBytes < bytes.length / 2
  })
}

/** What to tell about bytes that came without a frame: `4,812 bytes, no frame`, and the way out. */
export function undecodable(
  bytes: number,
  sample: Uint8Array,
  codec: CodecName,
  baudRate: number | null,
): { message: string; hint: string } {
  const others = codecsThatRead(sample).filter((name) => name !== codec)
  const message = `${bytes.toLocaleString('en')} bytes, no ${codec} frame.`
  if (others.length > 0)
    return { message, hint: `The bytes read as ${others.join(' or ')}: choose a profile with that codec.` }
  const lines = codec === 'arduino' ? otherLines(sample) : null
  if (lines !== null) {
    return {
      message,
      hint: `It sends lines such as “${lines.example}” (fields between commas: ${lines.fields}); ${ARDUINO_SHAPE} is expected, in g and deg/s, with or without the time in whole milliseconds or microseconds before it. Change the sketch to write that.`,
    }
  }
  const rate = baudRate === null ? '' : ` The port is open at ${baudRate} baud;`
  return {
    message,
    hint: `Wrong baud rate or another codec?${rate} compare the profile with the device's documentation.`,
  }
}
