import type { Recording } from '../../shared/api/recordings.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import { matchChannels, type Channel } from '../../shared/signal.ts'
import type { Model } from '../../shared/api/training.ts'
import { inBackground } from '../process/background.ts'
import type { Events } from '../process/events.ts'
import { loadModel } from '../ml/checkpoint/model.ts'
import { loadRecogniser, type OpenReadingEngine, type Recogniser } from '../ml/inference/recogniser.ts'
import type { Store } from '../store/index.ts'
import type { Which } from '../store/edits.ts'

/** Models kept ready to read, the latest used last. */
const KEPT = 3
const TELL_EVERY = 20

export interface ModelReaderDeps {
  store: Store
  events: Events
  openEngine: OpenReadingEngine
}

/** Lets models read stored recordings, and keeps what they read. */
export class ModelReader {
  readonly #deps: ModelReaderDeps
  readonly #ready = new Map<number, Promise<Recogniser>>()
  #running: AbortController | null = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(deps: ModelReaderDeps) {
    this.#deps = deps
  }

  /** Models whose channels the recording has. */
  suitable(channels: readonly Channel[]): Model[] {
    return this.#deps.store.models
      .list()
      .filter((model) => matchChannels(channels, model.channels).missing.length === 0)
  }

  /**
   * What is read already is not read again. One reading after the other. Throws what `loadModel` and `Recogniser.read`
   * throw.
   */
  read(recording: Recording, modelId: number): Promise<void> {
    const reading = this.#turn.then(() => this.#readNow(recording, modelId))
    this.#turn = reading.catch(() => undefined)
    return reading
  }

  async #readNow({ id }: Recording, modelId: number): Promise<void> {
    const { store } = this.#deps
    store.models.get(modelId)
    if (store.readings.get(modelId, id) !== undefined) return
    const recogniser = await this.#recogniser(modelId)
    const before = store.recordings.get(id)
    const { text, confidence } = await recogniser.read(store.recordings.signal(id))
    // Edited or deleted meanwhile, it is no longer what was read.
    const [now] = store.recordings.byIds([id])
    if (now !== undefined && now.frames === before.frames && now.startedAt === before.startedAt)
      store.readings.keep(modelId, id, { text, confidence })
  }

  /**
   * Reads all of a selection that the model has not read yet. Throws `conflict` while another such reading runs, and
   * `cancelled`; what was read by then is kept.
   */
  async readAll(modelId: number, which: Which): Promise<{ read: number; refused: number }> {
    if (this.#running)
      throw new KalamosError('conflict', say('recognise.model-reading-recordings-already'), say('learning.wait-cancel'))
    const running = new AbortController()
    this.#running = running
    const { store, events } = this.#deps
    try {
      store.models.get(modelId)
      const ids = store.edits.idsOf(which)
      const counts = { read: 0, refused: 0 }
      for (const [done, id] of ids.entries()) {
        if (running.signal.aborted)
          throw new KalamosError(
            'cancelled',
            say('recognise.reading-cancelled-after-recordings', { done, ids: ids.length }),
          )
        try {
          await this.read(store.recordings.get(id), modelId)
          counts.read++
        } catch (error) {
          if (!isUnreadable(error)) throw error
          counts.refused++
        }
        if ((done + 1) % TELL_EVERY === 0 || done + 1 === ids.length)
          events.emit('review.reading', { modelId, done: done + 1, total: ids.length })
      }
      return counts
    } finally {
      this.#running = null
    }
  }

  cancel(): void {
    this.#running?.abort()
  }

  async close(): Promise<void> {
    this.cancel()
    await this.#turn
    const ready = [...this.#ready.values()]
    this.#ready.clear()
    for (const each of ready)
      await each.then(
        (recogniser) => recogniser.dispose(),
        () => undefined,
      )
  }

  #recogniser(modelId: number): Promise<Recogniser> {
    const { store, openEngine } = this.#deps
    const known = this.#ready.get(modelId)
    const recogniser =
      known ?? Promise.resolve().then(() => loadRecogniser(loadModel(store.models.paths(modelId)[1]!), openEngine))
    this.#ready.delete(modelId)
    this.#ready.set(modelId, recogniser)
    // A model that could not be loaded is tried again the next time.
    recogniser.catch(() => this.#ready.delete(modelId))
    const [oldest] = this.#ready.keys()
    if (this.#ready.size > KEPT && oldest !== undefined) {
      const gone = this.#ready.get(oldest)!
      this.#ready.delete(oldest)
      inBackground('review', 'a model could not be let go', () =>
        gone.then(
          (each) => each.dispose(),
          () => undefined,
        ),
      )
    }
    return recogniser
  }
}

/** Whether a recording cannot be read by a model for what it is. */
export function isUnreadable(error: unknown): error is KalamosError {
  return (
    error instanceof KalamosError &&
    ['empty-recording', 'device-unsuitable', 'invalid-input', 'database-damaged'].includes(error.code)
  )
}
