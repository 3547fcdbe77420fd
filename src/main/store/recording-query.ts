import type { RecordingFilter } from '../../shared/api/recordings.ts'
import type { Connection, Value } from './connection.ts'

/** A filter as the condition of a query. Deleted recordings never match. */
export function condition(filter: RecordingFilter): { where: string; values: Value[] } {
  const parts = ['r.deleted_by IS NULL']
  const values: Value[] = []
  if (filter.writerId !== undefined) {
    parts.push('r.writer_id = ?')
    values.push(filter.writerId)
  }
  if (filter.sessionId !== undefined) {
    parts.push('r.session_id = ?')
    values.push(filter.sessionId)
  }
  if (filter.state !== undefined) {
    parts.push('r.state = ?')
    values.push(filter.state)
    // Said in so many words, or the index of unfinished recordings is not used.
    if (filter.state !== 'finished') parts.push("r.state <> 'finished'")
  }
  if (filter.label !== undefined && filter.label !== '') {
    parts.push("r.label LIKE ? ESCAPE '\\'")
    values.push(`%${filter.label.normalize('NFC').replace(/[\\%_]/g, '\\$&')}%`)
  }
  return { where: parts.join(' AND '), values }
}

/** How many recordings match; taken from the kept counts where the filter allows it. */
export function countRecordings(database: Connection, filter: RecordingFilter): number {
  const plain = filter.state === undefined && (filter.label === undefined || filter.label === '')
  if (plain && filter.writerId === undefined && filter.sessionId === undefined) {
    return database.get<{ n: number }>('SELECT coalesce(sum(recordings), 0) AS n FROM writers')!.n
  }
  if (plain && filter.sessionId === undefined) {
    return database.get<{ n: number }>('SELECT recordings AS n FROM writers WHERE id = ?', filter.writerId!)?.n ?? 0
  }
  if (plain && filter.writerId === undefined) {
    return database.get<{ n: number }>('SELECT recordings AS n FROM sessions WHERE id = ?', filter.sessionId!)?.n ?? 0
  }
  const { where, values } = condition(filter)
  return database.get<{ n: number }>(`SELECT count(*) AS n FROM recordings r WHERE ${where}`, ...values)!.n
}
