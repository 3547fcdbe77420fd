import { columnName } from '../channel-columns.ts'
import { fieldsOf } from '../fields.ts'
import { OutputFile } from '../output-file.ts'
import type { ExchangeRecording, RecordingSink, WriteContext } from '../recording.ts'
import {
  encodeFileHeader,
  encodeNumbers,
  encodeStreamFooter,
  encodeStreamHeader,
  encodeTexts,
  escapeXml,
} from './streams.ts'

/** Channels of a stream after those of the pen: what a time in seconds alone does not tell. */
export const CLOCK_CHANNELS = ['device_us', 'host_ms', 'lost_before', 'recording'] as const

interface Stream {
  id: number
  words: number
  last: number
  samples: { first: number; last: number; count: number }
  markers: { first: number; last: number; count: number }
}

/** Two streams for each session: the pen's samples, and its words as markers with what is known of each. */
export async function writeXdf({ path }: WriteContext): Promise<RecordingSink> {
  const file = await OutputFile.create(path)
  await file.write(encodeFileHeader())
  const streams = new Map<string, Stream>()
  let number = 0
  return {
    write: async (recording) => {
      const { writer, session, signal } = recording
      const key = JSON.stringify([writer, session.key, signal.channels, signal.rateHz])
      const stream = streams.get(key) ?? newStream(streams.size)
      if (!streams.has(key)) {
        streams.set(key, stream)
        await file.write(penHeader(stream.id, recording))
        await file.write(
          encodeStreamHeader(stream.words, {
            name: `${session.device} words of ${writer}`,
            type: 'Markers',
            format: 'string',
            channels: 2,
            rateHz: 0,
            description: `<samples>${stream.id}</samples>`,
          }),
        )
      }
      const times = timesFor(recording, stream)
      const start = Float64Array.of(times[0]!)
      await file.write(
        encodeTexts(
          stream.words,
          start,
          [recording.label ?? '', JSON.stringify({ recording: ++number, ...fieldsOf(recording) })],
          2,
        ),
      )
      await file.write(
        encodeNumbers(
          stream.id,
          'double64',
          times,
          table(recording, number),
          signal.channels.length + CLOCK_CHANNELS.length,
        ),
      )
      count(stream.samples, times)
      count(stream.markers, start)
    },
    close: async () => {
      for (const { id, words, samples, markers } of streams.values()) {
        await file.write(encodeStreamFooter(id, samples))
        await file.write(encodeStreamFooter(words, markers))
      }
      await file.close()
    },
    abort: () => file.abort(),
  }
}

function newStream(index: number): Stream {
  const none = () => ({ first: 0, last: 0, count: 0 })
  return { id: index * 2 + 1, words: index * 2 + 2, last: 0, samples: none(), markers: none() }
}

function count(of: Stream['samples'], times: Float64Array): void {
  if (of.count === 0) of.first = times[0]!
  of.last = times.at(-1)!
  of.count += times.length
}

function penHeader(id: number, { writer, virtual, reenacted = false, session, signal }: ExchangeRecording): Uint8Array {
  const pen = signal.channels.map(
    ({ name, unit }) =>
      `<channel><label>${name}</label><unit>${escapeXml(unit)}</unit><type>${name.split('_')[0]!}</type></channel>`,
  )
  const clock = CLOCK_CHANNELS.map((name) => `<channel><label>${name}</label><unit></unit><type>Clock</type></channel>`)
  const kalamos = JSON.stringify({ channels: signal.channels.map(columnName) })
  const description = `<channels>${[...pen, ...clock].join('')}</channels><writer>${escapeXml(writer)}</writer><virtual>${virtual}</virtual><reenacted>${reenacted}</reenacted><kalamos>${escapeXml(kalamos)}</kalamos>`
  return encodeStreamHeader(id, {
    name: `${session.device} of ${writer}`,
    type: 'Pen',
    format: 'double64',
    channels: signal.channels.length + CLOCK_CHANNELS.length,
    rateHz: signal.rateHz,
    description,
  })
}

/** `[frames, channels + 4]`; doubles hold the float32 of the channels exactly. */
function table({ signal }: ExchangeRecording, number: number): Float64Array {
  const { frames, channels, values, deviceMicros, hostMillis, gaps } = signal
  const width = channels.length + CLOCK_CHANNELS.length
  const rows = new Float64Array(frames * width)
  for (let frame = 0; frame < frames; frame++) {
    rows.set(values.subarray(frame * channels.length, (frame + 1) * channels.length), frame * width)
    rows.set([deviceMicros[frame]!, hostMillis[frame]!, 0, number], frame * width + channels.length)
  }
  for (const { at, lost } of gaps) rows[at * width + channels.length + 2] = lost
  return rows
}

/** Seconds for each frame, rising within the stream: when it arrived, or else as the nominal rate has it. */
function timesFor({ signal, startedAt }: ExchangeRecording, stream: Stream): Float64Array {
  const period = 1 / signal.rateHz
  let last = stream.last
  const start = Number.isFinite(signal.hostMillis[0])
    ? signal.hostMillis[0]! / 1000
    : Math.max(last + period, (startedAt ?? 0) / 1000)
  const times = Float64Array.from(signal.hostMillis, (millis, frame) => {
    const time = Number.isFinite(millis) ? millis / 1000 : start + frame * period
    last = Math.max(last, time)
    return last
  })
  stream.last = last
  return times
}
