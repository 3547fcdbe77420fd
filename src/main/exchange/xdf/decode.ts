import { KalamosError } from '../../../shared/errors.ts'
import { TAG, decodeChunks, decodeLength, truncated, type Chunk } from './chunks.ts'
import { decodeClockOffset, type ClockOffset } from './clock-offsets.ts'
import { unescapeXml, type XdfFormat, type XdfInfo } from './streams.ts'
import { elementText } from './xml.ts'

/** Samples of a stream. Values are row by row; text streams have `texts`, others `values`. */
export interface XdfSamples {
  /** Seconds on the clock of the stream's machine, per sample. */
  times: Float64Array
  values: Float64Array
  texts: string[]
}

/** A stream of a file that was read whole. */
export interface XdfStream extends XdfSamples {
  info: XdfInfo
}

/** Reads all streams of a file, in the order of their headers. Throws `decode-failed`. */
export function decodeStreams(bytes: Uint8Array, file: string): XdfStream[] {
  const decoder = new XdfDecoder(file)
  const parts = new Map<number, XdfSamples[]>()
  for (const chunk of decodeChunks(bytes, file)) {
    const found = decoder.take(chunk)
    if (found !== null) parts.set(found.id, [...(parts.get(found.id) ?? []), found.samples])
  }
  return [...decoder.streams].map(([id, info]) => ({ info, ...joined(parts.get(id) ?? []) }))
}

/** Reads a file chunk by chunk: keeps the headers and the measurements of clocks, gives the samples of each chunk. */
export class XdfDecoder {
  readonly streams = new Map<number, XdfInfo>()
  /** By stream, in the order of the file. */
  readonly clockOffsets = new Map<number, ClockOffset[]>()
  readonly #file: string
  readonly #lastTimes = new Map<number, number>()

  constructor(file: string) {
    this.#file = file
  }

  /**
   * The samples in a chunk, with the number of their stream; null for chunks of other kinds. Of the `rest` of one that
   * breaks off, the samples that are whole. Throws `decode-failed`.
   */
  take({ tag, content }: Chunk, part: 'whole' | 'rest' = 'whole'): { id: number; samples: XdfSamples } | null {
    if (tag === TAG.streamHeader)
      this.streams.set(streamId(content, this.#file), parseInfo(text(content.subarray(4)), this.#file))
    if (tag === TAG.clockOffset) this.#measure(content)
    if (tag !== TAG.samples) return null
    const id = streamId(content, this.#file)
    const info = this.streams.get(id)
    if (!info)
      throw new KalamosError(
        'decode-failed',
        `${this.#file} has samples of a stream without a header.`,
        'Copy the file again, or record it again.',
      )
    const samples = decodeSamples(content, info, this.#lastTimes.get(id) ?? 0, { file: this.#file, part })
    this.#lastTimes.set(id, samples.times.at(-1) ?? this.#lastTimes.get(id) ?? 0)
    return { id, samples }
  }

  #measure(content: Uint8Array): void {
    const { id, measured } = decodeClockOffset(content, this.#file)
    const known = this.clockOffsets.get(id)
    if (known === undefined) this.clockOffsets.set(id, [measured])
    else known.push(measured)
  }
}

function joined(parts: readonly XdfSamples[]): XdfSamples {
  return {
    times: Float64Array.from(parts.flatMap(({ times }) => [...times])),
    values: Float64Array.from(parts.flatMap(({ values }) => [...values])),
    texts: parts.flatMap(({ texts }) => texts),
  }
}

const WIDTHS: Record<XdfFormat, number> = { float32: 4, double64: 8, string: 0, int8: 1, int16: 2, int32: 4, int64: 8 }

function decodeSamples(
  content: Uint8Array,
  { format, channels, rateHz }: XdfInfo,
  before: number,
  { file, part }: { file: string; part: 'whole' | 'rest' },
): XdfSamples {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  const { length: count, next } = decodeLength(content, 4, file)
  const width = WIDTHS[format]
  // A sample takes a byte at least, so a count beyond that is damage and not worth its memory.
  const most = Math.floor(content.length / Math.max(1, channels * width))
  if (part === 'whole' && (count > content.length || (format !== 'string' && count > most))) throw truncated(file, next)
  const expected = part === 'whole' ? count : Math.min(count, most)
  const times = new Float64Array(expected)
  const values = new Float64Array(format === 'string' ? 0 : expected * channels)
  const texts: string[] = []
  /** Reads the sample that begins at `from`, and tells where it ends. */
  const take = (sample: number, from: number): number => {
    const stamped = content[from] === 8
    let at = from + (stamped ? 9 : 1)
    if (at + width * channels > content.length) throw truncated(file, from)
    // A sample without a time follows the one before it at the nominal rate.
    times[sample] = stamped
      ? view.getFloat64(from + 1, true)
      : (sample > 0 ? times[sample - 1]! : before) + (rateHz > 0 ? 1 / rateHz : 0)
    for (let channel = 0; channel < channels; channel++) {
      if (format === 'string') {
        const { length, next: start } = decodeLength(content, at, file)
        if (start + length > content.length) throw truncated(file, at)
        texts[sample * channels + channel] = text(content.subarray(start, start + length))
        at = start + length
      } else {
        values[sample * channels + channel] = readValue(view, at, format)
        at += width
      }
    }
    return at
  }
  let [at, whole] = [next, 0]
  try {
    for (; whole < expected; whole++) at = take(whole, at)
  } catch (error) {
    if (part === 'whole' || !(error instanceof KalamosError)) throw error
  }
  return {
    times: times.subarray(0, whole),
    values: values.subarray(0, whole * channels),
    texts: texts.slice(0, whole * channels),
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
  const field = (name: string): string => elementText(header, name) ?? ''
  const format = field('channel_format')
  const channels = Number(field('channel_count'))
  if (!Object.hasOwn(WIDTHS, format) || !Number.isInteger(channels) || channels < 1 || channels > 4096) {
    throw new KalamosError(
      'decode-failed',
      `${file}: the stream "${field('name')}" has ${field('channel_count') || 'no'} channels of format "${format}".`,
    )
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

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}
