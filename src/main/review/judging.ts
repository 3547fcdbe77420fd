import { setImmediate } from 'node:timers/promises'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import type { Events } from '../process/events.ts'
import type { Store, Which } from '../store/index.ts'
import { judgeStored } from './rejudge.ts'

/** So often, in recordings, it is told how far it is. */
const TELL_EVERY = 10

/** Judges many stored recordings, one such work at a time; others have their turn after each. */
export class Judging {
  readonly #store: Store
  readonly #events: Events
  #running: { abort: AbortController; settled: Promise<unknown> } | null = null

  constructor({ store, events }: { store: Store; events: Events }) {
    this.#store = store
    this.#events = events
  }

  /**
   * Resolves to how many were judged. Throws `conflict` while others are being judged, and `cancelled`; verdicts that
   * were given by then stay.
   */
  async judge(which: Which): Promise<number> {
    if (this.#running !== null)
      throw new KalamosError('conflict', say('recognise.recordings-being-judged-already'), say('learning.wait-cancel'))
    const abort = new AbortController()
    const work = this.#all(this.#store.edits.idsOf(which), abort.signal)
    this.#running = { abort, settled: work.catch(() => undefined) }
    try {
      return await work
    } finally {
      this.#running = null
    }
  }

  cancel(): void {
    this.#running?.abort.abort()
  }

  async close(): Promise<void> {
    this.cancel()
    await this.#running?.settled
  }

  async #all(ids: readonly number[], signal: AbortSignal): Promise<number> {
    let judged = 0
    for (const [done, id] of ids.entries()) {
      if (done % TELL_EVERY === 0) this.#tell(done, ids.length)
      await setImmediate()
      if (signal.aborted)
        throw new KalamosError(
          'cancelled',
          say('recognise.judging-cancelled-after-recordings', { done, ids: ids.length }),
        )
      if (judgeStored(this.#store, id)) judged++
    }
    this.#tell(ids.length, ids.length)
    return judged
  }

  #tell(done: number, total: number): void {
    this.#events.emit('review.judging', { done, total })
  }
}
