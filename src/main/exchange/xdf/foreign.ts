import { basename } from 'node:path'
import { parseChannels } from '../fields.ts'
import { Frames } from '../frames.ts'
import type { Entry } from '../recording.ts'
import type { XdfSamples } from './decode.ts'
import { unescapeXml, type XdfInfo } from './streams.ts'

interface Pen {
  info: XdfInfo
  frames: Frames
  channels: ReturnType<typeof parseChannels>
}

/** Streams of other recorders: a pen among them is known by the labels and units of its channels. */
export class ForeignStreams {
  readonly #path: string
  readonly #pens = new Map<number, Pen>()
  readonly #markers: { time: number; text: string }[] = []

  constructor(path: string) {
    this.#path = path
  }

  take(id: number, info: XdfInfo, { times, values, texts }: XdfSamples): void {
    if (info.format === 'string') {
      times.forEach((time, at) => this.#markers.push({ time, text: texts[at * info.channels] ?? '' }))
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

  /** One recording for each marker, from it to the next one; the whole stream where there is none. */
  *recordings(): Generator<Entry> {
    const markers = this.#markers.sort((a, b) => a.time - b.time)
    for (const { info, frames, channels } of this.#pens.values()) {
      const place = { where: `stream ${info.name}`, share: 1 }
      if ('reason' in channels || channels.channels.length !== info.channels) {
        yield { ...place, reason: 'reason' in channels ? `is no pen's: ${channels.reason}` : 'does not name its channels' }
        continue
      }
      if (frames.fault !== null) {
        yield { ...place, reason: frames.fault }
        continue
      }
      const whole = frames.signal(channels.channels, info.rateHz || rateOf(frames.times()))
      if (!(whole.rateHz > 0)) {
        yield { ...place, reason: 'has no rate' }
        continue
      }
      const cuts = markers.length === 0 ? [{ time: -Infinity, text: '' }] : markers
      for (const [at, { time, text }] of cuts.entries()) {
        const [from, to] = [time, cuts[at + 1]?.time ?? Infinity].map((seconds) => whole.deviceMicros.findIndex((micros) => micros >= seconds * 1e6))
        const [first, end] = [from === -1 ? whole.frames : from!, to === -1 ? whole.frames : to!]
        const where = `${place.where}, ${text === '' ? 'whole' : `marker ${JSON.stringify(text)}`}`
        if (end <= first) yield { ...place, where, reason: 'has no frames in its time' }
        else {
          yield {
            ...place,
            where,
            recording: {
              id: `xdf ${info.name}`,
              writer: basename(this.#path).replace(/\.xdf$/i, ''),
              handedness: 'unknown',
              virtual: false,
              label: text === '' ? null : text,
              state: 'finished',
              startedAt: null,
              session: { key: info.name, device: info.name || 'unknown', startedAt: null, endedAt: null, origin: 'imported', profile: null },
              signal: {
                ...whole,
                frames: end - first,
                values: whole.values.slice(first * info.channels, end * info.channels),
                deviceMicros: whole.deviceMicros.slice(first, end),
                hostMillis: whole.hostMillis.slice(first, end),
              },
            },
          }
        }
      }
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

function rateOf(micros: Float64Array): number {
  return micros.length < 2 ? NaN : ((micros.length - 1) * 1e6) / (micros.at(-1)! - micros[0]!)
}
