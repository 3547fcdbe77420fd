import { KalamosError } from '../../../shared/errors.ts'
import type { Signal } from '../../../shared/signal.ts'
import { partsOfColumn } from '../channel-columns.ts'
import { parseChannels, parseFields, recordingOf } from '../fields.ts'
import { FileBytes } from '../file-bytes.ts'
import type { Entry } from '../recording.ts'
import { chunksOf, TAG, truncated, type Break } from './chunks.ts'
import { XdfDecoder, type XdfSamples } from './decode.ts'
import { ForeignStreams } from './foreign.ts'
import { unescapeXml, type XdfInfo } from './streams.ts'
import { CLOCK_CHANNELS } from './write.ts'
import { elementText } from './xml.ts'

/** A stream of Kalamos's pen while it is read: the rows of the recording that is still coming. */
interface OwnStream {
  channels: Signal['channels']
  rows: Float64Array[]
  recording: number
}

/**
 * Reads a file chunk by chunk. Streams of Kalamos come back as they were; of other recorders (LabRecorder), every
 * stream with the channels of a pen is cut at the markers of the file, where it has any, all on the recorder's clock.
 * Of a file that breaks off, what is whole comes in, the last word as interrupted, and the break is told. Throws
 * `decode-failed`, `invalid-input`.
 */
export async function* readXdf(path: string, allStreams = false): AsyncGenerator<Entry> {
  const file = new FileBytes(path)
  try {
    const decoder = new XdfDecoder(path)
    const own = new Map<number, OwnStream | null>()
    const details = new Map<number, Record<string, unknown>>()
    const foreign = new ForeignStreams(path, allStreams)
    let broken: Break | null = null
    for (const next of chunksOf(file)) {
      if ('broken' in next) broken = next.broken
      const share = 'broken' in next ? 1 : next.share
      const found = 'broken' in next ? restOf(decoder, next.broken) : decoder.take(next.chunk)
      if (found === null) continue
      const { id, samples } = found
      const info = decoder.streams.get(id)!
      if (!own.has(id)) own.set(id, ownStream(info))
      const stream = own.get(id)
      if (stream != null) yield* takeRows(stream, samples, info, details, share)
      else if (info.format === 'string' && info.channels === 2 && info.description.startsWith('<samples>'))
        takeDetails(details, samples)
      else foreign.take(id, info, samples)
    }
    // A break in samples cut the last word; in a footer it cut nothing.
    const cut = broken !== null && (broken.rest === null || broken.rest.tag === TAG.samples)
    for (const stream of own.values())
      if (stream !== null) yield* finish(stream, details, 1, cut ? 'interrupted' : null)
    yield* foreign.recordings(decoder.clockOffsets, cut ? 'interrupted' : 'finished')
    if (broken !== null && decoder.streams.size === 0) throw truncated(path, broken.offset)
    if (broken !== null)
      yield {
        where: 'the end of the file',
        share: 1,
        reason: `it breaks off at byte ${broken.offset}; what is whole before came in`,
      }
    if (decoder.streams.size === 0)
      throw new KalamosError('empty-recording', `${path} has no stream.`, 'Record something first.')
  } finally {
    file.close()
  }
}

/** The whole samples of a chunk that breaks off; null where not even its beginning can be read. */
function restOf(decoder: XdfDecoder, { rest }: Break): ReturnType<XdfDecoder['take']> {
  if (rest?.tag !== TAG.samples) return null
  try {
    return decoder.take(rest, 'rest')
  } catch (error) {
    if (error instanceof KalamosError) return null
    throw error
  }
}

function ownStream({ description, channels, format }: XdfInfo): OwnStream | null {
  const text = elementText(description, 'kalamos')
  if (text === undefined || format !== 'double64') return null
  try {
    const { channels: names } = JSON.parse(unescapeXml(text)) as { channels?: unknown }
    if (!Array.isArray(names) || names.length !== channels - CLOCK_CHANNELS.length) return null
    const parts = names.map((name) => partsOfColumn(String(name)))
    if (parts.includes(null)) return null
    const known = parseChannels(
      parts.map((part) => part!.name),
      parts.map((part) => part!.unit),
    )
    return 'reason' in known ? null : { channels: known.channels, rows: [], recording: NaN }
  } catch {
    return null
  }
}

function takeDetails(details: Map<number, Record<string, unknown>>, { texts }: XdfSamples): void {
  for (let at = 1; at < texts.length; at += 2) {
    try {
      const fields = JSON.parse(texts[at]!) as Record<string, unknown>
      if (typeof fields['recording'] === 'number') details.set(fields['recording'], fields)
    } catch {
      // A word without its details is refused by its number, where its samples end.
    }
  }
}

function* takeRows(
  stream: OwnStream,
  { values }: XdfSamples,
  { channels: width }: XdfInfo,
  details: Map<number, Record<string, unknown>>,
  share: number,
): Generator<Entry> {
  let from = 0
  const rows = values.length / width
  for (let row = 0; row < rows; row++) {
    const recording = values[row * width + width - 1]!
    if (recording === stream.recording) continue
    if (row > from) stream.rows.push(values.slice(from * width, row * width))
    yield* finish(stream, details, share)
    ;[stream.recording, from] = [recording, row]
  }
  if (rows > from) stream.rows.push(values.slice(from * width))
}

function* finish(
  stream: OwnStream,
  details: Map<number, Record<string, unknown>>,
  share: number,
  state: 'interrupted' | null = null,
): Generator<Entry> {
  if (stream.rows.length === 0) return
  const { channels, recording } = stream
  const place = { where: `recording ${recording}`, share }
  const fields = details.get(recording)
  details.delete(recording)
  if (fields !== undefined && state !== null) fields['state'] = state
  const parsed = fields === undefined ? { reason: 'has no details: who wrote it is not known' } : parseFields(fields)
  if ('reason' in parsed) yield { ...place, reason: parsed.reason }
  else yield { ...place, recording: recordingOf(parsed.fields, signalOf(stream.rows, channels, parsed.fields.rate_hz)) }
  stream.rows = []
}

function signalOf(parts: readonly Float64Array[], channels: Signal['channels'], rateHz: number): Signal {
  const width = channels.length + CLOCK_CHANNELS.length
  const frames = parts.reduce((sum, part) => sum + part.length, 0) / width
  const signal = {
    channels,
    rateHz,
    frames,
    values: new Float32Array(frames * channels.length),
    deviceMicros: new Float64Array(frames),
    hostMillis: new Float64Array(frames),
    gaps: [] as { at: number; lost: number }[],
  }
  let frame = 0
  for (const part of parts) {
    for (let at = 0; at < part.length; at += width, frame++) {
      signal.values.set(part.subarray(at, at + channels.length), frame * channels.length)
      const [device, host, lost] = part.subarray(at + channels.length, at + width)
      signal.deviceMicros[frame] = device!
      signal.hostMillis[frame] = host!
      if (lost! > 0) signal.gaps.push({ at: frame, lost: lost! })
    }
  }
  return signal
}
