import { basename } from 'node:path'
import type { Signal } from '../../../shared/signal.ts'
import { parseChannels } from '../fields.ts'
import { Frames } from '../frames.ts'
import type { Entry, ExchangeRecording } from '../recording.ts'
import { cutSignal, checkedTiming } from '../timing.ts'
import { alignedTimes, type ClockOffset } from './clock-offsets.ts'
import type { XdfSamples } from './decode.ts'
import { unescapeXml, type XdfInfo } from './streams.ts'
import { elementText, elementTexts } from './xml.ts'

/** So many channels are named in a reason. */
const LABELS_TOLD = 4
/** A marker comes this long before the frames of a part at most (s). */
const LEAD_S = 5

/** Where a word begins: a time in seconds, and what is written from it on. */
interface Place {
  time: number
  text: string
}

interface Marker extends Place {
  stream: number
}

interface Pen {
  info: XdfInfo
  frames: Frames
  channels: ReturnType<typeof parseChannels>
}

/** Streams of other recorders: a pen among them is known by the labels and units of its channels. */
export class ForeignStreams {
  readonly #path: string
  readonly #allStreams: boolean
  readonly #pens = new Map<number, Pen>()
  readonly #markers: Marker[] = []

  /** With `allStreams`, also streams whose channels name no sensor of a pen are taken. */
  constructor(path: string, allStreams: boolean) {
    this.#path = path
    this.#allStreams = allStreams
  }

  take(id: number, info: XdfInfo, { times, values, texts }: XdfSamples): void {
    if (info.format === 'string') {
      times.forEach((time, at) => this.#markers.push({ stream: id, time, text: texts[at * info.channels] ?? '' }))
      return
    }
    const pen = this.#pens.get(id) ?? {
      info,
      frames: new Frames(info.channels),
      channels: channelsOf(info.description, this.#allStreams),
    }
    this.#pens.set(id, pen)
    if ('reason' in pen.channels || pen.channels.channels.length !== info.channels) return
    const { scales } = pen.channels
    for (let row = 0; row < times.length; row++) {
      const frame = Array.from(
        values.subarray(row * info.channels, (row + 1) * info.channels),
        (value, at) => value * scales[at]!,
      )
      pen.frames.add(frame, { deviceMicros: times[row]! * 1e6, hostMillis: NaN, lost: 0 })
    }
  }

  /**
   * One recording for each marker, from it to the next one; the whole stream where there is none. `measured` are the
   * offsets of the streams' clocks: with them all times are the recorder's, so that streams of several machines fit
   * together. The last word of each stream has the state `last`.
   */
  *recordings(
    measured: ReadonlyMap<number, readonly ClockOffset[]>,
    last: ExchangeRecording['state'],
  ): Generator<Entry> {
    const markers = this.#alignedMarkers(measured)
    for (const [stream, { info, frames, channels }] of this.#pens) {
      const place = { where: `stream ${info.name}`, share: 1 }
      if ('reason' in channels || channels.channels.length !== info.channels) {
        yield {
          ...place,
          reason: 'reason' in channels ? `is no pen's: ${channels.reason}` : 'does not name its channels',
        }
        continue
      }
      if (frames.fault !== null) {
        yield { ...place, reason: frames.fault }
        continue
      }
      const times = alignedTimes(
        frames.times().map((micros) => micros / 1e6),
        measured.get(stream) ?? [],
      )
      if (times === null || markers === null) {
        yield {
          ...place,
          reason:
            markers === null
              ? 'the clock of its markers began anew while they were recorded'
              : 'its clock began anew while it was recorded',
        }
        continue
      }
      const whole = {
        ...frames.signal(channels.channels, info.rateHz),
        deviceMicros: times.map((seconds) => seconds * 1e6),
      }
      const sound = checkedTiming(whole, false)
      if ('reason' in sound) {
        yield { ...place, reason: sound.reason }
        continue
      }
      for (const note of sound.notes) yield { ...place, note }
      yield* this.#words(
        info,
        sound.parts.map(({ signal }) => signal),
        { markers, last },
      )
    }
  }

  /** All markers on the recorder's clock; null where that cannot be known. */
  #alignedMarkers(measured: ReadonlyMap<number, readonly ClockOffset[]>): Place[] | null {
    const aligned: Place[] = []
    for (const stream of new Set(this.#markers.map((marker) => marker.stream))) {
      const own = this.#markers.filter((marker) => marker.stream === stream)
      const times = alignedTimes(
        Float64Array.from(own, ({ time }) => time),
        measured.get(stream) ?? [],
      )
      if (times === null) return null
      own.forEach(({ text }, at) => aligned.push({ time: times[at]!, text }))
    }
    return aligned.sort((a, b) => a.time - b.time)
  }

  /** The words of each part; a part whose clock began anew has the markers that lie in its time. */
  *#words(
    info: XdfInfo,
    parts: readonly Signal[],
    { markers, last }: { markers: readonly Place[]; last: ExchangeRecording['state'] },
  ): Generator<Entry> {
    for (const [number, part] of parts.entries()) {
      const [begin, end] = [part.deviceMicros[0]! / 1e6, part.deviceMicros[part.frames - 1]! / 1e6]
      const own = parts.length === 1 ? markers : markers.filter(({ time }) => time >= begin - LEAD_S && time <= end)
      const where = parts.length === 1 ? `stream ${info.name}` : `stream ${info.name}, part ${number + 1}`
      yield* this.#wordsOf(info, part, {
        markers: own,
        stream: where,
        last: number === parts.length - 1 ? last : 'finished',
      })
    }
  }

  *#wordsOf(
    info: XdfInfo,
    whole: Signal,
    { markers, stream, last }: { markers: readonly Place[]; stream: string; last: ExchangeRecording['state'] },
  ): Generator<Entry> {
    const cuts = markers.length === 0 ? [{ time: -Infinity, text: '' }] : markers
    const latest = risingTimes(whole.deviceMicros)
    const frameAt = (seconds: number): number => firstFrom(latest, seconds * 1e6)
    for (const [at, { time, text }] of cuts.entries()) {
      const [first, end] = [frameAt(time), frameAt(cuts[at + 1]?.time ?? Infinity)]
      const place = { where: `${stream}, ${text === '' ? 'whole' : `marker ${JSON.stringify(text)}`}`, share: 1 }
      if (end <= first) yield { ...place, reason: 'has no frames in its time' }
      else
        yield {
          ...place,
          recording: this.#recording(
            info,
            text,
            cutSignal(whole, first, end),
            end === whole.frames ? last : 'finished',
          ),
        }
    }
  }

  #recording(info: XdfInfo, label: string, signal: Signal, state: ExchangeRecording['state']): ExchangeRecording {
    return {
      id: `xdf ${info.name}`,
      writer: basename(this.#path).replace(/\.xdf$/i, ''),
      handedness: 'unknown',
      virtual: false,
      label: label === '' ? null : label,
      state,
      startedAt: null,
      session: {
        key: info.name,
        device: info.name || 'unknown',
        startedAt: null,
        endedAt: null,
        origin: 'imported',
        profile: null,
      },
      signal,
    }
  }
}

/**
 * The latest time up to each frame: with them, the first frame from a time on is found fast, also where times run back.
 */
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

/** What sensors of a pen are called; raw counts say nothing of themselves. */
const SENSOR = /^(a|acc|accel|accelerometer|g|gyr|gyro|m|mag|magnetometer)\d?_?[xyz]$|^(force|pressure|tip)/

function channelsOf(description: string, allStreams: boolean): ReturnType<typeof parseChannels> {
  const channels = [...elementTexts(description, 'channel')]
  const field = (text: string, name: string): string => unescapeXml(elementText(text, name) ?? '').trim()
  const labels = channels.map((text) => field(text, 'label').toLowerCase().replace(/[ .-]/g, '_'))
  const known = parseChannels(
    labels,
    channels.map((text) => field(text, 'unit') || 'count'),
  )
  if (
    allStreams ||
    'reason' in known ||
    known.channels.length === 0 ||
    known.channels.some(({ name, unit }) => unit !== 'count' || SENSOR.test(name))
  )
    return known
  return {
    reason:
      `its channels (${labels.slice(0, LABELS_TOLD).join(', ')}) name no sensor of a pen and no unit of one; say ` +
      'so if it is one all the same',
  }
}
