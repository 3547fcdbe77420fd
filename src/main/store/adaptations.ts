import type { AdaptationReport } from '../../shared/api/adaptation.ts'
import type { TrainingConfig } from '../../shared/api/training.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { Connection } from './connection.ts'

interface Row {
  id: number
  writer_id: number
  version: number
  from_model_id: number | null
  run_id: number | null
  model_id: number | null
  config: string
  started_at: number
  decision: 'kept' | 'discarded' | null
  active: number
  report: string | null
}

/** An adaptation as it is stored; how far its run has come is the run's. */
export interface StoredAdaptation {
  id: number
  writerId: number
  version: number
  fromModelId: number | null
  runId: number | null
  modelId: number | null
  config: TrainingConfig
  startedAt: number
  decision: 'kept' | 'discarded' | null
  active: boolean
  report: AdaptationReport | null
}

/** Adaptations of models to writers, and which model a person chose for whom. */
export class Adaptations {
  readonly #database: Connection

  constructor(database: Connection) {
    this.#database = database
  }

  /** The next adaptation of a writer, carried out by a run. */
  create({
    writerId,
    fromModelId,
    runId,
    config,
  }: {
    writerId: number
    fromModelId: number
    runId: number
    config: TrainingConfig
  }): StoredAdaptation {
    const { id } = this.#database.run(
      `INSERT INTO adaptations (writer_id, version, from_model_id, run_id, config, started_at)
       VALUES (?, 1 + (SELECT coalesce(max(version), 0) FROM adaptations WHERE writer_id = ?), ?, ?, ?, ?)`,
      writerId,
      writerId,
      fromModelId,
      runId,
      JSON.stringify(config),
      Date.now(),
    )
    return this.get(id)
  }

  /** Throws `not-found`. */
  get(id: number): StoredAdaptation {
    const row = this.#database.get<Row>('SELECT * FROM adaptations WHERE id = ?', id)
    if (row === undefined) throw new KalamosError('not-found', `There is no adaptation ${id}.`)
    return adaptationOf(row)
  }

  /** All, or a writer's; newest first. */
  list(writerId?: number): StoredAdaptation[] {
    const rows =
      writerId === undefined
        ? this.#database.all<Row>('SELECT * FROM adaptations ORDER BY id DESC')
        : this.#database.all<Row>('SELECT * FROM adaptations WHERE writer_id = ? ORDER BY id DESC', writerId)
    return rows.map(adaptationOf)
  }

  ofRun(runId: number): StoredAdaptation | undefined {
    const row = this.#database.get<Row>('SELECT * FROM adaptations WHERE run_id = ?', runId)
    return row && adaptationOf(row)
  }

  /** The version that reads a writer. */
  active(writerId: number): StoredAdaptation | undefined {
    const row = this.#database.get<Row>(
      'SELECT * FROM adaptations WHERE writer_id = ? AND active = 1 AND model_id IS NOT NULL',
      writerId,
    )
    return row && adaptationOf(row)
  }

  /** Ids of models that are versions of some writer. */
  versionModels(): Set<number> {
    return new Set(
      this.#database
        .all<{ id: number }>('SELECT model_id AS id FROM adaptations WHERE model_id IS NOT NULL')
        .map(({ id }) => id),
    )
  }

  /** What a finished run leaves behind: its model and what that is worth. */
  settle(id: number, modelId: number, report: AdaptationReport): void {
    this.#database.run(
      'UPDATE adaptations SET model_id = ?, report = ? WHERE id = ?',
      modelId,
      JSON.stringify(report),
      id,
    )
  }

  decide(id: number, decision: 'kept' | 'discarded'): void {
    this.#database.run('UPDATE adaptations SET decision = ? WHERE id = ?', decision, id)
  }

  /** Makes one version of a writer the active one, or none. */
  activate(writerId: number, id: number | null): void {
    this.#database.transaction(() => {
      this.#database.run('UPDATE adaptations SET active = 0 WHERE writer_id = ? AND active = 1', writerId)
      if (id !== null)
        this.#database.run('UPDATE adaptations SET active = 1 WHERE id = ? AND writer_id = ?', id, writerId)
    })
  }

  delete(id: number): void {
    this.#database.run('DELETE FROM adaptations WHERE id = ?', id)
  }

  /** The model that a person chose for a writer, or for everybody (null). */
  chosen(writerId: number | null): number | null {
    return (
      this.#database.get<{ id: number }>('SELECT model_id AS id FROM model_choices WHERE writer_id IS ?', writerId)
        ?.id ?? null
    )
  }

  choose(writerId: number | null, modelId: number | null): void {
    this.#database.transaction(() => {
      this.#database.run('DELETE FROM model_choices WHERE writer_id IS ?', writerId)
      if (modelId !== null)
        this.#database.run('INSERT INTO model_choices (writer_id, model_id) VALUES (?, ?)', writerId, modelId)
    })
  }
}

function adaptationOf(row: Row): StoredAdaptation {
  return {
    id: row.id,
    writerId: row.writer_id,
    version: row.version,
    fromModelId: row.from_model_id,
    runId: row.run_id,
    modelId: row.model_id,
    config: JSON.parse(row.config) as TrainingConfig,
    startedAt: row.started_at,
    decision: row.decision,
    active: row.active === 1,
    report: row.report === null ? null : (JSON.parse(row.report) as AdaptationReport),
  }
}
