import Database from 'better-sqlite3'
import { databaseProblem } from './problems.ts'

export type Value = string | number | bigint | Uint8Array | null

/** Pages kept in memory: enough for the indexes that lists with many rows are read by. */
const CACHE_KIB = 64 * 1024

/**
 * One connection to the database file. Statements are prepared once and kept;
 * whatever SQLite refuses comes out as a `KalamosError` that names the file and the way out.
 */
export class Connection {
  readonly path: string
  readonly readOnly: boolean
  readonly #database: Database.Database
  readonly #statements = new Map<string, Database.Statement<Value[]>>()

  constructor(path: string, options: { readOnly: boolean; busyMillis: number }) {
    this.path = path
    this.readOnly = options.readOnly
    this.#database = this.#guarded(
      () => new Database(path, { readonly: options.readOnly, fileMustExist: options.readOnly, timeout: options.busyMillis }),
    )
    try {
      this.pragma(`cache_size = -${CACHE_KIB}`)
    } catch (error) {
      this.#database.close()
      throw error
    }
  }

  /** Runs a statement that changes rows. */
  run(sql: string, ...values: Value[]): { changes: number; id: number } {
    const result = this.#guarded(() => this.#statement(sql).run(...values))
    return { changes: result.changes, id: Number(result.lastInsertRowid) }
  }

  get<Row>(sql: string, ...values: Value[]): Row | undefined {
    return this.#guarded(() => this.#statement(sql).get(...values)) as Row | undefined
  }

  all<Row>(sql: string, ...values: Value[]): Row[] {
    return this.#guarded(() => this.#statement(sql).all(...values)) as Row[]
  }

  /** Runs several statements at once; for schemas. */
  execute(sql: string): void {
    this.#guarded(() => this.#database.exec(sql))
  }

  /** Reads or sets a pragma and returns its first value. */
  pragma(text: string): unknown {
    return this.#guarded(() => this.#database.pragma(text, { simple: true }))
  }

  /** All or nothing. May be nested: an inner one that throws takes back only its own changes. */
  transaction<T>(work: () => T): T {
    return this.#guarded(() => this.#database.transaction(work).immediate())
  }

  get isOpen(): boolean {
    return this.#database.open
  }

  close(): void {
    this.#statements.clear()
    this.#database.close()
  }

  #statement(sql: string): Database.Statement<Value[]> {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#database.prepare<Value[]>(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  #guarded<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw databaseProblem(this.path, error)
    }
  }
}
