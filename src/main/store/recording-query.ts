import type { RecordingFilter } from '../../shared/api/recordings.ts'
import { IdRanges } from '../../shared/id-ranges.ts'
import type { Value } from './connection.ts'

/** A part of a query, and the values for its question marks. */
export interface Condition {
  where: string
  values: Value[]
}

/** One thing that a filter asks for. */
export interface Wish extends Condition {
  /** What of the filter it is, and how many recordings that leaves, as `estimate` tells. */
  kind: keyof RecordingFilter
  /** Keeps the database from looking for it in an index of its own: for lists that are walked in another order. */
  test: Condition
  /** The same where a list is walked by the readings of the model, `c`. */
  besideReading?: Condition
  /** Where it is looked for first, when little is left by it; `recordings r` unless told otherwise. */
  from?: string
}

/** A filter as the condition of a query on `recordings r`. Deleted recordings never match. */
export function condition(filter: RecordingFilter): Condition {
  return allOf([{ where: 'r.deleted_by IS NULL', values: [] }, ...wishesOf(filter).map((wish) => (wish.from === undefined ? wish : wish.test))])
}

export function allOf(conditions: readonly Condition[]): Condition {
  return { where: conditions.map(({ where }) => where).join(' AND '), values: conditions.flatMap(({ values }) => values) }
}

export function anyOf(conditions: readonly Condition[]): Condition {
  return { where: `(${conditions.map(({ where }) => where).join(' OR ')})`, values: conditions.flatMap(({ values }) => values) }
}

/** What a filter asks for, one by one. */
export function wishesOf(filter: RecordingFilter): Wish[] {
  const { ids, writerId, sessionId, state, label, letter, labelled, verdict, reason, tag, from, to, durationFrom, durationTo, excluded, reading } = filter
  const wishes: Wish[] = []
  const onColumn = (kind: keyof RecordingFilter, column: string, rest: string, ...values: Value[]): void => {
    wishes.push({ kind, where: `${column} ${rest}`, values, test: { where: `+${column} ${rest}`, values } })
  }
  if (ids !== undefined) onColumn('ids', 'r.id', 'IN (SELECT value FROM json_each(?))', JSON.stringify(new IdRanges(ids).all()))
  if (writerId !== undefined) onColumn('writerId', 'r.writer_id', '= ?', writerId)
  if (sessionId !== undefined) onColumn('sessionId', 'r.session_id', '= ?', sessionId)
  // Said in so many words, or the index of unfinished recordings is not used.
  if (state !== undefined) onColumn('state', 'r.state', state === 'finished' ? '= ?' : "= ? AND r.state <> 'finished'", state)
  if (label !== undefined && label !== '') wishes.push(labelWish(label))
  if (letter !== undefined && letter !== '') wishes.push(letterWish(letter))
  if (labelled !== undefined) onColumn('labelled', 'r.label', labelled ? 'IS NOT NULL' : 'IS NULL')
  if (verdict === 'none') onColumn('verdict', 'r.verdict', 'IS NULL')
  else if (verdict !== undefined) onColumn('verdict', 'r.verdict', '= ?', verdict)
  if (reason !== undefined) {
    wishes.push({
      kind: 'reason', from: 'faults f CROSS JOIN recordings r ON r.id = f.recording_id', where: 'f.code = ?', values: [reason],
      test: { where: 'EXISTS (SELECT 1 FROM faults f WHERE f.code = ? AND f.recording_id = r.id)', values: [reason] },
    })
  }
  if (tag !== undefined) onColumn('tag', 'r.tag', '= ?', tag)
  for (const kind of OF_SESSIONS) {
    const sessions = sessionsOf(filter, kind)
    if (sessions !== null) onColumn(kind, 'r.session_id', `IN (${sessions.where})`, ...sessions.values)
  }
  if (from !== undefined || to !== undefined) onColumn('from', 'r.started_at', 'BETWEEN ? AND ?', ...between(from, to))
  if (durationFrom !== undefined || durationTo !== undefined) onColumn('durationFrom', 'r.duration_ms', 'BETWEEN ? AND ?', ...between(durationFrom, durationTo))
  if (excluded !== undefined) onColumn('excluded', 'r.excluded', excluded ? 'IS NOT NULL' : 'IS NULL')
  if (reading !== undefined) wishes.push(...readingWishes(reading))
  return wishes
}

/** The pattern of `LIKE` for texts that contain this one, wild cards taken by the letter. */
export function containing(text: string): string {
  return `%${text.normalize('NFC').replace(/[\\%_]/g, '\\$&')}%`
}

/** What a filter asks of the session that a recording is of. */
export const OF_SESSIONS = ['protocol', 'device', 'file', 'origin'] as const

/** The file that a session `s` was imported from, its account `a` beside it. */
export const FILE_OF_SESSION = "coalesce(a.account ->> 'file', s.profile ->> 'source')"

const IS_VIRTUAL = '(s.virtual OR w.virtual)'
const ORIGIN = { real: `NOT ${IS_VIRTUAL}`, recorded: `NOT ${IS_VIRTUAL} AND s.origin = 'recorded'`, imported: `NOT ${IS_VIRTUAL} AND s.origin = 'imported'`, virtual: IS_VIRTUAL }

/** A query for the sessions that fit one of these; null where it is not asked for. */
export function sessionsOf({ protocol, device, file, origin }: RecordingFilter, kind: (typeof OF_SESSIONS)[number]): Condition | null {
  switch (kind) {
    case 'protocol':
      if (protocol === undefined) return null
      if (protocol.version === undefined) return { where: 'SELECT session_id FROM sittings WHERE protocol_id = ?', values: [protocol.id] }
      return { where: 'SELECT session_id FROM sittings WHERE protocol_id = ? AND protocol_version = ?', values: [protocol.id, protocol.version] }
    case 'device':
      return device === undefined ? null : { where: 'SELECT id FROM sessions WHERE device_name = ?', values: [device] }
    case 'file':
      return file === undefined ? null : { where: `SELECT s.id FROM sessions s LEFT JOIN accounts a ON a.session_id = s.id WHERE ${FILE_OF_SESSION} = ?`, values: [file] }
    case 'origin':
      return origin === undefined ? null : { where: `SELECT s.id FROM sessions s JOIN writers w ON w.id = s.writer_id WHERE ${ORIGIN[origin]}`, values: [] }
  }
}

/** A collection has far fewer different labels than recordings: those that fit are looked for first. */
function labelWish(label: string): Wish {
  const values = [containing(label)]
  return {
    kind: 'label', values,
    where: "r.label COLLATE NOCASE IN (SELECT label FROM label_counts WHERE label LIKE ? ESCAPE '\\')",
    test: { where: "r.label LIKE ? ESCAPE '\\'", values },
  }
}

/** The same for a letter; capitals are other letters. */
function letterWish(letter: string): Wish {
  const composed = letter.normalize('NFC')
  const has = 'instr(r.label, ?) > 0'
  return {
    kind: 'letter', values: [composed, composed],
    // The index of labels takes capitals for small letters.
    where: `r.label COLLATE NOCASE IN (SELECT label FROM label_counts WHERE instr(label, ?) > 0) AND ${has}`,
    test: { where: has, values: [composed] },
  }
}

function readingWishes({ modelId, outcome, confidenceFrom, confidenceTo }: NonNullable<RecordingFilter['reading']>): Wish[] {
  if (outcome === 'none') return [unreadWish(modelId)]
  const wanted: Condition[] = []
  if (outcome !== undefined) wanted.push({ where: 'x.is_right = ?', values: [outcome === 'right' ? 1 : 0] })
  if (confidenceFrom !== undefined) wanted.push({ where: 'x.confidence >= ?', values: [confidenceFrom] })
  if (confidenceTo !== undefined) wanted.push({ where: 'x.confidence < ?', values: [confidenceTo] })
  if (wanted.length === 0) return []
  const { where, values } = allOf([{ where: 'x.model_id = ?', values: [modelId] }, ...wanted])
  const besideReading = { where: where.replaceAll('x.', 'c.'), values }
  return [{ kind: 'reading', besideReading, from: 'readings x CROSS JOIN recordings r ON r.id = x.recording_id', where, values, test: { where: `EXISTS (SELECT 1 FROM readings x WHERE ${where.replaceAll('x.confidence', '+x.confidence')} AND x.recording_id = r.id)`, values } }]
}

/** By the marks, as no index tells what is not there. */
function unreadWish(modelId: number): Wish {
  const left = 's.bits & ~coalesce(m.bits, 0)'
  const words = `SELECT s.word, ${left} AS bits FROM shown_marks s LEFT JOIN read_marks m ON m.model_id = ? AND m.word = s.word WHERE ${left} <> 0`
  return {
    kind: 'reading', values: [modelId], where: '1',
    from: `(${words}) u CROSS JOIN bits h ON u.bits >> 8 * h.bit & 255 CROSS JOIN bits l ON u.bits >> 8 * h.bit + l.bit & 1 CROSS JOIN recordings r ON r.id = 64 * u.word + 8 * h.bit + l.bit`,
    test: { where: 'NOT EXISTS (SELECT 1 FROM read_marks x WHERE x.model_id = ? AND x.word = r.id >> 6 AND x.bits >> (r.id & 63) & 1)', values: [modelId] },
  }
}

/** The ends of a stretch, the second of which is excluded. */
export function between(from: number | undefined, to: number | undefined): [number, number] {
  return [from ?? -1e300, to === undefined ? 1e300 : before(to)]
}

/** The largest number below: instants and durations are doubles, and `BETWEEN` includes its end. */
function before(instant: number): number {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, instant)
  bits.setBigInt64(0, bits.getBigInt64(0) - (instant > 0 ? 1n : -1n))
  return instant === 0 ? -Number.MIN_VALUE : bits.getFloat64(0)
}
