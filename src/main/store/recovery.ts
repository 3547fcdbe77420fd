import type { Connection } from './connection.ts'
import { consolidate } from './open-recording.ts'

/**
 * Brings recordings in order that were open when their program ended: they become `interrupted` with every frame that
 * reached the disk; those without a frame go. Returns how many were kept.
 */
export function recoverRecordings(database: Connection): number {
  const open = database.all<{ id: number; rate_hz: number; channels: number }>(
    `SELECT r.id, r.rate_hz, json_array_length(c.channels) AS channels FROM recordings r
     JOIN channel_lists c ON c.id = r.channel_list_id WHERE r.state = 'open' AND r.state <> 'finished'`,
  )
  for (const { id, rate_hz, channels } of open) {
    database.transaction(() => {
      const frames = consolidate(database, { id, rateHz: rate_hz, channels, state: 'interrupted' }, [])
      if (frames === 0) database.run('DELETE FROM recordings WHERE id = ?', id)
    })
  }
  return open.length
}
