import { MAGIC, TAG, encodeChunk, encodeLength } from './chunks.ts'

/** The sample formats that Kalamos writes; a file may hold the others too. */
export type XdfFormat = 'float32' | 'double64' | 'string' | 'int8' | 'int16' | 'int32' | 'int64'

/** What a stream says of itself. `description` is free XML that goes into `<desc>`. */
export interface XdfInfo {
  name: string
  type: string
  format: XdfFormat
  channels: number
  /** Samples per second; 0 where they come irregularly. */
  rateHz: number
  description: string
}

/** Starts a file: the magic code and the file header. */
export function encodeFileHeader(): Uint8Array {
  return Buffer.concat([
    Buffer.from(MAGIC, 'latin1'),
    encodeChunk(TAG.fileHeader, xml('<info><version>1.0</version></info>')),
  ])
}

export function encodeStreamHeader(id: number, info: XdfInfo): Uint8Array {
  const { name, type, format, channels, rateHz, description } = info
  return encodeChunk(
    TAG.streamHeader,
    u32(id),
    xml(
      `<info><name>${escapeXml(name)}</name><type>${escapeXml(type)}</type><channel_count>${channels}</channel_count>` +
        `<nominal_srate>${rateHz}</nominal_srate><channel_format>${format}</channel_format><desc>${description}</desc></info>`,
    ),
  )
}

/** Samples with a time each, in seconds. `values` is `[times.length, channels]`. */
export function encodeNumbers(
  id: number,
  format: 'float32' | 'double64',
  times: Float64Array,
  values: Float32Array | Float64Array,
  channels: number,
): Uint8Array {
  const width = format === 'float32' ? 4 : 8
  const body = Buffer.alloc(times.length * (9 + width * channels))
  let at = 0
  for (let row = 0; row < times.length; row++) {
    body[at] = 8
    body.writeDoubleLE(times[row]!, at + 1)
    at += 9
    for (let channel = 0; channel < channels; channel++, at += width) {
      const value = values[row * channels + channel]!
      if (width === 4) body.writeFloatLE(value, at)
      else body.writeDoubleLE(value, at)
    }
  }
  return encodeChunk(TAG.samples, u32(id), encodeLength(times.length), body)
}

/** Texts with a time for each sample, in seconds: markers. `texts` is `[times.length, channels]`. */
export function encodeTexts(id: number, times: Float64Array, texts: readonly string[], channels = 1): Uint8Array {
  const samples = texts.flatMap((text, index) => {
    const bytes = Buffer.from(text, 'utf8')
    const cell = [encodeLength(bytes.length), bytes]
    if (index % channels > 0) return cell
    const time = Buffer.alloc(9)
    time[0] = 8
    time.writeDoubleLE(times[index / channels]!, 1)
    return [time, ...cell]
  })
  return encodeChunk(TAG.samples, u32(id), encodeLength(times.length), ...samples)
}

export function encodeStreamFooter(
  id: number,
  { first, last, count }: { first: number; last: number; count: number },
): Uint8Array {
  return encodeChunk(
    TAG.streamFooter,
    u32(id),
    xml(
      `<info><first_timestamp>${first}</first_timestamp><last_timestamp>${last}</last_timestamp><sample_count>${count}</sample_count></info>`,
    ),
  )
}

function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function xml(body: string): Uint8Array {
  return Buffer.from(`<?xml version="1.0"?>${body}`, 'utf8')
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

export function escapeXml(plain: string): string {
  return plain.replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}

export function unescapeXml(escaped: string): string {
  return escaped.replace(/&(amp|lt|gt|quot|apos);/g, (entity) =>
    Object.keys(ENTITIES).find((key) => ENTITIES[key] === entity)!,
  )
}
