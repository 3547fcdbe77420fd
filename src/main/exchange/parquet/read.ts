import { Worker } from 'node:worker_threads'
import { KalamosError, type ErrorShape } from '../../../shared/errors.ts'
import { after, guarded } from '../../background.ts'
import { log } from '../../log/index.ts'
import { entry } from '../../paths.ts'
import type { Entry } from '../recording.ts'

/** What the thread that takes a file apart tells. */
export type Told =
  | { kind: 'group'; bytes: number }
  | { kind: 'entries'; entries: Entry[]; done: boolean }
  | { kind: 'failed'; error: ErrorShape }

export interface DecodeLimits {
  /** Silence for so long, and for `msPerMegabyte` of the group it is at, is that of a damaged file. */
  quietMs: number
  msPerMegabyte: number
  /** A thread that wants more is stopped before it takes the app with it. */
  heapMb: number
}

/** A group of 12 MB takes half a second on one core of an old machine; a busy one may be twenty times slower. */
const LIMITS: DecodeLimits = { quietMs: 30_000, msPerMegabyte: 2000, heapMb: 1024 }

/**
 * Reads tables with one row a recording. The file is taken apart in a thread of its own: one damaged inside may keep any
 * reader busy without end, or want all memory, and is then told as damaged; and a cancelled reading stops at once.
 * Throws `not-found`, `invalid-input` for what is no such table, `decode-failed` for damage, `cancelled`.
 */
export async function* readParquet(path: string, signal?: AbortSignal, limits: DecodeLimits = LIMITS): AsyncGenerator<Entry> {
  const thread = new DecodingThread(path, signal, limits)
  try {
    for (let done = false; !done; ) {
      const batch = await thread.next()
      yield* batch.entries
      done = batch.done
    }
  } finally {
    await thread.stop()
  }
}

class DecodingThread {
  readonly #path: string
  readonly #limits: DecodeLimits
  readonly #worker: Worker
  readonly #leaveSignal: () => void
  #waiting: { resolve(batch: { entries: Entry[]; done: boolean }): void; reject(error: Error): void } | undefined
  #failure: Error | undefined
  #patience: NodeJS.Timeout | undefined

  constructor(path: string, signal: AbortSignal | undefined, limits: DecodeLimits) {
    this.#path = path
    this.#limits = limits
    this.#worker = new Worker(entry('parquet-worker'), { workerData: { path }, name: 'parquet', resourceLimits: { maxOldGenerationSizeMb: limits.heapMb } })
    this.#worker.on('message', guarded('exchange', 'a batch could not be taken', (told: Told) => this.#hear(told), (error) => this.#fail(this.#unsound(error))))
    this.#worker.on(
      'error',
      guarded('exchange', 'a reader could not be left', (error: unknown) => {
        log('exchange').error('the thread that reads a file failed', error)
        this.#fail(this.#unsound(error))
      }),
    )
    this.#worker.on('exit', (code) => this.#fail(new KalamosError('decode-failed', `${path} could not be read: its reader ended with code ${code}.`, 'Copy the file again.')))
    const cancel = (): void => this.#fail(new KalamosError('cancelled', `Reading ${path} was cancelled.`))
    signal?.addEventListener('abort', cancel, { once: true })
    this.#leaveSignal = () => signal?.removeEventListener('abort', cancel)
    if (signal?.aborted === true) cancel()
  }

  next(): Promise<{ entries: Entry[]; done: boolean }> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure)
      this.#waiting = { resolve, reject }
      this.#wait(0)
      this.#worker.postMessage('next')
    })
  }

  async stop(): Promise<void> {
    this.#leaveSignal()
    clearTimeout(this.#patience)
    await this.#worker.terminate()
  }

  #hear(told: Told): void {
    if (told.kind === 'group') return this.#wait(told.bytes)
    if (told.kind === 'failed') return this.#fail(new KalamosError(told.error.code, told.error.message, told.error.hint))
    clearTimeout(this.#patience)
    this.#waiting?.resolve(told)
    this.#waiting = undefined
  }

  /** Waits anew, longer where more is to be unpacked. */
  #wait(bytes: number): void {
    clearTimeout(this.#patience)
    const { quietMs, msPerMegabyte } = this.#limits
    this.#patience = after(quietMs + (bytes / 2 ** 20) * msPerMegabyte, 'exchange', 'a silent reader could not be left', () => this.#fail(this.#unsound()))
  }

  #fail(error: Error): void {
    this.#failure ??= error
    clearTimeout(this.#patience)
    this.#waiting?.reject(this.#failure)
    this.#waiting = undefined
  }

  #unsound(cause?: unknown): KalamosError {
    const memory = (cause as NodeJS.ErrnoException | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY'
    const why = cause === undefined ? 'taking a group of its rows apart does not end' : memory ? 'a group of its rows wants more memory than it can have' : `its reader failed (${(cause as Error).message})`
    return new KalamosError('decode-failed', `${this.#path} is damaged, or its groups of rows are far too large: ${why}.`, 'Copy the file again, or write it with some thousand rows a group.', { cause })
  }
}
