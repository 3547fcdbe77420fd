import { basename } from 'node:path'
import type { Signal } from '../../../shared/signal.ts'
import { parseChannels } from '../fields.ts'
import { Frames } from '../frames.ts'
import type { Entry, ExchangeRecording } from '../recording.ts'
import { clockRestarted, offsetsOf, type ClockOffset } from './clock-offsets.ts'
import type { XdfSamples } from './decode.ts'
import { unescapeXml, type XdfInfo } from './streams.ts'
import { elementText, elementTexts } from './xml.ts'

interface Marker {
  stream: number
  time: number
  text: string
}

interface Pen {
  info: XdfInfo
  frames: Frames
  channels: ReturnType<typeof parseChannels>
}

/** Streams of other recorders: a pen among them is known by the labels and units of its channels. */
export class ForeignStreams {
  readonly #path: string
  readonly #pens = new Map<number, Pen>()
  readonly #markers: Marker[] = []

  constructor(path: string) {
    this.#path = path
  }

  take(id: number, info: XdfInfo, { times, values, texts }: XdfSamples): void {
    if (info.format === 'string') {
      times.forEach((time, at) => this.#markers.push({ stream: id, time, text: texts[at * info.channels] ?? '' }))
      return
    }
    const pen = this.#pens.get(id) ?? { info, frames: new Frames(info.channels), channels: channelsOf(info.description) }
    this.#pens.set(id, pen)
    if ('reason' in pen.channels || pen.channels.channels.length !== info.channels) return
    const { scales } = pen.channels
    for (let row = 0; row < times.length; row++) {
      const frame = Array.from(values.subarray(row * info.channels, (row + 1) * info.channels), (value, at) => value * scales[at]!)
      pen.frames.add(frame, { deviceMicros: times[row]! * 1e6, hostMillis: NaN, lost: 0 })
    }
  }

  /**
   * One recording for each marker, from it to the next one; the whole stream where there is none. `measured` are the offsets
   * of the streams' clocks: with them all times are the recorder's, so that streams of several machines fit together.
   */
  *recordings(measured: ReadonlyMap<number, readonly ClockOffset[]>): Generator<Entry> {
    const measuredOf = (stream: number): readonly ClockOffset[] => measured.get(stream) ?? []
    const added = new Map([...new Set(this.#markers.map(({ stream }) => stream))].map((stream) => [stream, offsetsOf(measuredOf(stream))]))
    const markers = this.#markers.map(({ stream, time, text }) => ({ time: time + added.get(stream)!(time), text })).sort((a, b) => a.time - b.time)
    const markersAdrift = [...added.keys()].some((stream) => clockRestarted(measuredOf(stream)))
    for (const [stream, { info, frames, channels }] of this.#pens) {
      const place = { where: `stream ${info.name}`, share: 1 }
      if ('reason' in channels || channels.channels.length !== info.channels) {
        yield { ...place, reason: 'reason' in channels ? `is no pen's: ${channels.reason}` : 'does not name its channels' }
        continue
      }
      if (frames.fault !== null) {
        yield { ...place, reason: frames.fault }
        continue
      }
      if (markersAdrift || clockRestarted(measuredOf(stream))) {
        yield { ...place, reason: markersAdrift ? 'the clock of its markers began anew while they were recorded' : 'its clock began anew while it was recorded' }
        continue
      }
      const offsetAt = offsetsOf(measuredOf(stream))
      const deviceMicros = frames.times().map((micros) => micros + offsetAt(micros / 1e6) * 1e6)
      const whole = { ...frames.signal(channels.channels, info.rateHz || rateOf(deviceMicros)), deviceMicros }
      if (whole.rateHz > 0) yield* this.#words(info, whole, markers)
      else yield { ...place, reason: 'has no rate' }
    }
  }

  *#words(info: XdfInfo, whole: Signal, markers: readonly Omit<Marker, 'stream'>[]): Generator<Entry> {
    const cuts = markers.length === 0 ? [{ time: -Infinity, text: '' }] : markers
    const latest = risingTimes(whole.deviceMicros)
    const frameAt = (seconds: number): number => firstFrom(latest, seconds * 1e6)
    for (const [at, { time, text }] of cuts.entries()) {
      const [first, end] = [frameAt(time), frameAt(cuts[at + 1]?.time ?? Infinity)]
      const place = { where: `stream ${info.name}, ${text === '' ? 'whole' : `marker ${JSON.stringify(text)}`}`, share: 1 }
      if (end <= first) yield { ...place, reason: 'has no frames in its time' }
      else yield { ...place, recording: this.#recording(info, text, part(whole, first, end)) }
    }
  }

  #recording(info: XdfInfo, label: string, signal: Signal): ExchangeRecording {
    return {
      id: `xdf ${info.name}`,
      writer: basename(this.#path).replace(/\.xdf$/i, ''),
      handedness: 'unknown',
      virtual: false,
      label: label === '' ? null : label,
      state: 'finished',
      startedAt: null,
      session: { key: info.name, device: info.name || 'unknown', startedAt: null, endedAt: null, origin: 'imported', profile: null },
      signal,
    }
  }
}

/** The latest time up to each frame: with them, the first frame from a time on is found fast, also where times run back. */
function risingTimes(micros: Float64Array): Float64Array {
  let latest = -Infinity
  return micros.map((time) => (latest = time > latest ? time : latest))
}

/** The first place that holds `wanted` or more, in numbers that never fall; their count where none does. */
function firstFrom(rising: Float64Array, wanted: number): number {
  let [from, to] = [0, rising.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (rising[middle]! >= wanted) to = middle
    else from = middle + 1
  }
  return from
}

/** Frames `first` up to `end`; streams of other recorders know of no gaps. */
function part(whole: Signal, first: number, end: number): Signal {
  const width = whole.channels.length
  return {
    ...whole,
    frames: end - first,
    values: whole.values.slice(first * width, end * width),
    deviceMicros: whole.deviceMicros.slice(first, end),
    hostMillis: whole.hostMillis.slice(first, end),
  }
}

function channelsOf(description: string): ReturnType<typeof parseChannels> {
  const channels = [...elementTexts(description, 'channel')]
  const field = (text: string, name: string): string => unescapeXml(elementText(text, name) ?? '').trim()
  return parseChannels(
    channels.map((text) => field(text, 'label').toLowerCase().replace(/[ .-]/g, '_')),
    channels.map((text) => field(text, 'unit') || 'count'),
  )
}

function rateOf(micros: Float64Array): number {
  return micros.length < 2 ? NaN : ((micros.length - 1) * 1e6) / (micros.at(-1)! - micros[0]!)
}
