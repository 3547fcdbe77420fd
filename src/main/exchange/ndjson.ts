import * as v from 'valibot'
import type { Signal } from '../../shared/signal.ts'
import { boundedLines, type LineLimits } from './bounded-lines.ts'
import { channelOf } from './ndjson-units.ts'

/** One line of an NDJSON file of sensor recordings. */
const Entry = v.object({
  id: v.optional(v.string(), ''),
  writer: v.pipe(v.string(), v.trim(), v.nonEmpty('is empty'), v.maxLength(150)),
  label: v.optional(v.string(), ''),
  device: v.optional(v.string(), 'unknown'),
  rate_hz: v.pipe(v.number(), v.minValue(0.1), v.maxValue(100_000)),
  channels: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,63}$/i, 'is no channel name'))), v.minLength(1), v.maxLength(64)),
  units: v.array(v.string()),
  samples: v.array(v.array(v.pipe(v.number(), v.finite()))),
  t_ms: v.optional(v.array(v.pipe(v.number(), v.finite()))),
})

/** A recording as such a file holds it, in the names and units of this app. Its host times are not known: NaN. */
export interface SensorRecording {
  /** The id in the file; may be empty. */
  id: string
  writer: string
  /** May be empty: not known. */
  label: string
  device: string
  signal: Signal
}

/** `read` counts the bytes of the file up to here. */
export type NdjsonEntry = { line: number; read: number; recording: SensorRecording } | { line: number; read: number; reason: string }

/**
 * Reads sensor recordings line by line, gzipped or not, with bounded memory; lines that do not fit come with the reason.
 * Throws what `boundedLines` throws for the file as a whole.
 */
export async function* readNdjson(path: string, limits?: LineLimits): AsyncGenerator<NdjsonEntry> {
  for await (const { line, text, read } of boundedLines(path, limits)) {
    if (text === null) yield { line, read, reason: 'is too long' }
    else if (text.trim() !== '') yield { line, read, ...parseEntry(text) }
  }
}

function parseEntry(text: string): { recording: SensorRecording } | { reason: string } {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { reason: 'is no JSON' }
  }
  const result = v.safeParse(Entry, json, { abortEarly: true })
  if (!result.success) return { reason: `${v.getDotPath(result.issues[0]) ?? 'line'}: ${result.issues[0].message}` }
  const { id, writer, label, device, samples, units, rate_hz: rateHz, t_ms: times } = result.output
  const names = result.output.channels
  const width = names.length
  if (units.length !== width) return { reason: `has ${width} channels but ${units.length} units` }
  const channels = names.map((name, at) => channelOf(name, units[at]!))
  const strange = channels.indexOf(undefined)
  if (strange !== -1) return { reason: `channel ${names[strange]} is in ${JSON.stringify(units[strange])}, which is no unit of a pen` }
  const known = channels.filter((channel) => channel !== undefined)
  if (new Set(known.map(({ channel }) => channel.name)).size < width) return { reason: 'has a channel twice' }
  if (samples.length === 0) return { reason: 'has no samples' }
  const ragged = samples.findIndex((row) => row.length !== width)
  if (ragged !== -1) return { reason: `sample ${ragged} has ${samples[ragged]!.length} values for ${width} channels` }
  if (times !== undefined && times.length !== samples.length) return { reason: `has ${samples.length} samples but ${times.length} times` }

  const values = new Float32Array(samples.length * width)
  samples.forEach((row, frame) => row.forEach((value, at) => (values[frame * width + at] = value * known[at]!.scale)))
  const signal: Signal = {
    channels: known.map(({ channel }) => channel),
    rateHz,
    frames: samples.length,
    values,
    deviceMicros: Float64Array.from(samples, (_, frame) => (times === undefined ? NaN : times[frame]! * 1000)),
    hostMillis: new Float64Array(samples.length).fill(NaN),
    gaps: [],
  }
  return { recording: { id, writer, label, device, signal } }
}
