import * as v from 'valibot'
import type { Connection } from './connection.ts'

/** Small things to remember, by name: how somebody wants to read, how long a writer's pauses are. */
export class Settings {
  readonly #database: Connection

  constructor(database: Connection) {
    this.#database = database
  }

  /** The value under a name, or null where there is none that fits the schema: an older version may have meant another. */
  get<S extends v.GenericSchema>(name: string, schema: S): v.InferOutput<S> | null {
    const row = this.#database.get<{ value: string }>('SELECT value FROM settings WHERE name = ?', name)
    if (row === undefined) return null
    const result = v.safeParse(schema, JSON.parse(row.value))
    return result.success ? result.output : null
  }

  set(name: string, value: unknown): void {
    this.#database.run('INSERT OR REPLACE INTO settings (name, value, changed_at) VALUES (?, ?, ?)', name, JSON.stringify(value), Date.now())
  }

  delete(name: string): void {
    this.#database.run('DELETE FROM settings WHERE name = ?', name)
  }
}
