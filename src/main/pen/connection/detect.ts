import { CodecName } from '../../../shared/api/devices.ts'
import { say, type Said } from '../../../shared/messages/index.ts'
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
): { message: Said; hint: Said } {
  const others = codecsThatRead(sample).filter((name) => name !== codec)
  const message = say('pen.bytes-no-frame', { bytes, codec })
  if (others.length > 0) return { message, hint: say('pen.bytes-read-choose-profile', { others }) }
  const lines = codec === 'arduino' ? otherLines(sample) : null
  if (lines !== null) {
    return {
      message,
      hint: say('pen.sends-lines-such-fields', {
        example: lines.example,
        fields: lines.fields,
        arduinoShape: ARDUINO_SHAPE,
      }),
    }
  }
  return {
    message,
    hint: baudRate === null ? say('pen.wrong-codec-or-rate') : say('pen.wrong-codec-or-rate-at', { baudRate }),
  }
}
