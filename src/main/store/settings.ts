import * as v from 'valibot'
import type { Connection } from './connection.ts'

/** What is remembered of a writer. */
const OF_WRITER = ['pauses', 'words', 'exports'] as const
export type OfWriter = (typeof OF_WRITER)[number]

/** Words that were learned from a writer's corrections, as they are remembered. */
export const WordsOfWriter = v.object({ words: v.array(v.string()) })

/**
 * The name under which something is remembered of a writer; `part` where there are several, such as one for each kind
 * of pen.
 */
export function nameOfWriters(what: OfWriter, writerId: number, part?: string): string {
  return part === undefined ? `${what} of writer ${writerId}` : `${what} of writer ${writerId} with ${part}`
}

/** Small things to remember, by name: how somebody wants to read, how long a writer's pauses are. */
export class Settings {
  readonly #database: Connection

  constructor(database: Connection) {
    this.#database = database
  }

  /**
   * The value under a name, or null where there is none that fits the schema: an older version may have meant another.
   */
  get<S extends v.GenericSchema>(name: string, schema: S): v.InferOutput<S> | null {
    const row = this.#database.get<{ value: string }>('SELECT value FROM settings WHERE name = ?', name)
    if (row === undefined) return null
    const result = v.safeParse(schema, JSON.parse(row.value))
    return result.success ? result.output : null
  }

  set(name: string, value: unknown): void {
    this.#database.run(
      'INSERT OR REPLACE INTO settings (name, value, changed_at) VALUES (?, ?, ?)',
      name,
      JSON.stringify(value),
      Date.now(),
    )
  }

  delete(name: string): void {
    this.#database.run('DELETE FROM settings WHERE name = ?', name)
  }

  /** Every part of what is remembered of a writer, by name. */
  partsOfWriters(what: OfWriter, writerId: number): { name: string; value: unknown }[] {
    const sql = "SELECT name, value FROM settings WHERE name LIKE ? || '%' ORDER BY name"
    const rows = this.#database.all<{ name: string; value: string }>(sql, nameOfWriters(what, writerId, ''))
    return rows.map(({ name, value }) => ({ name, value: JSON.parse(value) as unknown }))
  }

  /** Forgets everything that is remembered of a writer. */
  forgetWriter(writerId: number): void {
    for (const what of OF_WRITER) {
      const [whole, parts] = [nameOfWriters(what, writerId), nameOfWriters(what, writerId, '')]
      this.#database.run("DELETE FROM settings WHERE name = ? OR name LIKE ? || '%'", whole, parts)
    }
  }
}
