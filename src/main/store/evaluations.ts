import * as v from 'valibot'
import { Evaluation } from '../../shared/api/evaluation.ts'
import type { Connection } from './connection.ts'
import type { Settings } from './settings.ts'

/** Of each model the newest are kept. */
const KEPT = 10
const PREFIX = 'evaluations of model '

/** How models did on stored recordings. They go with their model, and with any writer they were measured on. */
export class Evaluations {
  readonly #database: Connection
  readonly #settings: Settings

  constructor(database: Connection, settings: Settings) {
    this.#database = database
    this.#settings = settings
  }

  /** The newest first. */
  of(modelId: number): Evaluation[] {
    return this.#settings.get(PREFIX + modelId, v.array(Evaluation)) ?? []
  }

  keep(modelId: number, evaluation: Evaluation): void {
    this.#settings.set(PREFIX + modelId, [evaluation, ...this.of(modelId)].slice(0, KEPT))
  }

  forget(modelId: number): void {
    this.#settings.delete(PREFIX + modelId)
  }

  /** Takes every measurement out that a writer had a part in. */
  forgetWriter(writerId: number): void {
    for (const name of this.#database.column<string>("SELECT name FROM settings WHERE name LIKE ? || '%'", PREFIX)) {
      const kept = this.#settings.get(name, v.array(Evaluation)) ?? []
      this.#settings.set(
        name,
        kept.filter((each) => !each.byGroup.some((row) => row.writerId === writerId)),
      )
    }
  }
}
