import { KalamosError } from '../../shared/errors.ts'
import type { Handedness, Writer } from '../../shared/api/writers.ts'
import type { Connection } from './connection.ts'

interface Row {
  id: number
  name: string
  handedness: Handedness
  virtual: number
  reenacted: number
  created_at: number
  recordings: number
}

const SELECT = `SELECT *, (SELECT count(*) FROM recordings WHERE writer_id = writers.id AND deleted_by IS NULL) AS recordings
  FROM writers`

/** Those who write, each under a pseudonym that is theirs alone. */
export class Writers {
  readonly #database: Connection

  constructor(database: Connection) {
    this.#database = database
  }

  /** In the order of their names. */
  list(): Writer[] {
    return this.#database.all<Row>(`${SELECT} ORDER BY name, id`).map(asWriter)
  }

  /** Throws `not-found`. */
  get(id: number): Writer {
    const row = this.#database.get<Row>(`${SELECT} WHERE id = ?`, id)
    if (row === undefined)
      throw new KalamosError('not-found', `There is no writer ${id}.`, 'Choose a writer from the list, or create one.')
    return asWriter(row)
  }

  find(name: string): Writer | undefined {
    const row = this.#database.get<Row>(`${SELECT} WHERE name = ?`, tidy(name))
    return row === undefined ? undefined : asWriter(row)
  }

  /** Throws `conflict` where the name is taken. */
  create(writer: { name: string; handedness: Handedness; virtual?: boolean; reenacted?: boolean }): Writer {
    const name = tidy(writer.name)
    this.#refuseTaken(name, 0)
    const { id } = this.#database.run(
      'INSERT INTO writers (name, handedness, virtual, reenacted, created_at) VALUES (?, ?, ?, ?, ?)',
      name,
      writer.handedness,
      Number(writer.virtual ?? false),
      Number(writer.reenacted ?? false),
      Date.now(),
    )
    return this.get(id)
  }

  findOrCreate(name: string, otherwise: { handedness: Handedness; virtual: boolean }): Writer {
    return this.find(name) ?? this.create({ name, ...otherwise })
  }

  /** Throws `not-found`, or `conflict` where the name is taken. */
  update(id: number, change: { name: string; handedness: Handedness }): Writer {
    this.get(id)
    const name = tidy(change.name)
    this.#refuseTaken(name, id)
    this.#database.run('UPDATE writers SET name = ?, handedness = ? WHERE id = ?', name, change.handedness, id)
    return this.get(id)
  }

  /** Deletes the writer with all recordings, for good. Throws `conflict` while a session of theirs is running. */
  delete(id: number): void {
    this.refuseRecorded(id)
    this.#database.run('DELETE FROM writers WHERE id = ?', id)
  }

  /** Throws `not-found`, or `conflict` while a session of theirs is running. */
  refuseRecorded(id: number): void {
    const { name } = this.get(id)
    const running = this.#database.get('SELECT 1 FROM sessions WHERE writer_id = ? AND ended_at IS NULL', id)
    if (running !== undefined) {
      throw new KalamosError(
        'conflict',
        `A session of ${name} is running.`,
        'Stop the session, then delete the writer.',
      )
    }
  }

  #refuseTaken(name: string, except: number): void {
    const owner = this.find(name)
    if (owner !== undefined && owner.id !== except) {
      throw new KalamosError('conflict', `There is already a writer called ${name}.`, 'Choose another name.')
    }
  }
}

function tidy(name: string): string {
  return name.normalize('NFC').trim()
}

function asWriter(row: Row): Writer {
  return {
    id: row.id,
    name: row.name,
    handedness: row.handedness,
    virtual: row.virtual === 1,
    ...(row.reenacted === 1 ? { reenacted: true } : {}),
    createdAt: row.created_at,
    recordings: row.recordings,
  }
}
