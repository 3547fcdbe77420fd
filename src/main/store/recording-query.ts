import type { RecordingFilter } from '../../shared/api/recordings.ts'
import type { Value } from './connection.ts'

/** A part of a query, and the values for its question marks. */
export interface Condition {
  where: string
  values: Value[]
}

/** A filter as the condition of a query. Deleted recordings never match. */
export function condition(filter: RecordingFilter): Condition {
  const parts = new Parts('r.deleted_by IS NULL')
  parts.equal('r.writer_id', filter.writerId)
  parts.equal('r.session_id', filter.sessionId)
  parts.equal('r.state', filter.state)
  // Said in so many words, or the index of unfinished recordings is not used.
  if (filter.state !== undefined && filter.state !== 'finished') parts.add("r.state <> 'finished'")
  if (filter.label !== undefined && filter.label !== '') parts.add("r.label LIKE ? ESCAPE '\\'", containing(filter.label))
  parts.isNull('r.label', filter.labelled === undefined ? undefined : !filter.labelled)
  if (filter.verdict === 'none') parts.add('r.verdict IS NULL')
  else parts.equal('r.verdict', filter.verdict)
  if (filter.reason !== undefined) parts.add('r.id IN (SELECT recording_id FROM faults WHERE code = ?)', filter.reason)
  parts.equal('r.tag', filter.tag)
  if (filter.protocol !== undefined) {
    const { where, values } = sessionsOf(filter.protocol)
    parts.add(`r.session_id IN (${where})`, ...values)
  }
  if (filter.from !== undefined) parts.add('r.started_at >= ?', filter.from)
  if (filter.to !== undefined) parts.add('r.started_at < ?', filter.to)
  if (filter.durationFrom !== undefined) parts.add('r.duration_ms >= ?', filter.durationFrom)
  if (filter.durationTo !== undefined) parts.add('r.duration_ms < ?', filter.durationTo)
  parts.isNull('r.excluded', filter.excluded === undefined ? undefined : !filter.excluded)
  if (filter.reading !== undefined) addReading(filter.reading, parts)
  return parts.condition
}

/** The pattern of `LIKE` for texts that contain this one, wild cards taken by the letter. */
export function containing(text: string): string {
  return `%${text.normalize('NFC').replace(/[\\%_]/g, '\\$&')}%`
}

/** A query for the sessions that were recorded by a protocol. */
export function sessionsOf({ id, version }: NonNullable<RecordingFilter['protocol']>): Condition {
  const which = version === undefined ? '' : ' AND protocol_version = ?'
  return { where: `SELECT session_id FROM sittings WHERE protocol_id = ?${which}`, values: version === undefined ? [id] : [id, version] }
}

function addReading({ modelId, outcome, confidenceFrom, confidenceTo }: NonNullable<RecordingFilter['reading']>, parts: Parts): void {
  if (outcome === 'none') {
    parts.add('NOT EXISTS (SELECT 1 FROM readings x WHERE x.model_id = ? AND x.recording_id = r.id)', modelId)
    return
  }
  const wanted = new Parts('x.model_id = ?', modelId)
  if (outcome !== undefined) wanted.add(`x.is_right = ${outcome === 'right' ? 1 : 0}`)
  if (confidenceFrom !== undefined) wanted.add('x.confidence >= ?', confidenceFrom)
  if (confidenceTo !== undefined) wanted.add('x.confidence < ?', confidenceTo)
  const { where, values } = wanted.condition
  if (wanted.count > 1) parts.add(`r.id IN (SELECT x.recording_id FROM readings x WHERE ${where})`, ...values)
}

/** Conditions that must all hold. */
class Parts {
  readonly #parts: string[]
  readonly #values: Value[]

  constructor(first: string, ...values: Value[]) {
    this.#parts = [first]
    this.#values = values
  }

  get count(): number {
    return this.#parts.length
  }

  get condition(): Condition {
    return { where: this.#parts.join(' AND '), values: [...this.#values] }
  }

  add(part: string, ...values: Value[]): void {
    this.#parts.push(part)
    this.#values.push(...values)
  }

  equal(column: string, value: Value | undefined): void {
    if (value !== undefined) this.add(`${column} = ?`, value)
  }

  isNull(column: string, wanted: boolean | undefined): void {
    if (wanted !== undefined) this.add(`${column} IS ${wanted ? '' : 'NOT '}NULL`)
  }
}
