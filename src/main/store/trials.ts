import type { Connection } from './connection.ts'

export type TrialSize = 'full' | 'quick'

/** Which trial of an experiment: its place in the comparison. */
export interface TrialKey {
  experiment: string
  size: TrialSize
  /** What is the same for all variants that are compared, such as the noise or the number of writers. */
  condition: string
  /** What is compared, such as the loss. */
  variant: string
  fold: number
  seed: number
}

/** A trial with everything needed to repeat it, and what came out; both are JSON. */
export interface Trial extends TrialKey {
  config: unknown
  outcome: unknown
  finishedAt: number
}

interface Row {
  experiment: string
  size: TrialSize
  condition: string
  variant: string
  fold: number
  seed: number
  config: string
  outcome: string
  finished_at: number
}

/** Outcomes of experiments. */
export class Trials {
  readonly #database: Connection

  constructor(database: Connection) {
    this.#database = database
  }

  /** Keeps a trial; one with the same key is replaced. */
  save({ experiment, size, condition, variant, fold, seed, config, outcome }: Omit<Trial, 'finishedAt'>): void {
    this.#database.run(
      `INSERT OR REPLACE INTO trials (experiment, size, condition, variant, fold, seed, config, outcome, finished_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      experiment,
      size,
      condition,
      variant,
      fold,
      seed,
      JSON.stringify(config),
      JSON.stringify(outcome),
      Date.now(),
    )
  }

  /** All trials of an experiment, in the order in which they were made. */
  list(experiment: string, size: TrialSize): Trial[] {
    const rows = this.#database.all<Row>(
      'SELECT * FROM trials WHERE experiment = ? AND size = ? ORDER BY id',
      experiment,
      size,
    )
    return rows.map(({ finished_at: finishedAt, config, outcome, ...key }) => ({
      ...key,
      config: JSON.parse(config) as unknown,
      outcome: JSON.parse(outcome) as unknown,
      finishedAt,
    }))
  }

  /** Forgets some trials. */
  remove(trials: readonly TrialKey[]): void {
    this.#database.transaction(() => {
      for (const { experiment, size, condition, variant, fold, seed } of trials) {
        this.#database.run(
          'DELETE FROM trials WHERE experiment = ? AND size = ? AND condition = ? AND variant = ? AND fold = ? ' +
            'AND seed = ?',
          experiment,
          size,
          condition,
          variant,
          fold,
          seed,
        )
      }
    })
  }
}
