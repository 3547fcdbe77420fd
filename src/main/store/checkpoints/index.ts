import { Worker } from 'node:worker_threads'
import { asError, type ErrorShape } from '../../../shared/errors.ts'
import { guarded } from '../../process/background.ts'
import { log } from '../../log/index.ts'
import { entry } from '../../files/paths.ts'
import type { Connection } from '../connection.ts'

export interface Setup {
  path: string
  /** One number that becomes 1 once the thread's connection is closed. */
  closed: Int32Array
}
export type Asked = 'checkpoint' | 'close'
export interface Done {
  error: ErrorShape | null
}

/** About as often as SQLite would by itself while a pen of 100 Hz is recorded. */
const EVERY_MS = 5000
/** SQLite's own measure, in pages of the log: whoever commits beyond it waits until the log is in the database file. */
const USUAL_PAGES = 1000
/** The same while the thread does that: it has to fall behind by 64 MB before anybody waits. */
const BEHIND_PAGES = 16_384
const CLOSE_WITHIN_MS = 5000

/**
 * Checkpoints in a thread of their own while frames are recorded: one syncs the log and the database file, which on a
 * busy or slow disk takes longer than a pen's buffer lasts. The thread starts with the first one that is due. Where it
 * fails, SQLite does them again at commits, as it does in every other database.
 */
export class Checkpoints {
  readonly #database: Connection
  readonly #failed: (error: unknown) => void
  readonly #thread: URL
  readonly #closed = new Int32Array(new SharedArrayBuffer(4))
  #state: 'idle' | 'busy' | 'ended' = 'idle'
  #worker: Worker | undefined
  #lastAt = -Infinity

  /**
   * `failed` hears what the disk refused: the system tells a failed write once, so that whoever syncs the log later
   * would take it for synced.
   */
  constructor(database: Connection, failed: (error: unknown) => void, thread = entry('checkpoint-worker')) {
    this.#database = database
    this.#failed = failed
    this.#thread = thread
  }

  /** Frames are going to be written. */
  begin(): void {
    if (this.#lastAt !== -Infinity) return
    this.#lastAt = performance.now()
    this.#database.pragma(`wal_autocheckpoint = ${BEHIND_PAGES}`)
  }

  /** Frames were synced: begins a checkpoint where one is due. */
  synced(): void {
    if (this.#state !== 'idle' || performance.now() - this.#lastAt < EVERY_MS) return
    this.#worker ??= this.#start()
    this.#state = 'busy'
    this.#worker.postMessage('checkpoint' satisfies Asked)
  }

  /** Waits until the thread has let go of the database. */
  close(): void {
    const worker = this.#worker
    this.#state = 'ended'
    this.#worker = undefined
    if (worker === undefined) return
    worker.postMessage('close' satisfies Asked)
    Atomics.wait(this.#closed, 0, 0, CLOSE_WITHIN_MS)
  }

  #start(): Worker {
    const setup: Setup = { path: this.#database.path, closed: this.#closed }
    const worker = new Worker(this.#thread, { workerData: setup, name: 'checkpoints' })
    worker.on(
      'message',
      guarded('store', 'a checkpoint could not be taken note of', (done: Done) => this.#done(done)),
    )
    worker.on(
      'error',
      guarded('store', 'the end of checkpoints could not be taken note of', (error: unknown) => this.#giveUp(error)),
    )
    worker.unref()
    return worker
  }

  #done({ error }: Done): void {
    if (this.#state === 'ended') return
    this.#state = 'idle'
    this.#lastAt = performance.now()
    if (error === null) return
    const problem = asError(error)
    log('store').error('a checkpoint failed', problem)
    // A full disk is no loss: the log keeps what the database file has no room for.
    if (problem.code !== 'disk-full') this.#failed(problem)
  }

  /** The thread has ended by itself. */
  #giveUp(error: unknown): void {
    if (this.#state === 'ended') return
    this.#state = 'ended'
    this.#worker = undefined
    log('store').error('checkpoints cannot be done in a thread of their own', error)
    this.#database.pragma(`wal_autocheckpoint = ${USUAL_PAGES}`)
  }
}
