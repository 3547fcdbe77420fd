import { KalamosError } from '../../../shared/errors.ts'
import { MAGIC, TAG, decodeChunks, decodeLength, encodeChunk, encodeLength, truncated } from './chunks.ts'

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

/** A stream of a file that was read whole. Values are row by row; text streams have `texts`, others `values`. */
export interface XdfStream {
  info: XdfInfo
  /** Seconds, per sample. */
  times: Float64Array
  values: Float64Array
  texts: string[]
}

/** Starts a file: the magic code and the file header. */
export function encodeFileHeader(): Uint8Array {
  return Buffer.concat([Buffer.from(MAGIC, 'latin1'), encodeChunk(TAG.fileHeader, xml('<info><version>1.0</version></info>'))])
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
export function encodeNumbers(id: number, format: 'float32' | 'double64', times: Float64Array, values: Float32Array | Float64Array, channels: number): Uint8Array {
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

/** Texts with a time each, in seconds: markers. */
export function encodeTexts(id: number, times: Float64Array, texts: readonly string[]): Uint8Array {
  const samples = texts.flatMap((text, index) => {
    const bytes = Buffer.from(text, 'utf8')
    const time = Buffer.alloc(9)
    time[0] = 8
    time.writeDoubleLE(times[index]!, 1)
    return [time, encodeLength(bytes.length), bytes]
  })
  return encodeChunk(TAG.samples, u32(id), encodeLength(texts.length), ...samples)
}

export function encodeStreamFooter(id: number, { first, last, count }: { first: number; last: number; count: number }): Uint8Array {
  return encodeChunk(
    TAG.streamFooter,
    u32(id),
    xml(`<info><first_timestamp>${first}</first_timestamp><last_timestamp>${last}</last_timestamp><sample_count>${count}</sample_count></info>`),
  )
}

/** Reads all streams of a file, in the order of their headers. Throws `decode-failed`. */
export function decodeStreams(bytes: Uint8Array, file: string): XdfStream[] {
  const streams = new Map<number, Collected>()
  for (const { tag, content } of decodeChunks(bytes, file)) {
    if (tag === TAG.streamHeader) streams.set(streamId(content, file), { info: parseInfo(text(content.subarray(4)), file), times: [], values: [], texts: [] })
    if (tag === TAG.samples) {
      const stream = streams.get(streamId(content, file))
      if (!stream) throw new KalamosError('decode-failed', `${file} has samples of a stream without a header.`)
      decodeSamples(content, stream, file)
    }
  }
  return [...streams.values()].map(({ info, times, values, texts }) => ({ info, times: Float64Array.from(times), values: Float64Array.from(values), texts }))
}

interface Collected {
  info: XdfInfo
  times: number[]
  values: number[]
  texts: string[]
}

const WIDTHS: Record<XdfFormat, number> = { float32: 4, double64: 8, string: 0, int8: 1, int16: 2, int32: 4, int64: 8 }

function decodeSamples(content: Uint8Array, stream: Collected, file: string): void {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  const { length: count, next } = decodeLength(content, 4, file)
  const { format, channels, rateHz } = stream.info
  const width = WIDTHS[format]
  let at = next
  for (let sample = 0; sample < count; sample++) {
    const stamped = content[at] === 8
    if (at + (stamped ? 9 : 1) + width * channels > content.length) throw truncated(file, at)
    // A sample without a time follows the one before it at the nominal rate.
    const previous = stream.times.at(-1) ?? 0
    stream.times.push(stamped ? view.getFloat64(at + 1, true) : previous + (rateHz > 0 ? 1 / rateHz : 0))
    at += stamped ? 9 : 1
    for (let channel = 0; channel < channels; channel++) {
      if (format === 'string') {
        const { length, next: start } = decodeLength(content, at, file)
        if (start + length > content.length) throw truncated(file, at)
        stream.texts.push(text(content.subarray(start, start + length)))
        at = start + length
      } else {
        stream.values.push(readValue(view, at, format))
        at += width
      }
    }
  }
}

function readValue(view: DataView, at: number, format: Exclude<XdfFormat, 'string'>): number {
  switch (format) {
    case 'float32':
      return view.getFloat32(at, true)
    case 'double64':
      return view.getFloat64(at, true)
    case 'int8':
      return view.getInt8(at)
    case 'int16':
      return view.getInt16(at, true)
    case 'int32':
      return view.getInt32(at, true)
    case 'int64':
      return Number(view.getBigInt64(at, true))
  }
}

function parseInfo(header: string, file: string): XdfInfo {
  const field = (name: string): string => header.match(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`))?.[1] ?? ''
  const format = field('channel_format')
  const channels = Number(field('channel_count'))
  if (!Object.hasOwn(WIDTHS, format) || !Number.isInteger(channels) || channels < 1 || channels > 4096) {
    throw new KalamosError('decode-failed', `${file}: the stream "${field('name')}" has ${field('channel_count') || 'no'} channels of format "${format}".`)
  }
  return {
    name: unescapeXml(field('name')),
    type: unescapeXml(field('type')),
    format: format as XdfFormat,
    channels,
    rateHz: Number(field('nominal_srate')) || 0,
    description: field('desc'),
  }
}

function streamId(content: Uint8Array, file: string): number {
  if (content.length < 4) throw truncated(file, 0)
  return new DataView(content.buffer, content.byteOffset).getUint32(0, true)
}

function u32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function xml(body: string): Uint8Array {
  return Buffer.from(`<?xml version="1.0"?>${body}`, 'utf8')
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

export function escapeXml(plain: string): string {
  return plain.replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}

export function unescapeXml(escaped: string): string {
  return escaped.replace(/&(amp|lt|gt|quot|apos);/g, (entity) => Object.keys(ENTITIES).find((key) => ENTITIES[key] === entity)!)
}
