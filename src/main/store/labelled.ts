import type { Connection } from './connection.ts'

/**
 * How many recordings of a word there are by a writer with a pen; those that are hidden, excluded or without a label
 * are none of them.
 */
export interface LabelledGroup {
  writer: string
  device: string
  label: string
  virtual: boolean
  recordings: number
}

/** All that can be trained on or measured with, by writer, pen and word. */
export function labelledGroups(connection: Connection): LabelledGroup[] {
  const rows = connection.all<Omit<LabelledGroup, 'virtual'> & { virtual: number }>(
    `SELECT w.name AS writer, s.device_name AS device, r.label, max(w.virtual, s.virtual) AS virtual, count(*) AS recordings
     FROM recordings r JOIN sessions s ON s.id = r.session_id JOIN writers w ON w.id = s.writer_id
     WHERE r.deleted_by IS NULL AND r.excluded IS NULL AND r.label IS NOT NULL AND r.label <> '' GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3`,
  )
  return rows.map((row) => ({ ...row, virtual: row.virtual === 1 }))
}
