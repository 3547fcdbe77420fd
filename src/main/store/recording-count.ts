import type { RecordingFilter } from '../../shared/api/recordings.ts'
import type { Connection, Value } from './connection.ts'
import { estimates, shareOf } from './estimate.ts'
import { matchSet, matchSetCost } from './match-set.ts'
import { allOf, condition, containing, OF_SESSIONS, sessionsOf, wishesOf, type Condition } from './recording-query.ts'

/** A wish that leaves less than this share of all is looked for in its index. */
const SPARSE = 0.25
/** About what it takes to look at a recording, in µs. */
const LOOKED = 1.5

/** What the kept figures of sessions tell apart. */
const TALLIED = ['writerId', 'sessionId', 'state', 'labelled', 'verdict', 'tag', 'excluded', ...OF_SESSIONS] as const

/** How many recordings match; taken from the kept figures where the filter allows it. */
export function countRecordings(database: Connection, filter: RecordingFilter): number {
  const known = keptCount(database, filter)
  if (known !== null) return known
  const { where, values } = condition(filter)
  return database.get<{ n: number }>(`SELECT count(*) AS n FROM recordings r WHERE ${where}`, ...values)!.n
}

/** The same, but where it has to be counted one by one, and indexes do not tell sooner, only up to `cap`. */
export function countUpTo(database: Connection, filter: RecordingFilter, cap: number): { total: number; capped: boolean } {
  const known = keptCount(database, filter)
  if (known !== null) return { total: known, capped: false }
  const wishes = wishesOf(filter)
  return database.remembered.get(JSON.stringify(['count', wishes, cap]), () => {
    const estimated = estimates(database, filter, wishes)
    const { all, leaves, least } = estimated
    const first = least < SPARSE * all ? wishes.find((wish) => leaves.get(wish) === least) : undefined
    const from = first === undefined ? all : least
    const looked = Math.min(from, (cap * from) / (all * shareOf(estimated)))
    if (matchSetCost(database, filter, wishes, estimated) < LOOKED * looked) return { total: matchSet(database, filter, wishes, estimated).size, capped: false }
    const { where, values } = allOf([...(first === undefined ? [] : [first]), { where: 'r.deleted_by IS NULL', values: [] }, ...wishes.filter((wish) => wish !== first).map(({ test }) => test)])
    const { n } = database.get<{ n: number }>(`SELECT count(*) AS n FROM (SELECT 1 FROM ${first?.from ?? 'recordings r'} WHERE ${where} LIMIT ?)`, ...values, cap + 1)!
    return { total: Math.min(n, cap), capped: n > cap }
  })
}

/** What is known without looking at recordings; null where the filter asks for more. */
export function keptCount(database: Connection, filter: RecordingFilter): number | null {
  const wanted = (Object.keys(filter) as (keyof RecordingFilter)[]).filter((key) => filter[key] !== undefined && filter[key] !== '')
  if (wanted.length === 0) return database.get<{ n: number }>('SELECT coalesce(sum(recordings), 0) AS n FROM writers')!.n
  if (wanted.length === 1 && filter.writerId !== undefined) return database.get<{ n: number }>('SELECT recordings AS n FROM writers WHERE id = ?', filter.writerId)?.n ?? 0
  if (wanted.length === 1 && filter.label) {
    return database.get<{ n: number }>("SELECT coalesce(sum(recordings), 0) AS n FROM label_counts WHERE label LIKE ? ESCAPE '\\'", containing(filter.label))!.n
  }
  if (wanted.length === 1 && filter.letter) return database.get<{ n: number }>('SELECT coalesce(sum(recordings), 0) AS n FROM label_counts WHERE instr(label, ?) > 0', filter.letter.normalize('NFC'))!.n
  if (wanted.length === 1 && filter.reason !== undefined) return database.get<{ n: number }>('SELECT count(*) AS n FROM faults WHERE code = ?', filter.reason)!.n
  if (wanted.length === 1 && filter.reading?.outcome === 'none') return unreadBy(database, filter.reading.modelId)
  if (!isTallied(filter)) return null
  const { where, values } = tallyCondition(filter)
  return database.get<{ n: number }>(`SELECT coalesce(sum(t.recordings), 0) AS n FROM tallies t WHERE ${where}`, ...values)!.n
}

/** What is shown less what the model has read of it: no index knows what is not there. */
function unreadBy(database: Connection, modelId: number): number {
  const shown = keptCount(database, {}) ?? 0
  const read = database.get<{ n: number }>('SELECT readings AS n FROM models WHERE id = ?', modelId)?.n ?? 0
  const hidden = database.get<{ n: number }>('SELECT count(*) AS n FROM recordings r CROSS JOIN readings x ON x.recording_id = r.id WHERE r.deleted_by IS NOT NULL AND x.model_id = ?', modelId)!.n
  return shown - (read - hidden)
}

/** Whether the kept figures of sessions tell what the filter asks for. */
export function isTallied(filter: RecordingFilter): boolean {
  return (Object.keys(filter) as (keyof RecordingFilter)[]).every((key) => filter[key] === undefined || filter[key] === '' || (TALLIED as readonly string[]).includes(key))
}

/** A filter of which `isTallied` is true, as a condition on the kept figures, `t`. */
export function tallyCondition(filter: RecordingFilter): Condition {
  const parts = ['1']
  const values: Value[] = []
  const equal = (column: string, value: Value | undefined): void => {
    if (value === undefined) return
    parts.push(`t.${column} = ?`)
    values.push(value)
  }
  if (filter.writerId !== undefined) {
    parts.push('t.session_id IN (SELECT id FROM sessions WHERE writer_id = ?)')
    values.push(filter.writerId)
  }
  for (const kind of OF_SESSIONS) {
    const sessions = sessionsOf(filter, kind)
    if (sessions === null) continue
    parts.push(`t.session_id IN (${sessions.where})`)
    values.push(...sessions.values)
  }
  equal('session_id', filter.sessionId)
  equal('state', filter.state)
  equal('verdict', filter.verdict === 'none' ? '' : filter.verdict)
  equal('tag', filter.tag)
  equal('excluded', filter.excluded === undefined ? undefined : Number(filter.excluded))
  equal('labelled', filter.labelled === undefined ? undefined : Number(filter.labelled))
  return { where: parts.join(' AND '), values }
}
