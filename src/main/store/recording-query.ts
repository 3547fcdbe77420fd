import type { RecordingFilter } from '../../shared/api/recordings.ts'
import { IdRanges } from '../../shared/id-ranges.ts'
import type { Value } from './connection.ts'

/** A part of a query, and the values for its question marks. */
export interface Condition {
  where: string
  values: Value[]
}

/** A filter as the condition of a query on `recordings r`. Deleted recordings never match. */
export function condition(filter: RecordingFilter): Condition {
  const { ids, writerId, sessionId, state, label, letter, labelled, verdict, reason, tag, excluded, reading } = filter
  const { from, to, durationFrom, durationTo } = filter
  const parts: Condition[] = []
  const must = (where: string, ...values: Value[]): void => void parts.push({ where, values })
  must('r.deleted_by IS NULL')
  if (ids !== undefined) must('r.id IN (SELECT value FROM json_each(?))', JSON.stringify(new IdRanges(ids).all()))
  if (writerId !== undefined) must('r.writer_id = ?', writerId)
  if (sessionId !== undefined) must('r.session_id = ?', sessionId)
  if (state !== undefined) must('r.state = ?', state)
  if (label !== undefined && label !== '') must("r.label LIKE ? ESCAPE '\\'", containing(label))
  if (letter !== undefined && letter !== '') must('instr(r.label, ?) > 0', letter.normalize('NFC'))
  if (labelled !== undefined) must(labelled ? 'r.label IS NOT NULL' : 'r.label IS NULL')
  if (verdict === 'none') must('r.verdict IS NULL')
  else if (verdict !== undefined) must('r.verdict = ?', verdict)
  if (reason !== undefined) {
    must(`${HAS_REASONS} AND EXISTS (SELECT 1 FROM json_each(r.reasons) j WHERE j.value ->> 'code' = ?)`, reason)
  }
  if (tag !== undefined) must('r.tag = ?', tag)
  if (from !== undefined) must('r.started_at >= ?', from)
  if (to !== undefined) must('r.started_at < ?', to)
  if (durationFrom !== undefined) must('r.duration_ms >= ?', durationFrom)
  if (durationTo !== undefined) must('r.duration_ms < ?', durationTo)
  if (excluded !== undefined) must(excluded ? 'r.excluded IS NOT NULL' : 'r.excluded IS NULL')
  if (reading !== undefined) parts.push(...readingOf(reading))
  return allOf([...parts, ...sessionsOf(filter)])
}

export function allOf(conditions: readonly Condition[]): Condition {
  return {
    where: conditions.map(({ where }) => where).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  }
}

/** Most recordings are good: their empty lists of reasons are not parsed. */
export const HAS_REASONS = "r.reasons <> '[]'"

/** The pattern of `LIKE` for texts that contain this one, wild cards taken by the letter. */
function containing(text: string): string {
  return `%${text.normalize('NFC').replace(/[\\%_]/g, '\\$&')}%`
}

/** The file that a session `s` was imported from, its account `a` beside it. */
export const FILE_OF_SESSION = "coalesce(a.provenance ->> 'file', s.profile ->> 'source')"

const IS_VIRTUAL = '(s.virtual OR w.virtual)'
const ORIGIN = {
  real: `NOT ${IS_VIRTUAL}`,
  recorded: `NOT ${IS_VIRTUAL} AND s.origin = 'recorded'`,
  imported: `NOT ${IS_VIRTUAL} AND s.origin = 'imported'`,
  're-enacted': 's.reenacted',
  virtual: `${IS_VIRTUAL} AND NOT s.reenacted`,
}

/** What is asked of the session that a recording is of. */
function sessionsOf({ protocol, device, file, origin }: RecordingFilter): Condition[] {
  const wanted: Condition[] = []
  const among = (sessions: string, ...values: Value[]): void => {
    wanted.push({ where: `r.session_id IN (${sessions})`, values })
  }
  if (protocol?.version !== undefined) {
    among(
      'SELECT session_id FROM prompted_sessions WHERE protocol_id = ? AND protocol_version = ?',
      protocol.id,
      protocol.version,
    )
  } else if (protocol !== undefined)
    among('SELECT session_id FROM prompted_sessions WHERE protocol_id = ?', protocol.id)
  if (device !== undefined) among('SELECT id FROM sessions WHERE device_name = ?', device)
  if (file !== undefined) {
    among(
      `SELECT s.id FROM sessions s LEFT JOIN session_provenance a ON a.session_id = s.id WHERE ${FILE_OF_SESSION} = ?`,
      file,
    )
  }
  if (origin !== undefined)
    among(`SELECT s.id FROM sessions s JOIN writers w ON w.id = s.writer_id WHERE ${ORIGIN[origin]}`)
  return wanted
}

/** A model alone asks for nothing: it says whose readings are shown. */
function readingOf(reading: NonNullable<RecordingFilter['reading']>): Condition[] {
  const { modelId, outcome } = reading
  const read = 'SELECT 1 FROM readings x WHERE x.model_id = ? AND x.recording_id = r.id'
  if (outcome === 'none') return [{ where: `NOT EXISTS (${read})`, values: [modelId] }]
  const wanted = ofReading(reading, 'x')
  if (wanted.length === 0) return []
  const { where, values } = allOf(wanted)
  return [{ where: `EXISTS (${read} AND ${where})`, values: [modelId, ...values] }]
}

/** What a filter asks of a reading that is there, known as `name` in the query. */
export function ofReading(
  { outcome, confidenceFrom, confidenceTo }: NonNullable<RecordingFilter['reading']>,
  name: 'x' | 'c',
): Condition[] {
  const wanted: Condition[] = []
  if (outcome === 'right') wanted.push({ where: `${name}.text = r.label`, values: [] })
  if (outcome === 'wrong') wanted.push({ where: `${name}.text <> r.label`, values: [] })
  if (confidenceFrom !== undefined) wanted.push({ where: `${name}.confidence >= ?`, values: [confidenceFrom] })
  if (confidenceTo !== undefined) wanted.push({ where: `${name}.confidence < ?`, values: [confidenceTo] })
  return wanted
}
