import type Database from 'better-sqlite3'
import { native } from '../native/libraries.ts'
import { databaseProblem } from './problems.ts'

export type Value = string | number | bigint | Uint8Array | null

/** Pages kept in memory: enough for all that lists with many rows look at. */
const CACHE_KIB = 64 * 1024
/** How much of a copy is made at once, in pages of 4 KiB: a few ms. */
const COPIED_PAGES = 1000
/** `synchronous` as SQLite numbers it: 0 is OFF, 2 is FULL. */
const NORMAL = 1

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
      () =>
        new (native('database'))(path, {
          readonly: options.readOnly,
          fileMustExist: options.readOnly,
          timeout: options.busyMillis,
        }),
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

  /** The first column of all rows. */
  column<T extends Value>(sql: string, ...values: Value[]): T[] {
    return this.#guarded(() => this.#statement(sql, 'column').all(...values)) as T[]
  }

  /** Runs several statements at once; for schemas. */
  execute(sql: string): void {
    this.#guarded(() => this.#database.exec(sql))
  }

  /** Reads or sets a pragma and returns its first value. */
  pragma(text: string): unknown {
    return this.#guarded(() => this.#database.pragma(text, { simple: true }))
  }

  /** What SQLite finds wrong with the structure of the file; null where it is sound. Reads all of it. */
  damage(): string | null {
    const finding = String(this.pragma('quick_check(1)'))
    return finding === 'ok' ? null : finding
  }

  /** All or nothing. May be nested: an inner one that throws takes back only its own changes. */
  transaction<T>(work: () => T): T {
    return this.#guarded(() => this.#database.transaction(work).immediate())
  }

  /**
   * The same, for what need not be durable when this returns: the commit writes SQLite's log and leaves it to the
   * caller to sync it (`syncLog`). "When synchronous is NORMAL, […] the WAL file is synchronized before each
   * checkpoint" and not at
   * commits: the database stays consistent, "but WAL mode does lose durability" until the log is synced
   * (https://www.sqlite.org/pragma.html#pragma_synchronous). A commit of `transaction` syncs this one along. Where
   * syncing is off, it stays off. Throws within another transaction: there the outer one decides.
   */
  transactionUnsynced<T>(work: () => T): T {
    const level = Number(this.pragma('synchronous'))
    if (level <= NORMAL) return this.transaction(work)
    this.pragma(`synchronous = ${NORMAL}`)
    try {
      return this.transaction(work)
    } finally {
      this.pragma(`synchronous = ${level}`)
    }
  }

  /**
   * Copies the database of this instant into a new file. What is written meanwhile, by whomever, is not in it: the copy
   * is read within one transaction. For connections that only read. `progress` hears the share that is done, 0 to 1.
   */
  async copyTo(path: string, progress: (share: number) => void): Promise<void> {
    const database = this.#database
    this.#guarded(() => database.exec('BEGIN; SELECT count(*) FROM sqlite_schema'))
    try {
      await database.backup(path, {
        progress: ({ totalPages, remainingPages }) => {
          progress(totalPages === 0 ? 0 : 1 - remainingPages / totalPages)
          return COPIED_PAGES
        },
      })
    } catch (error) {
      throw databaseProblem(path, error)
    } finally {
      this.#guarded(() => database.exec('COMMIT'))
    }
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction
  }

  get isOpen(): boolean {
    return this.#database.open
  }

  close(): void {
    this.#statements.clear()
    this.#database.close()
  }

  #statement(sql: string, rows: 'whole' | 'column' = 'whole'): Database.Statement<Value[]> {
    const key = `${rows} ${sql}`
    const known = this.#statements.get(key)
    if (known !== undefined) return known
    const statement = this.#database.prepare<Value[]>(sql)
    if (rows === 'column') statement.pluck()
    this.#statements.set(key, statement)
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
