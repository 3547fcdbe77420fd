import * as v from 'valibot'
import { Handedness } from '../../shared/api/writers.ts'
import type { Channel, Signal } from '../../shared/signal.ts'
import { faultOf } from '../../shared/value-fault.ts'
import { channelOf } from './channel-names.ts'
import {
  PROVENANCE_FIELDS,
  provenanceFieldsOf,
  sessionProvenanceOf,
  recordingProvenanceOf,
} from './provenance-fields.ts'
import type { ExchangeRecording } from './recording.ts'

/** More channels no pen has. */
const CHANNELS_MAX = 64
const short = v.pipe(v.string(), v.maxLength(1000))
/** JSON as text, so that tables can hold it. */
const json = v.pipe(v.string(), v.maxLength(1_000_000))

const Time = v.nullable(v.pipe(v.number(), v.finite()))

/** What is said of a recording beside its samples, in the names that NDJSON, Parquet, NPZ, XDF and CSV share. */
export const Fields = v.object({
  id: v.optional(short, ''),
  writer: v.pipe(v.string(), v.trim(), v.nonEmpty('is empty'), v.maxLength(150)),
  handedness: v.optional(Handedness, 'unknown'),
  virtual: v.optional(v.boolean(), false),
  reenacted: v.optional(v.boolean(), false),
  label: v.optional(v.nullable(short), null),
  state: v.optional(v.picklist(['finished', 'interrupted']), 'finished'),
  rate_hz: v.pipe(v.number(), v.minValue(0.1), v.maxValue(100_000)),
  started_at: v.optional(Time, null),
  session: v.optional(short, ''),
  device: v.optional(short, 'unknown'),
  session_started_at: v.optional(Time, null),
  session_ended_at: v.optional(Time, null),
  session_origin: v.optional(v.picklist(['recorded', 'imported', 'simulated']), 'imported'),
  session_profile: v.optional(v.nullable(json), null),
  ...PROVENANCE_FIELDS,
})
export type Fields = v.InferOutput<typeof Fields>

export function fieldsOf(recording: ExchangeRecording): Fields {
  const { id, writer, handedness, virtual, reenacted = false, label, state, startedAt, session, signal } = recording
  return {
    id,
    writer,
    handedness,
    virtual,
    reenacted,
    label,
    state,
    rate_hz: signal.rateHz,
    started_at: startedAt,
    session: session.key,
    device: session.device,
    session_started_at: session.startedAt,
    session_ended_at: session.endedAt,
    session_origin: session.origin,
    session_profile: JSON.stringify(session.profile ?? null),
    ...provenanceFieldsOf(recording),
  }
}

/** The recording that these fields and this signal are. */
export function recordingOf(fields: Fields, signal: Signal): ExchangeRecording {
  const [provenance, sessionProvenance] = [recordingProvenanceOf(fields), sessionProvenanceOf(fields)]
  return {
    id: fields.id,
    writer: fields.writer,
    handedness: fields.handedness,
    virtual: fields.virtual || fields.reenacted,
    ...(fields.reenacted ? { reenacted: true } : {}),
    label: fields.label === '' ? null : fields.label,
    state: fields.state,
    startedAt: fields.started_at,
    session: {
      key: fields.session,
      device: fields.device,
      startedAt: fields.session_started_at,
      endedAt: fields.session_ended_at,
      origin: fields.session_origin,
      profile: profileOf(fields.session_profile),
      ...(sessionProvenance === null ? {} : { provenance: sessionProvenance }),
    },
    ...(provenance === null ? {} : { provenance }),
    signal,
  }
}

/** The fields in a value of unknown make, or why they are none. */
export function parseFields(value: unknown): { fields: Fields } | { reason: string } {
  const result = v.safeParse(Fields, value, { abortEarly: true })
  return result.success ? { fields: result.output } : { reason: reasonOf(result.issues[0]) }
}

/** Why a value does not fit, by its place in the recording, and the way out where it is missing. */
export function reasonOf(issue: v.BaseIssue<unknown>): string {
  const place = v.getDotPath(issue)
  if (place !== null && issue.input == null) return `has no ${place}: fill it in, or leave this recording out`
  return `${place ?? 'line'}: ${clipped(faultOf(issue))}`
}

/** A value may be as long as the file. */
const QUOTED_MAX = 200

function clipped(fault: string): string {
  return fault.length > QUOTED_MAX ? `${fault.slice(0, QUOTED_MAX)}…` : fault
}

/** Names and units of a file as channels of this app with the factors to their units, or why they are none. */
export function parseChannels(
  names: readonly string[],
  units: readonly string[],
): { channels: Channel[]; scales: number[] } | { reason: string } {
  const width = names.length
  if (width > CHANNELS_MAX) return { reason: `has ${width} channels; a pen has ${CHANNELS_MAX} at most` }
  if (units.length !== width) return { reason: `has ${width} channels but ${units.length} units` }
  const odd = names.find((name) => !/^[a-z][a-z0-9_]{0,63}$/i.test(name))
  if (odd !== undefined) return { reason: `${JSON.stringify(odd)} is no channel name` }
  const found = names.map((name, at) => channelOf(name, units[at]!))
  const strange = found.indexOf(undefined)
  if (strange !== -1)
    return { reason: `channel ${names[strange]} is in ${JSON.stringify(units[strange])}, which is no unit of a pen` }
  const known = found.filter((each) => each !== undefined)
  if (new Set(known.map(({ channel }) => channel.name)).size < width) return { reason: 'has a channel twice' }
  return { channels: known.map(({ channel }) => channel), scales: known.map(({ scale }) => scale) }
}

function profileOf(text: string | null): unknown {
  if (text === null) return null
  try {
    return JSON.parse(text) as unknown
  } catch {
    return { note: text }
  }
}
