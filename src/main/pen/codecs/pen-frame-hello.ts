import type { Announcement } from './codec.ts'
import { CHANNEL_NAMES, HELLO_CHANNEL_BYTES, HELLO_FIXED_BYTES, LONGEST_TEXT, UNIT_CODES } from './pen-frame-format.ts'

/** Reads a hello whose CRC was right and has been cut off; null where its content makes no sense. */
export function readHello(message: Uint8Array): Announcement | null {
  if (message.length < HELLO_FIXED_BYTES) return null
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength)
  const rateHz = view.getFloat32(4, true)
  const count = message[8]!
  const texts = HELLO_FIXED_BYTES + count * HELLO_CHANNEL_BYTES
  if (!(rateHz > 0 && rateHz <= 10_000) || count === 0 || texts > message.length) return null
  const channels = Array.from({ length: count }, (_, index) => {
    const at = HELLO_FIXED_BYTES + index * HELLO_CHANNEL_BYTES
    return {
      name: CHANNEL_NAMES[message[at]!],
      unit: UNIT_CODES[message[at + 1]!],
      fullScale: view.getFloat32(at + 2, true),
    }
  })
  const known = channels.flatMap(({ name, unit, fullScale }) =>
    name !== undefined && unit !== undefined && fullScale > 0 && Number.isFinite(fullScale)
      ? [{ name, unit, fullScale }]
      : [],
  )
  if (known.length < count || new Set(known.map((channel) => channel.name)).size < count) return null
  const strings = readTexts(message.subarray(texts))
  return strings && { name: strings[0], serial: strings[1], firmware: strings[2], rateHz, channels: known }
}

/** Three texts, each a length byte and UTF-8; nothing may follow. */
function readTexts(bytes: Uint8Array): [string, string, string] | null {
  const decoder = new TextDecoder()
  const texts: string[] = []
  let at = 0
  while (at < bytes.length) {
    const end = at + 1 + bytes[at]!
    if (bytes[at]! > LONGEST_TEXT || end > bytes.length) return null
    texts.push(decoder.decode(bytes.subarray(at + 1, end)))
    at = end
  }
  const [name, serial, firmware] = texts
  return texts.length === 3 ? [name!, serial!, firmware!] : null
}
