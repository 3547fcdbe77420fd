import { every } from '../background.ts'
import { log } from '../log/index.ts'
import type { Connection } from './connection.ts'
import type { OpenRecording, Queue } from './open-recording.ts'

/** A promise of 100 ms, kept with room for a late timer. */
const FLUSH_EVERY_MS = 60
/** More than this is written at once, so that a fast source does not fill the memory. */
const FLUSH_ABOVE_BYTES = 2 * 1024 * 1024
/** How long to wait before trying again after a write failed. */
const RETRY_AFTER_MS = 1000

/** Brings the frames of all open recordings to the disk, in one transaction for all of them, with one timer. */
export class WriteQueue implements Queue {
  readonly #database: Connection
  readonly #open = new Set<OpenRecording>()
  #timer: NodeJS.Timeout | undefined
  #oldestAt = Infinity
  #failing = false
  #retryAt = 0

  constructor(database: Connection) {
    this.#database = database
  }

  get open(): readonly OpenRecording[] {
    return [...this.#open]
  }

  enter(recording: OpenRecording): void {
    this.#open.add(recording)
    this.#timer ??= every(FLUSH_EVERY_MS, 'store', 'frames could not be written', () => this.#tryFlush()).unref()
  }

  leave(recording: OpenRecording): void {
    this.#open.delete(recording)
    if (this.#open.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#oldestAt = Infinity
    this.#failing = false
  }

  filled(recording: OpenRecording): void {
    const now = Date.now()
    this.#oldestAt = Math.min(this.#oldestAt, now)
    if (now - this.#oldestAt >= FLUSH_EVERY_MS || recording.waitingBytes >= FLUSH_ABOVE_BYTES) this.#tryFlush()
  }

  /** Writes everything that waits. Throws what the database refuses; what could not be written stays queued. */
  flush(): void {
    const committed = this.#database.transaction(() => [...this.#open].map((recording) => recording.writeWaiting()))
    for (const forget of committed) forget?.()
    this.#oldestAt = Infinity
  }

  #tryFlush(): void {
    if (this.#oldestAt === Infinity || (this.#failing && Date.now() < this.#retryAt)) return
    try {
      this.flush()
      if (this.#failing) {
        log('store').info('frames are written again')
        this.#tell(null)
      }
      this.#failing = false
    } catch (error) {
      this.#retryAt = Date.now() + RETRY_AFTER_MS
      if (!this.#failing) {
        log('store').error('frames cannot be written', error)
        this.#tell(error)
      }
      this.#failing = true
    }
  }

  #tell(problem: unknown): void {
    for (const recording of this.#open) recording.onProblem?.(problem)
  }
}
