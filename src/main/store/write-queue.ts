import { every, inBackground } from '../process/background.ts'
import { log } from '../log/index.ts'
import { Checkpoints } from './checkpoints/index.ts'
import type { Connection } from './connection.ts'
import type { OpenRecording, Queue } from './open-recording.ts'
import { diskProblem } from './problems.ts'
import { syncLog, syncLogNow, type SyncLog } from './sync-log.ts'

/** A promise of 100 ms, kept with room for a late timer. */
const FLUSH_EVERY_MS = 60
/** More than this is written at once, so that a fast source does not fill the memory. */
const FLUSH_ABOVE_BYTES = 2 * 1024 * 1024
/** How long to wait before trying again after a write or a sync failed. */
const RETRY_AFTER_MS = 1000

/** What happens to frames: they come into SQLite's log, then the log comes to the disk. */
type Step = 'written' | 'synced'

/**
 * Brings the frames of all open recordings to the disk, in one transaction for all of them, with one timer. What the
 * timer writes is synced behind it, outside this thread, one sync at a time; frames count as on the disk once that has
 * come back.
 */
export class WriteQueue implements Queue {
  readonly #database: Connection
  readonly #syncLog: SyncLog
  readonly #checkpoints: Checkpoints
  readonly #open = new Set<OpenRecording>()
  readonly #failing = new Map<Step, { problem: unknown; retryAt: number }>()
  readonly #told = new WeakSet<OpenRecording>()
  #timer: NodeJS.Timeout | undefined
  #oldestAt = Infinity
  /** Frames were written since the last sync began, or it failed. */
  #behind = false
  #syncing = false
  #closed = false

  /** `sync`: how the log comes to the disk where nobody waits for it. */
  constructor(database: Connection, sync: SyncLog = syncLog) {
    this.#database = database
    this.#syncLog = sync
    this.#checkpoints = new Checkpoints(database, (problem) => this.#syncFailed(problem))
  }

  get open(): readonly OpenRecording[] {
    return [...this.#open]
  }

  enter(recording: OpenRecording): void {
    this.#open.add(recording)
    this.#checkpoints.begin()
    this.#timer ??= every(FLUSH_EVERY_MS, 'store', 'frames could not be written', () => this.#tick()).unref()
  }

  leave(recording: OpenRecording): void {
    this.#open.delete(recording)
    if (this.#open.size > 0) return
    this.#oldestAt = Infinity
    this.#failing.delete('written')
    this.#restIfDone()
  }

  filled(recording: OpenRecording): void {
    const now = performance.now()
    this.#oldestAt = Math.min(this.#oldestAt, now)
    if (now - this.#oldestAt >= FLUSH_EVERY_MS || recording.waitingBytes >= FLUSH_ABOVE_BYTES) this.#tryFlush()
  }

  /** A commit with `synchronous = FULL` syncs the whole log, and with it what was written before. */
  committed(): void {
    if (this.#database.inTransaction || this.#failing.has('synced')) return
    this.#behind = false
    for (const recording of this.#open) recording.synced(recording.framesWritten)
  }

  /**
   * Brings everything that waits to the disk before it returns. Throws what the database or the disk refuses; what
   * could not be written stays queued, and what could not be synced is tried again.
   */
  flush(): void {
    const wrote = this.#write((work) => this.#database.transaction(work))
    if (this.#database.inTransaction) {
      this.#behind = true
      return
    }
    this.#works('written')
    // A transaction without a change syncs nothing.
    if (this.#behind || this.#syncing) this.#finishSync(wrote)
    this.committed()
  }

  /** Lets go of the database: a sync that comes back later counts nothing. */
  close(): void {
    this.#closed = true
    this.#open.clear()
    this.#rest()
    this.#checkpoints.close()
  }

  #tick(): void {
    this.#tryFlush()
    this.#syncBehind()
  }

  #tryFlush(): void {
    if (this.#oldestAt === Infinity || this.#database.inTransaction || this.#waits('written')) return
    try {
      this.#write((work) => this.#database.transactionUnsynced(work))
    } catch (error) {
      this.#failed('written', error)
      return
    }
    this.#works('written')
    this.#behind = true
    this.#syncBehind()
  }

  /** Returns whether there was something to write. */
  #write(transaction: (work: () => ((() => void) | undefined)[]) => ((() => void) | undefined)[]): boolean {
    const committed = transaction(() => [...this.#open].map((recording) => recording.writeWaiting()))
    for (const forget of committed) forget?.()
    this.#oldestAt = Infinity
    return committed.some((forget) => forget !== undefined)
  }

  #syncBehind(): void {
    if (this.#behind && !this.#syncing && !this.#waits('synced'))
      inBackground('store', 'frames could not be synced', () => this.#sync())
  }

  /** Syncs until nothing is behind, or fails and leaves it behind. */
  async #sync(): Promise<void> {
    this.#syncing = true
    try {
      while (this.#behind && !this.#closed && (await this.#syncOnce()));
    } finally {
      this.#syncing = false
    }
  }

  async #syncOnce(): Promise<boolean> {
    const written = [...this.#open].map((recording) => [recording, recording.framesWritten] as const)
    this.#behind = false
    try {
      await this.#syncLog(this.#database.path)
      if (this.#closed) return false
      if (this.#failing.has('synced')) this.#writeAnew()
    } catch (error) {
      this.#syncFailed(diskProblem(this.#database.path, error))
      return false
    }
    for (const [recording, frames] of written) recording.synced(frames)
    this.#works('synced')
    this.#checkpoints.synced()
    return true
  }

  #syncFailed(problem: unknown): void {
    this.#behind = true
    if (!this.#closed) this.#failed('synced', problem)
  }

  /** Syncs now what a commit did not. */
  #finishSync(committed: boolean): void {
    try {
      if (this.#failing.has('synced')) this.#writeAnew()
      else if (!committed) syncLogNow(this.#database.path)
    } catch (error) {
      const problem = diskProblem(this.#database.path, error)
      this.#syncFailed(problem)
      throw problem
    }
    this.#works('synced')
  }

  /**
   * After a sync that failed, Linux may hold for written what is not (https://wiki.postgresql.org/wiki/Fsync_Errors),
   * so one that succeeds later says nothing. The database file takes over what is in the log, and the log begins anew.
   */
  #writeAnew(): void {
    const busy = this.#database.pragma('wal_checkpoint(TRUNCATE)')
    if (busy !== 0) throw this.#failing.get('synced')!.problem
  }

  #waits(step: Step): boolean {
    return performance.now() < (this.#failing.get(step)?.retryAt ?? 0)
  }

  /** Tells every open recording once; one that began since is told at the next try. */
  #failed(step: Step, problem: unknown): void {
    if (!this.#failing.has(step)) {
      if (step === 'written') log('store').error('frames cannot be written', problem)
      else log('store').error('frames cannot be synced', problem)
    }
    this.#failing.set(step, { problem, retryAt: performance.now() + RETRY_AFTER_MS })
    for (const recording of this.#open) {
      if (this.#told.has(recording)) continue
      this.#told.add(recording)
      recording.onProblem?.(problem)
    }
  }

  #works(step: Step): void {
    if (!this.#failing.delete(step)) return
    if (step === 'written') log('store').info('frames are written again')
    else log('store').info('frames are synced again')
    if (this.#failing.size > 0) return
    for (const recording of this.#open) if (this.#told.delete(recording)) recording.onProblem?.(null)
    this.#restIfDone()
  }

  /** A sync that failed is tried again even where nothing is recorded any more. */
  #restIfDone(): void {
    if (this.#open.size === 0 && !this.#failing.has('synced')) this.#rest()
  }

  #rest(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#oldestAt = Infinity
  }
}
