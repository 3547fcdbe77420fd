import * as v from 'valibot'
import { Level, Reason } from '../../shared/api/quality.ts'
import type { SessionProvenance, RecordingProvenance } from '../store/provenance.ts'
import type { ExchangeRecording } from './recording.ts'

/**
 * What a file says beside the samples is taken where it fits: files of others may mean something else by the same name.
 */
function taken<S extends v.GenericSchema<unknown, string | number>>(schema: S) {
  return v.fallback(v.optional(v.nullable(schema), null), null)
}

const short = taken(v.pipe(v.string(), v.maxLength(1000)))
/** JSON as text, so that tables can hold it. */
const json = taken(v.pipe(v.string(), v.maxLength(1_000_000)))

/** How a recording is marked and judged, in the names that the formats share. */
export const RECORDING_PROVENANCE_FIELDS = {
  tag: short,
  verdict: taken(Level),
  /** List of `{ code, level, message }`. */
  reasons: json,
  prompt: short,
  /** List of `{ text, at }`. */
  notes: json,
}

/** How its session was recorded. */
export const SESSION_PROVENANCE_FIELDS = {
  protocol: short,
  protocol_version: taken(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  protocol_name: short,
  pen_name: short,
  pen_serial: short,
  pen_firmware: short,
  surface: short,
  /** Answers by question. */
  answers: json,
  /** List of `{ text, at }`. */
  session_notes: json,
  /** List of `{ version, text, givenAt }`. */
  consents: json,
}

/** Both. Empty where nobody said. */
export const PROVENANCE_FIELDS = { ...RECORDING_PROVENANCE_FIELDS, ...SESSION_PROVENANCE_FIELDS }
type ValuesOf<S extends Record<string, v.GenericSchema>> = { [name in keyof S]: v.InferOutput<S[name]> }
type RecordingProvenanceFields = ValuesOf<typeof RECORDING_PROVENANCE_FIELDS>
type SessionProvenanceFields = ValuesOf<typeof SESSION_PROVENANCE_FIELDS>

/** Of these, long texts that are the same for a whole session. */
export const SESSION_TEXTS = [
  'answers',
  'session_notes',
  'consents',
] as const satisfies readonly (keyof SessionProvenanceFields)[]

const Notes = v.array(v.object({ text: v.string(), at: v.number() }))
const Consents = v.array(v.object({ version: v.string(), text: v.string(), givenAt: v.number() }))
const Answers = v.record(v.string(), v.string())

export function recordingProvenanceFields(word: RecordingProvenance | undefined): RecordingProvenanceFields {
  return {
    tag: word?.tag ?? null,
    verdict: word?.verdict?.level ?? null,
    reasons: listed(word?.verdict?.reasons),
    prompt: word?.prompt ?? null,
    notes: listed(word?.notes),
  }
}

export function sessionProvenanceFields(session: SessionProvenance | undefined): SessionProvenanceFields {
  return {
    protocol: session?.protocol?.id ?? null,
    protocol_version: session?.protocol?.version ?? null,
    protocol_name: session?.protocol?.name ?? null,
    pen_name: session?.pen.name ?? null,
    pen_serial: session?.pen.serial ?? null,
    pen_firmware: session?.pen.firmware ?? null,
    surface: session?.surface ?? null,
    answers: session?.answers == null ? null : JSON.stringify(session.answers),
    session_notes: listed(session?.notes),
    consents: listed(session?.consents),
  }
}

export function provenanceFieldsOf({
  provenance,
  session,
}: Pick<ExchangeRecording, 'provenance' | 'session'>): RecordingProvenanceFields & SessionProvenanceFields {
  return { ...recordingProvenanceFields(provenance), ...sessionProvenanceFields(session.provenance) }
}

/** What the fields tell of the recording; null where they tell nothing. */
export function recordingProvenanceOf(fields: RecordingProvenanceFields): RecordingProvenance | null {
  const { verdict } = fields
  const provenance = {
    tag: fields.tag || null,
    verdict: verdict === null ? null : { level: verdict, reasons: parsed(v.array(Reason), fields.reasons) ?? [] },
    prompt: fields.prompt || null,
    notes: parsed(Notes, fields.notes) ?? [],
  }
  return provenance.tag === null &&
    provenance.verdict === null &&
    provenance.prompt === null &&
    provenance.notes.length === 0
    ? null
    : provenance
}

/** What the fields tell of its session; null where they tell nothing. */
export function sessionProvenanceOf(fields: SessionProvenanceFields): SessionProvenance | null {
  const { protocol, protocol_version: version, protocol_name: name } = fields
  const provenance = {
    protocol:
      protocol === null || protocol === '' || version === null
        ? null
        : { id: protocol, version, name: name || protocol },
    pen: { name: fields.pen_name || null, serial: fields.pen_serial || null, firmware: fields.pen_firmware || null },
    surface: fields.surface || null,
    answers: parsed(Answers, fields.answers),
    notes: parsed(Notes, fields.session_notes) ?? [],
    consents: parsed(Consents, fields.consents) ?? [],
  }
  const { pen, notes, consents } = provenance
  const told =
    [provenance.protocol, pen.name, pen.serial, pen.firmware, provenance.surface, provenance.answers].some(
      (each) => each !== null,
    ) || notes.length + consents.length > 0
  return told ? provenance : null
}

function listed(list: readonly object[] | undefined): string | null {
  return list === undefined || list.length === 0 ? null : JSON.stringify(list)
}

function parsed<S extends v.GenericSchema>(schema: S, text: string | null): v.InferOutput<S> | null {
  if (text === null || text === '') return null
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text)
  return result.success ? result.output : null
}
