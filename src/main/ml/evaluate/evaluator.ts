import { KalamosError } from '../../../shared/errors.ts'
import type { Events } from '../../events.ts'
import type { Store } from '../../store/index.ts'
import type { StoredModel } from '../checkpoint/model.ts'
import type { Filter } from '../data/types.ts'
import type { Engine } from '../engine/types.ts'
import { evaluateStored, type EvaluateOptions } from './stored.ts'

export interface EvaluatorOptions {
  store: Store
  events: Events
  openEngine(model: StoredModel): Promise<Engine>
  /** The lexicon to read with beside; undefined where there is none for this model. */
  lexiconFor(model: StoredModel): Promise<EvaluateOptions['lexicon']>
}

/** Measures models on stored recordings, one measurement at a time, with progress told as `models.evaluating`. */
export class Evaluator {
  readonly #options: EvaluatorOptions
  #running: AbortController | null = null

  constructor(options: EvaluatorOptions) {
    this.#options = options
  }

  /**
   * Figures over all, for every writer, and for right- and left-handers apart.
   * Throws `conflict` while another measurement runs, `cancelled`, and what `evaluateStored` throws.
   */
  async evaluate(model: StoredModel, filter: Filter): ReturnType<typeof evaluateStored> {
    if (this.#running) throw new KalamosError('conflict', 'Another model is being measured.', 'Wait for it, or cancel it.')
    const { store, events } = this.#options
    const running = new AbortController()
    this.#running = running
    try {
      const engine = await this.#options.openEngine(model)
      try {
        const handedness = new Map(store.writers.list().map((writer) => [writer.id, writer.handedness]))
        const lexicon = await this.#options.lexiconFor(model)
        return await evaluateStored(store.recordings, model, engine, filter, {
          groupsOf: ({ writerId, writerName }) => [writerName, `${handedness.get(writerId)!}-handed`],
          ...(lexicon ? { lexicon } : {}),
          progress: (done, total) => events.emit('models.evaluating', { done, total }),
          signal: running.signal,
        })
      } finally {
        await engine.dispose()
      }
    } catch (error) {
      if (running.signal.aborted) throw new KalamosError('cancelled', 'The measurement was cancelled.', undefined, { cause: error })
      throw error
    } finally {
      this.#running = null
    }
  }

  /** Stops the measurement that is running, if any. */
  cancel(): void {
    this.#running?.abort()
  }
}
