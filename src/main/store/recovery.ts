import { KalamosError } from '../../shared/errors.ts'
import { log } from '../log/index.ts'
import type { Connection } from './connection.ts'
import { consolidate, LARGEST_BYTES, type Ending } from './open-recording.ts'

/** Why nothing learns from a recording that was set aside; it stands in the lists. */
export const SET_ASIDE = 'its samples are damaged'

export interface Recovered {
  /** How many were kept as interrupted. */
  kept: number
  /** Numbers of those whose samples cannot be put together. What there is of them stays in the database. */
  setAside: number[]
}

/**
 * Brings recordings in order that were open when their program ended: they become `interrupted` with every frame that
 * reached the disk; those without a frame go. One that is too long for one block becomes several. One that cannot be
 * read is set aside, excluded with the reason, and keeps nobody from the others. Throws what the disk refuses.
 */
export function recoverRecordings(database: Connection): Recovered {
  const open = database.all<{ id: number; rate_hz: number; channels: number }>(
    `SELECT r.id, r.rate_hz, json_array_length(c.channels) AS channels FROM recordings r
     JOIN channel_lists c ON c.id = r.channel_list_id WHERE r.state = 'open' AND r.state <> 'finished'`,
  )
  const setAside: number[] = []
  for (const { id, rate_hz: rateHz, channels } of open) {
    try {
      database.transaction(() => recover(database, { id, rateHz, channels, state: 'interrupted' }))
    } catch (error) {
      if (!(error instanceof RangeError || (error instanceof KalamosError && error.code === 'database-damaged')))
        throw error
      database.run("UPDATE recordings SET state = 'interrupted', excluded = ? WHERE id = ?", SET_ASIDE, id)
      setAside.push(id)
      log('store').error('a recording could not be put together and was set aside', { recording: id, error })
    }
  }
  return { kept: open.length - setAside.length, setAside }
}

function recover(database: Connection, recording: Ending): void {
  for (const id of intoParts(database, recording.id)) {
    const frames = consolidate(database, { ...recording, id }, [])
    if (frames === 0) database.run('DELETE FROM recordings WHERE id = ?', id)
  }
}

/**
 * Gives chunks beyond what one recording holds to new recordings of the same word, in their order. Returns all their
 * numbers.
 */
function intoParts(database: Connection, id: number): number[] {
  const chunks = database.all<{ id: number; bytes: number }>(
    'SELECT id, length(block) AS bytes FROM chunks WHERE recording_id = ? ORDER BY id',
    id,
  )
  const parts = [id]
  let bytes = 0
  for (const chunk of chunks) {
    bytes += chunk.bytes
    if (bytes > LARGEST_BYTES && bytes > chunk.bytes) {
      parts.push(continued(database, id))
      bytes = chunk.bytes
    }
    if (parts.length > 1) database.run('UPDATE chunks SET recording_id = ? WHERE id = ?', parts.at(-1)!, chunk.id)
  }
  return parts
}

function continued(database: Connection, id: number): number {
  return database.run(
    `INSERT INTO recordings (session_id, writer_id, label, state, started_at, rate_hz, channel_list_id, prompt, tag)
     SELECT session_id, writer_id, label, state, started_at, rate_hz, channel_list_id, prompt, tag FROM recordings WHERE id = ?`,
    id,
  ).id
}
