import type { Channel } from '../../shared/signal.ts'
import type { Connection } from './connection.ts'

/** A recording as it is in the file, hidden or not. */
export interface StoredRecording {
  id: number
  sessionId: number
  writerName: string
  deviceName: string
  label: string | null
  state: string
  /** ms since 1970. */
  startedAt: number
  rateHz: number
  channels: Channel[]
  /** Why it is excluded. */
  excluded: string | null
  /** ms since 1970. */
  deletedAt: number | null
  /** The kind of edit that hides it. */
  deletedBy: string | null
  /** A part that was split off has none of its own. */
  hasSamples: boolean
}

/** Every recording of a writer, deleted ones too, in the order in which they were stored. */
export function everythingOf(connection: Connection, writerId: number): StoredRecording[] {
  const rows = connection.all<
    Omit<StoredRecording, 'channels' | 'hasSamples'> & { channels: string; hasSamples: number }
  >(
    `SELECT r.id, r.session_id AS sessionId, w.name AS writerName, s.device_name AS deviceName, r.label, r.state,
       r.started_at AS startedAt, r.rate_hz AS rateHz, c.channels, r.excluded, e.at AS deletedAt, e.kind AS deletedBy,
       EXISTS (SELECT 1 FROM samples WHERE recording_id = r.id) OR EXISTS (SELECT 1 FROM chunks WHERE recording_id = r.id) AS hasSamples
     FROM recordings r JOIN writers w ON w.id = r.writer_id JOIN sessions s ON s.id = r.session_id JOIN channel_lists c ON c.id = r.channel_list_id
     LEFT JOIN edits e ON e.id = r.deleted_by WHERE r.writer_id = ? ORDER BY r.id`,
    writerId,
  )
  return rows.map((row) => ({
    ...row,
    channels: JSON.parse(row.channels) as Channel[],
    hasSamples: row.hasSamples === 1,
  }))
}
