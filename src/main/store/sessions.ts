import { KalamosError } from '../../shared/errors.ts'
import type { Session } from '../../shared/api/recordings.ts'
import type { Connection } from './connection.ts'

interface Row {
  id: number
  writer_id: number
  writer_name: string
  virtual: number
  reenacted: number
  device_name: string
  origin: Session['origin']
  profile: string
  started_at: number
  ended_at: number | null
  recordings: number
}

export interface NewSession {
  writerId: number
  deviceName: string
  origin: Session['origin']
  virtual?: boolean
  /** Only of a virtual one. */
  reenacted?: boolean
  /** The device profile as it was then, or what is known of the source; anything that can be JSON. */
  profile: unknown
  /** When it began, ms since 1970; now, unless an import knows better. */
  startedAt?: number
}

/** How many recordings the session `s` has. */
export const RECORDINGS_OF_SESSION = '(SELECT count(*) FROM recordings WHERE session_id = s.id AND deleted_by IS NULL)'

const SELECT = `SELECT s.*, w.name AS writer_name, ${RECORDINGS_OF_SESSION} AS recordings
  FROM sessions s JOIN writers w ON w.id = s.writer_id`

/** Sessions: one writer, one device, some recordings. A session without an end is running. */
export class Sessions {
  readonly #database: Connection

  constructor(database: Connection) {
    this.#database = database
  }

  create(session: NewSession): Session {
    const { id } = this.#database.run(
      'INSERT INTO sessions (writer_id, device_name, origin, virtual, reenacted, profile, started_at) VALUES ' +
        '(?, ?, ?, ?, ?, ?, ?)',
      session.writerId,
      session.deviceName,
      session.origin,
      Number(session.virtual ?? false),
      Number(session.reenacted ?? false),
      JSON.stringify(session.profile),
      session.startedAt ?? Date.now(),
    )
    return this.get(id)
  }

  /** Throws `not-found`. */
  get(id: number): Session {
    const row = this.#database.get<Row>(`${SELECT} WHERE s.id = ?`, id)
    if (row === undefined) throw new KalamosError('not-found', `There is no session ${id}.`)
    return asSession(row)
  }

  /** When the latest session began, in ms since 1970; null where there is none. */
  newestStart(): number | null {
    return this.#database.get<{ newest: number | null }>('SELECT max(started_at) AS newest FROM sessions')!.newest
  }

  /** The profile that was given when the session began. */
  profile(id: number): unknown {
    this.get(id)
    return JSON.parse(this.#database.get<Row>('SELECT profile FROM sessions WHERE id = ?', id)!.profile)
  }

  /** Newest first. */
  list(): Session[] {
    return this.#database.all<Row>(`${SELECT} ORDER BY s.id DESC`).map(asSession)
  }

  end(id: number, instant: number = Date.now()): Session {
    this.#database.run('UPDATE sessions SET ended_at = ? WHERE id = ? AND ended_at IS NULL', instant, id)
    return this.get(id)
  }

  /** Deletes those of these sessions that have no recordings. */
  dropEmpty(ids: readonly number[]): void {
    const empty = 'NOT EXISTS (SELECT 1 FROM recordings WHERE session_id = sessions.id)'
    for (const id of ids) this.#database.run(`DELETE FROM sessions WHERE id = ? AND ${empty}`, id)
  }

  /**
   * Takes sessions back that were made by something that failed, with their recordings and what was agreed to in them,
   * for good; and of these writers those who are left without any.
   */
  takeBack(sessions: readonly number[], writers: readonly number[]): void {
    this.#database.transaction(() => {
      for (const id of sessions) {
        this.#database.run('DELETE FROM consents WHERE session_id = ?', id)
        this.#database.run('DELETE FROM sessions WHERE id = ?', id)
      }
      for (const id of writers)
        this.#database.run(
          'DELETE FROM writers WHERE id = ? AND NOT EXISTS (SELECT 1 FROM sessions WHERE writer_id = ?)',
          id,
          id,
        )
    })
  }

  /** Ends the sessions that were running when their program ended, at their last recording. */
  endAbandoned(): void {
    this.#database.run(
      `UPDATE sessions SET ended_at = coalesce(
         (SELECT r.started_at + r.duration_ms FROM recordings r WHERE r.session_id = sessions.id ORDER BY r.id DESC LIMIT 1), started_at)
       WHERE ended_at IS NULL`,
    )
  }
}

function asSession(row: Row): Session {
  return {
    id: row.id,
    writerId: row.writer_id,
    writerName: row.writer_name,
    virtual: row.virtual === 1,
    ...(row.reenacted === 1 ? { reenacted: true } : {}),
    deviceName: row.device_name,
    origin: row.origin,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    recordings: row.recordings,
  }
}
