import { KalamosError } from '../../shared/errors.ts'
import type { EpochScore, Run, RunState, TrainingConfig } from '../../shared/api/training.ts'
import type { Connection } from './connection.ts'
import { saidFromText, saidToText } from './said.ts'

interface Row {
  id: number
  config: string
  state: RunState
  started_at: number
  ended_at: number | null
  epoch: number
  epoch_progress: number
  train_recordings: number
  held_out_recordings: number
  virtual: number
  reenacted: 'some' | 'all' | null
  backend: string | null
  backend_reason: string | null
  model_id: number | null
  problem: string | null
}

/** What may change about a run after its order. */
export type RunChange = Partial<Omit<Run, 'id' | 'config' | 'scores' | 'imageTraining' | 'same'>>

/** Trainings: what was ordered, how far each one came, and its curves. */
export class Runs {
  readonly #database: Connection

  constructor(database: Connection) {
    this.#database = database
  }

  /** A new run in the state `queued`. */
  create(config: TrainingConfig): Run {
    const { id } = this.#database.run(
      'INSERT INTO runs (config, state, started_at) VALUES (?, ?, ?)',
      JSON.stringify(config),
      'queued',
      Date.now(),
    )
    return this.get(id)
  }

  /** Throws `not-found`. */
  get(id: number): Run {
    const row = this.#database.get<Row>('SELECT * FROM runs WHERE id = ?', id)
    if (row === undefined) throw new KalamosError('not-found', `There is no training run ${id}.`)
    return this.#run(row)
  }

  /** Newest first. */
  list(): Run[] {
    return this.#database.all<Row>('SELECT * FROM runs ORDER BY id DESC').map((row) => this.#run(row))
  }

  /** Writes the given fields and leaves the others. Throws `not-found`. */
  update(id: number, change: RunChange): Run {
    const next = { ...this.get(id), ...change }
    this.#database.run(
      `UPDATE runs SET state = ?, started_at = ?, ended_at = ?, epoch = ?, epoch_progress = ?, train_recordings = ?, held_out_recordings = ?,
         virtual = ?, reenacted = ?, backend = ?, backend_reason = ?, model_id = ?, problem = ? WHERE id = ?`,
      next.state,
      next.startedAt,
      next.endedAt,
      next.epoch,
      next.epochProgress,
      next.trainRecordings,
      next.heldOutRecordings,
      Number(next.virtual),
      next.reenacted ?? null,
      next.backend,
      next.backendReason === null ? null : saidToText(next.backendReason),
      next.modelId,
      next.problem === null ? null : JSON.stringify(next.problem),
      id,
    )
    return this.get(id)
  }

  /** Adds a point to the curves; an epoch that is trained again replaces its point. */
  addScore(id: number, score: EpochScore): void {
    this.#database.run(
      'INSERT OR REPLACE INTO epochs (run_id, epoch, score) VALUES (?, ?, ?)',
      id,
      score.epoch,
      JSON.stringify(score),
    )
  }

  /** Forgets the points after `epoch`: a run that goes on from a checkpoint trains those epochs again. */
  dropScoresAfter(id: number, epoch: number): void {
    this.#database.run('DELETE FROM epochs WHERE run_id = ? AND epoch > ?', id, epoch)
  }

  delete(id: number): void {
    this.#database.run('DELETE FROM runs WHERE id = ?', id)
  }

  /** Runs that were under way when their program ended become `interrupted`; they can be resumed. */
  markInterrupted(): void {
    this.#database.run(
      "UPDATE runs SET state = 'interrupted', ended_at = ? WHERE state IN ('queued', 'preparing', 'running')",
      Date.now(),
    )
  }

  #run(row: Row): Run {
    const scores = this.#database.all<{ score: string }>(
      'SELECT score FROM epochs WHERE run_id = ? ORDER BY epoch',
      row.id,
    )
    return {
      id: row.id,
      config: JSON.parse(row.config) as TrainingConfig,
      state: row.state,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      epoch: row.epoch,
      epochProgress: row.epoch_progress,
      scores: scores.map(({ score }) => JSON.parse(score) as EpochScore),
      trainRecordings: row.train_recordings,
      heldOutRecordings: row.held_out_recordings,
      virtual: row.virtual === 1,
      ...(row.reenacted === null ? {} : { reenacted: row.reenacted }),
      backend: row.backend,
      backendReason: row.backend_reason === null ? null : saidFromText(row.backend_reason),
      modelId: row.model_id,
      problem: row.problem === null ? null : (JSON.parse(row.problem) as Run['problem']),
    }
  }
}
