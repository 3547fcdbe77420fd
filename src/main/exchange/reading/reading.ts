import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CsvColumns, FormatName } from '../../../shared/api/exchange.ts'
import { asError, KalamosError } from '../../../shared/errors.ts'
import { english } from '../../../shared/messages/index.ts'
import { after } from '../../process/background.ts'
import { takeRelayed } from '../../log/index.ts'
import { forkChild, type Fork } from '../../process/fork.ts'
import type { ReadOptions } from '../format-codec.ts'
import type { Entry } from '../recording.ts'
import { refuseGivenUp, rememberGivenUp, versionOf } from './given-up.ts'
import type { Ask, Bounds, FromReader, Order } from './messages.ts'
import { Reader } from './reader.ts'

/** How to read a file where it can be stopped at any moment. */
export interface ReadingOptions extends Pick<ReadOptions, 'csv' | 'encoding' | 'allStreams' | 'limits'> {
  /** Aborting ends the reader at once; it throws `cancelled`. */
  signal?: AbortSignal
  /** Starts the process that reads; a Node child process unless the shell has a way of its own. */
  fork?: Fork | undefined
  bounds?: Bounds
}

/**
 * A Parquet group of 12 MB takes half a second on one core of an old machine; a busy one may be twenty times slower.
 */
const BOUNDS: Bounds = { heapMb: 1024, processMb: 1536, quietMs: 30_000, msPerMegabyte: 2000 }

/**
 * The recordings of a file or folder, batch by batch as they are wanted. It is taken apart in a process of its own:
 * whatever is in it can neither keep this one busy nor fill its memory, and a cancelled reading stops at once. Throws
 * `not-found`, `invalid-input` for what is of another kind, `not-utf8`, `decode-failed` for damage and for what would
 * need too much memory, `cancelled`.
 */
export async function* readEntries(
  format: FormatName,
  path: string,
  options: ReadingOptions = {},
): AsyncGenerator<Entry> {
  const reading = new Reading(format, path, options)
  try {
    yield* reading.entries()
  } finally {
    await reading.stop()
  }
}

/** A reader that has read more than this has grown by it. */
const REUSED_VALUES = 5_000_000

/**
 * How a process ends that wanted more memory than V8 or the system had for it. Nobody else ends it so before it has
 * failed.
 */
const OUT_OF_MEMORY = /out of memory|SIGABRT|SIGTRAP|SIGKILL|exit code 134/

type Answer = Extract<FromReader, { kind: 'columns' | 'entries' }>

/**
 * A file being read. `stop` it whatever happens. Throws at once for a file that was given up and has not changed since.
 */
export class Reading {
  /** Of the file as it was when its reading began. */
  readonly #version: string | null
  readonly #order: Order
  readonly #reader: Reader
  readonly #leaveSignal: () => void
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined
  #values = 0
  #isDone = false
  #failure: Error | undefined
  #patience: NodeJS.Timeout | undefined

  constructor(
    format: FormatName,
    path: string,
    { csv, encoding, allStreams, limits, signal, fork = forkChild, bounds = BOUNDS }: ReadingOptions,
  ) {
    this.#version = versionOf(path)
    refuseGivenUp(path, this.#version)
    this.#order = {
      format,
      path,
      csv,
      encoding,
      allStreams,
      limits,
      scratch: join(tmpdir(), `kalamos-reading-${randomUUID()}`),
      bounds,
    }
    this.#reader = Reader.take(fork, bounds)
    this.#reader.begin(this.#order, {
      hear: (told) => this.#hear(told),
      ended: (reason) =>
        this.#fail(OUT_OF_MEMORY.test(reason) ? this.#tooLarge() : this.#damaged(`its reader ended (${reason})`)),
    })
    const cancel = (): void => this.#fail(new KalamosError('cancelled', `Reading ${path} was cancelled.`))
    signal?.addEventListener('abort', cancel, { once: true })
    this.#leaveSignal = () => signal?.removeEventListener('abort', cancel)
    if (signal?.aborted === true) cancel()
  }

  /** The columns of a CSV table, with a guess of what they are. */
  async columns(): Promise<CsvColumns> {
    const answer = await this.#asked('columns')
    if (answer.kind !== 'columns') throw this.#damaged('its reader told something else')
    return answer.columns
  }

  async *entries(): AsyncGenerator<Entry> {
    for (let done = false; !done;) {
      const answer = await this.#asked('next')
      if (answer.kind !== 'entries') throw this.#damaged('its reader told something else')
      for (const each of answer.entries) {
        if ('recording' in each) this.#values += each.recording.signal.values.length
        yield each
      }
      done = answer.done
      this.#isDone = done
    }
  }

  /**
   * Waits until nothing of it is left; a reader that has told everything, and has not grown by it, is kept for the next
   * file.
   */
  async stop(): Promise<void> {
    this.#leaveSignal()
    clearTimeout(this.#patience)
    await (this.#isDone && this.#values < REUSED_VALUES ? this.#reader.release() : this.#reader.end())
    await rm(this.#order.scratch, { recursive: true, force: true })
  }

  #asked(ask: Ask): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) return reject(this.#failure)
      this.#waiting = { resolve, reject }
      this.#wait(0)
      this.#reader.ask(ask)
    })
  }

  #hear(told: FromReader): void {
    switch (told.kind) {
      case 'log':
        return takeRelayed(told.entry)
      case 'group':
        return this.#wait(told.bytes)
      case 'too large':
        return this.#fail(this.#tooLarge())
      case 'failed':
        if (told.error.code === 'internal')
          return this.#fail(this.#damaged(`its reader failed (${english(told.error.message)})`))
        this.#isDone = true
        return this.#settle(asError(told.error))
      case 'columns':
      case 'entries':
        clearTimeout(this.#patience)
        this.#waiting?.resolve(told)
        this.#waiting = undefined
    }
  }

  /** A damaged Parquet file may keep its library busy without end. Waits anew, longer where more is to be unpacked. */
  #wait(bytes: number): void {
    clearTimeout(this.#patience)
    if (this.#order.format !== 'parquet') return
    const { quietMs, msPerMegabyte } = this.#order.bounds
    const giveUp = (): void => {
      const error = this.#damaged('taking a group of its rows apart does not end')
      rememberGivenUp(this.#order.path, this.#version, error)
      this.#fail(error)
    }
    this.#patience = after(
      quietMs + (bytes / 2 ** 20) * msPerMegabyte,
      'exchange',
      'a silent reader could not be left',
      giveUp,
    )
  }

  /** What goes on reading is ended: nobody waits for it. */
  #fail(error: Error): void {
    this.#reader.kill()
    this.#settle(error)
  }

  /** The first failure counts. */
  #settle(error: Error): void {
    this.#failure ??= error
    clearTimeout(this.#patience)
    this.#waiting?.reject(this.#failure)
    this.#waiting = undefined
  }

  #tooLarge(): KalamosError {
    return this.#damaged(`reading it wants more than ${this.#order.bounds.heapMb} MB of memory`)
  }

  #damaged(why: string): KalamosError {
    return new KalamosError(
      'decode-failed',
      `${this.#order.path} is damaged or far too large: ${why}.`,
      'Copy or download the file again, or write it in smaller parts.',
    )
  }
}
