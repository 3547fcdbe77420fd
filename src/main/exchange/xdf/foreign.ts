import { basename } from 'node:path'
import type { Signal } from '../../../shared/signal.ts'
import { parseChannels } from '../fields.ts'
import { Frames } from '../frames.ts'
import type { Entry, ExchangeRecording } from '../recording.ts'
import { cutSignal, soundTiming } from '../timing.ts'
import { alignedTimes, type ClockOffset } from './clock-offsets.ts'
import type { XdfSamples } from './decode.ts'
import { unescapeXml, type XdfInfo } from './streams.ts'

/** A marker comes this long before the frames of a part at most (s). */
const LEAD_S = 5

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
    const markers = this.#alignedMarkers(measured)
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
      const times = alignedTimes(frames.times().map((micros) => micros / 1e6), measured.get(stream) ?? [])
      if (times === null || markers === null) {
        yield { ...place, reason: markers === null ? 'the clock of its markers began anew while they were recorded' : 'its clock began anew while it was recorded' }
        continue
      }
      const whole = { ...frames.signal(channels.channels, info.rateHz), deviceMicros: times.map((seconds) => seconds * 1e6) }
      const sound = soundTiming(whole, false)
      if ('reason' in sound) {
        yield { ...place, reason: sound.reason }
        continue
      }
      for (const note of sound.notes) yield { ...place, note }
      yield* this.#words(info, sound.parts.map(({ signal }) => signal), markers)
    }
  }

  /** All markers on the recorder's clock; null where that cannot be known. */
  #alignedMarkers(measured: ReadonlyMap<number, readonly ClockOffset[]>): Omit<Marker, 'stream'>[] | null {
    const aligned: Omit<Marker, 'stream'>[] = []
    for (const stream of new Set(this.#markers.map((marker) => marker.stream))) {
      const own = this.#markers.filter((marker) => marker.stream === stream)
      const times = alignedTimes(Float64Array.from(own, ({ time }) => time), measured.get(stream) ?? [])
      if (times === null) return null
      own.forEach(({ text }, at) => aligned.push({ time: times[at]!, text }))
    }
    return aligned.sort((a, b) => a.time - b.time)
  }

  /** The words of each part; a part whose clock began anew has the markers that lie in its time. */
  *#words(info: XdfInfo, parts: readonly Signal[], markers: readonly Omit<Marker, 'stream'>[]): Generator<Entry> {
    for (const [number, part] of parts.entries()) {
      const [begin, end] = [part.deviceMicros[0]! / 1e6, part.deviceMicros[part.frames - 1]! / 1e6]
      const own = parts.length === 1 ? markers : markers.filter(({ time }) => time >= begin - LEAD_S && time <= end)
      const where = parts.length === 1 ? `stream ${info.name}` : `stream ${info.name}, part ${number + 1}`
      yield* this.#wordsOf(info, part, own, where)
    }
  }

  *#wordsOf(info: XdfInfo, whole: Signal, markers: readonly Omit<Marker, 'stream'>[], stream: string): Generator<Entry> {
    const cuts = markers.length === 0 ? [{ time: -Infinity, text: '' }] : markers
    const frameAt = (seconds: number): number => {
      const found = seconds === -Infinity ? 0 : whole.deviceMicros.findIndex((micros) => micros >= seconds * 1e6)
      return found === -1 ? whole.frames : found
    }
    for (const [at, { time, text }] of cuts.entries()) {
      const [first, end] = [frameAt(time), frameAt(cuts[at + 1]?.time ?? Infinity)]
      const place = { where: `${stream}, ${text === '' ? 'whole' : `marker ${JSON.stringify(text)}`}`, share: 1 }
      if (end <= first) yield { ...place, reason: 'has no frames in its time' }
      else yield { ...place, recording: this.#recording(info, text, cutSignal(whole, first, end)) }
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

function channelsOf(description: string): ReturnType<typeof parseChannels> {
  const channels = [...description.matchAll(/<channel>([\s\S]*?)<\/channel>/g)].map(([, text]) => text!)
  const field = (text: string, name: string): string => unescapeXml(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(text)?.[1] ?? '').trim()
  return parseChannels(
    channels.map((text) => field(text, 'label').toLowerCase().replace(/[ .-]/g, '_')),
    channels.map((text) => field(text, 'unit') || 'count'),
  )
}
