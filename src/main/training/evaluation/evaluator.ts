import type { EvaluatedGroup, EvaluatedOn, Evaluation } from '../../../shared/api/evaluation.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { rangesOf } from '../../../shared/id-ranges.ts'
import { errorRates } from '../../../shared/text.ts'
import type { Events } from '../../process/events.ts'
import type { Store } from '../../store/index.ts'
import type { StoredModel } from '../../ml/checkpoint/model.ts'
import type { Filter } from '../../ml/data/types.ts'
import type { Engine } from '../../compute/engine/types.ts'
import type { ReadExample } from './evaluate.ts'
import { trainedOnBy } from './trained-on.ts'
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
   * Figures over all, for every writer, and for right- and left-handers apart, with the readings that they come from.
   * Throws `conflict` while another measurement runs, `cancelled`, and what `evaluateStored` throws.
   */
  async evaluate(
    model: StoredModel,
    filter: Filter,
    on: EvaluatedOn = 'unseen',
  ): Promise<{ evaluation: Evaluation; readings: ReadExample[] }> {
    if (this.#running)
      throw new KalamosError('conflict', 'Another model is being measured.', 'Wait for it, or cancel it.')
    const { store, events } = this.#options
    const running = new AbortController()
    this.#running = running
    try {
      const learned = trainedOnBy(store, model.card)
      let leftOut = 0
      const among = ({ id }: { id: number }): boolean => {
        const counts = on === 'all' || !learned.ids.has(id)
        if (!counts) leftOut++
        return counts
      }
      const engine = await this.#options.openEngine(model)
      try {
        const lexicon = await this.#options.lexiconFor(model)
        const measured = await evaluateStored(store.recordings, model, engine, filter, {
          among,
          ...(lexicon ? { lexicon } : {}),
          progress: (done, total) => events.emit('models.evaluating', { done, total }),
          signal: running.signal,
        }).catch((error: unknown) => {
          throw leftOut > 0 && error instanceof KalamosError && error.code === 'not-found'
            ? nothingUnlearned(leftOut)
            : error
        })
        const { readings, cer, wer, accuracy, recordings } = measured
        const inLexicon = measured.lexicon && {
          cer: measured.lexicon.cer,
          wer: measured.lexicon.wer,
          accuracy: measured.lexicon.accuracy,
          words: measured.lexicon.words,
          unknown: measured.lexicon.unknown,
        }
        const of = readings.filter(({ example }) => learned.ids.has(example.id)).length
        const evaluation = {
          at: Date.now(),
          on,
          filter,
          cer,
          wer,
          accuracy,
          recordings,
          learned: of,
          leftOut,
          parentKnown: learned.whole,
          byGroup: this.#groups(readings, learned.ids),
          lexicon: inLexicon,
        }
        return { evaluation, readings }
      } finally {
        await engine.dispose()
      }
    } catch (error) {
      if (running.signal.aborted)
        throw new KalamosError('cancelled', 'The measurement was cancelled.', undefined, { cause: error })
      throw error
    } finally {
      this.#running = null
    }
  }

  /** Every writer, then every hand. */
  #groups(readings: readonly ReadExample[], learned: ReadonlySet<number>): EvaluatedGroup[] {
    const { store } = this.#options
    const handedness = new Map(store.writers.list().map((writer) => [writer.id, writer.handedness]))
    const known = store.recordings.writersOf(learned)
    const row = (group: string, writerId: number | null, members: readonly ReadExample[]): EvaluatedGroup => {
      const { cer, wer, exact } = errorRates(members)
      const idsOf = (some: readonly ReadExample[]): string => rangesOf(some.map(({ example }) => example.id))
      const wrong = members.filter(
        ({ reference, hypothesis }) => reference.normalize('NFC') !== hypothesis.normalize('NFC'),
      )
      return {
        group,
        writerId,
        known: writerId !== null && known.has(writerId),
        cer,
        wer,
        accuracy: exact,
        recordings: members.length,
        ids: idsOf(members),
        wrong: idsOf(wrong),
      }
    }
    const writers = [...Map.groupBy(readings, ({ example }) => example.writerId)].map(([id, members]) =>
      row(members[0]!.example.writerName, id, members),
    )
    const hands = [
      ...Map.groupBy(readings, ({ example }) => `${handedness.get(example.writerId) ?? 'unknown'}-handed`),
    ].map(([hand, members]) => row(hand, null, members))
    const byName = (a: EvaluatedGroup, b: EvaluatedGroup): number => (a.group < b.group ? -1 : 1)
    return [...writers.sort(byName), ...hands.sort(byName)]
  }

  /** Stops the measurement that is running, if any. */
  cancel(): void {
    this.#running?.abort()
  }
}

function nothingUnlearned(learned: number): KalamosError {
  return new KalamosError(
    'not-found',
    `The model learned from all ${learned} of the recordings that it could be measured on.`,
    'Record or import others, or measure on all recordings: that tells how well it remembers, not how well it reads.',
  )
}
