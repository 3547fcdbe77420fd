import { after, guarded } from '../../process/background.ts'
import type { ChildProcess, Fork } from '../../process/fork.ts'
import { entry } from '../../files/paths.ts'
import type { Ask, Bounds, FromReader, Order, ToReader } from './messages.ts'

/**
 * So long a reader that has done its work waits for the next file: who looks at a table changes its mapping again and
 * again.
 */
const IDLE_MS = 10_000

/** Who hears a reader while it reads a file. */
export interface Listener {
  hear(told: FromReader): void
  /** It is gone; `reason` says how it ended. */
  ended(reason: string): void
}

/** A process that reads files of others, one after the other, seen from the app. */
export class Reader {
  static #idle: Reader | undefined
  readonly #ended: Promise<void>
  readonly #child: ChildProcess
  readonly #fork: Fork
  readonly #bounds: Bounds
  readonly #unsent: ToReader[] = []
  #listener: Listener | undefined
  #ready = false
  #isKilled = false
  #patience: NodeJS.Timeout | undefined

  private constructor(fork: Fork, bounds: Bounds) {
    this.#fork = fork
    this.#bounds = bounds
    this.#child = fork(entry('reader'), { typedArrays: true })
    this.#child.onMessage(
      guarded(
        'exchange',
        'what a reader told could not be taken',
        (message: unknown) => this.#hear(message as FromReader),
        () => this.kill(),
      ),
    )
    this.#ended = new Promise((resolve) => {
      this.#child.onExit(
        guarded('exchange', 'the end of a reader could not be taken', (reason: string) => {
          if (Reader.#idle === this) Reader.#idle = undefined
          resolve()
          this.#listener?.ended(reason)
        }),
      )
    })
  }

  /** A reader with these bounds: the one that waits for work, else a new one. */
  static take(fork: Fork, bounds: Bounds): Reader {
    const idle = Reader.#idle
    if (idle === undefined || idle.#fork !== fork || idle.#bounds !== bounds) return new Reader(fork, bounds)
    Reader.#idle = undefined
    clearTimeout(idle.#patience)
    idle.#child.ref()
    return idle
  }

  begin(order: Order, listener: Listener): void {
    this.#listener = listener
    this.#send({ order })
  }

  ask(ask: Ask): void {
    this.#send({ ask })
  }

  /** Gives back one that has told all of its file, and keeps nothing of it. It does not keep the app from ending. */
  async release(): Promise<void> {
    this.#listener = undefined
    if (this.#isKilled) return this.end()
    Reader.#idle?.kill()
    Reader.#idle = this
    this.#child.unref()
    this.#patience = after(IDLE_MS, 'exchange', 'a reader without work could not be ended', () => this.kill()).unref()
  }

  /** Ends it at once, and waits until it is gone. */
  async end(): Promise<void> {
    this.kill()
    await this.#ended
  }

  kill(): void {
    if (Reader.#idle === this) Reader.#idle = undefined
    this.#isKilled = true
    this.#child.kill()
  }

  #hear(told: FromReader): void {
    if (told.kind !== 'ready') return this.#listener?.hear(told)
    this.#ready = true
    for (const message of this.#unsent.splice(0)) this.#child.send(message)
  }

  #send(message: ToReader): void {
    if (this.#ready) this.#child.send(message)
    else this.#unsent.push(message)
  }
}
