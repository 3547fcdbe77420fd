import type { Protocol } from '../../shared/api/protocols.ts'
import type { Connection } from './connection.ts'

export interface ProtocolVersion {
  id: string
  version: number
  source: string
  protocol: Protocol
  savedAt: number
  removed: boolean
}

interface Row {
  id: string
  version: number
  source: string
  protocol: string
  saved_at: number
  removed_at: number | null
}

/** Every version of every protocol that was saved or recorded with. */
export class Protocols {
  readonly #database: Connection

  constructor(database: Connection) {
    this.#database = database
  }

  /** The newest version of each, in the order of their ids, removed ones too. */
  newest(): ProtocolVersion[] {
    return this.#database
      .all<Row>(
        'SELECT * FROM protocols p WHERE version = (SELECT max(version) FROM protocols WHERE id = p.id) ORDER BY id',
      )
      .map(asVersion)
  }

  /** All versions of one, the newest first, removed ones too. */
  versions(id: string): ProtocolVersion[] {
    return this.#database.all<Row>('SELECT * FROM protocols WHERE id = ? ORDER BY version DESC', id).map(asVersion)
  }

  get(id: string, version?: number): ProtocolVersion | undefined {
    const row = this.#database.get<Row>(
      'SELECT * FROM protocols WHERE id = ? AND (version = ? OR ? IS NULL) ORDER BY version DESC LIMIT 1',
      id,
      version ?? null,
      version ?? null,
    )
    return row === undefined ? undefined : asVersion(row)
  }

  /** Keeps the next version; the newest one, where nothing is new in it. */
  save(source: string, protocol: Protocol): ProtocolVersion {
    return this.#database.transaction(() => {
      const { id } = protocol
      const newest = this.get(id)
      this.#database.run('UPDATE protocols SET removed_at = NULL WHERE id = ?', id)
      const text = JSON.stringify(protocol)
      if (newest === undefined || newest.source !== source || JSON.stringify(newest.protocol) !== text) {
        this.#database.run(
          'INSERT INTO protocols (id, version, source, protocol, saved_at) VALUES (?, ?, ?, ?, ?)',
          id,
          (newest?.version ?? 0) + 1,
          source,
          text,
          Date.now(),
        )
      }
      return this.get(id)!
    })
  }

  /** Hides all versions; sessions go on referring to them. */
  remove(id: string): void {
    this.#database.run('UPDATE protocols SET removed_at = ? WHERE id = ?', Date.now(), id)
  }

  /** How many sessions were recorded by each version of a protocol. */
  sessionsByVersion(id: string): Map<number, number> {
    const rows = this.#database.all<{ version: number; n: number }>(
      'SELECT protocol_version AS version, count(*) AS n FROM prompted_sessions WHERE protocol_id = ? GROUP BY ' +
        'protocol_version',
      id,
    )
    return new Map(rows.map(({ version, n }) => [version, n]))
  }

  /** How many sessions were recorded by each protocol. */
  sessions(): Map<string, number> {
    const rows = this.#database.all<{ id: string; n: number }>(
      'SELECT protocol_id AS id, count(*) AS n FROM prompted_sessions WHERE protocol_id IS NOT NULL GROUP BY ' +
        'protocol_id',
    )
    return new Map(rows.map(({ id, n }) => [id, n]))
  }
}

function asVersion(row: Row): ProtocolVersion {
  return {
    id: row.id,
    version: row.version,
    source: row.source,
    protocol: JSON.parse(row.protocol) as Protocol,
    savedAt: row.saved_at,
    removed: row.removed_at !== null,
  }
}
