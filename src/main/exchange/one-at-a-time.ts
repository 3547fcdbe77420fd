import { setImmediate } from 'node:timers/promises'
import { KalamosError } from '../../shared/errors.ts'

/** Nobody waits longer than this for a reader that has much to do at one place. */
const TURN_MS = 20

/** Throws `cancelled` once reading a file or folder is no longer wanted. */
export function checkWanted(path: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new KalamosError('cancelled', `Reading ${path} was cancelled.`)
}

/** Gives others their turn now and then: pens that are recording, windows that ask or cancel. */
export class OneAtATime {
  readonly #path: string
  readonly #signal: AbortSignal | undefined
  #until = performance.now() + TURN_MS

  constructor(path: string, signal: AbortSignal | undefined) {
    this.#path = path
    this.#signal = signal
  }

  /** Throws `cancelled` once reading is no longer wanted. */
  async next(): Promise<void> {
    checkWanted(this.#path, this.#signal)
    if (performance.now() < this.#until) return
    await setImmediate()
    this.#until = performance.now() + TURN_MS
    checkWanted(this.#path, this.#signal)
  }
}
