import type { StoredReading } from '../../shared/api/review.ts'
import type { Connection } from './connection.ts'

interface Row {
  model_id: number
  model_name: string
  text: string
  confidence: number
  is_right: number | null
  at: number
}

const SELECT = `SELECT x.model_id, m.name AS model_name, x.text, x.confidence, x.text = r.label AS is_right, x.at
  FROM readings x JOIN models m ON m.id = x.model_id JOIN recordings r ON r.id = x.recording_id`

/** What models read in recordings as they are shown now; an edit of the samples drops what was read before. */
export class Readings {
  readonly #database: Connection

  constructor(database: Connection) {
    this.#database = database
  }

  /** By all models, the newest model first. */
  of(recordingId: number): StoredReading[] {
    return this.#database
      .all<Row>(`${SELECT} WHERE x.recording_id = ? ORDER BY x.model_id DESC`, recordingId)
      .map(asReading)
  }

  get(modelId: number, recordingId: number): StoredReading | undefined {
    const row = this.#database.get<Row>(`${SELECT} WHERE x.model_id = ? AND x.recording_id = ?`, modelId, recordingId)
    return row === undefined ? undefined : asReading(row)
  }

  /** In place of what the model read there before. A recording that is gone gets none. */
  keep(modelId: number, recordingId: number, { text, confidence }: { text: string; confidence: number }): void {
    this.#database.run(
      `INSERT OR REPLACE INTO readings (model_id, recording_id, text, confidence, at)
       SELECT ?, id, ?, ?, ? FROM recordings WHERE id = ?`,
      modelId,
      text.normalize('NFC'),
      confidence,
      Date.now(),
      recordingId,
    )
  }

  /** How many recordings each model has read. */
  counts(): { id: number; name: string; readings: number }[] {
    return this.#database.all(
      'SELECT id, name, (SELECT count(*) FROM readings WHERE model_id = models.id) AS readings FROM models ' +
        'ORDER BY id DESC',
    )
  }
}

function asReading(row: Row): StoredReading {
  return {
    modelId: row.model_id,
    modelName: row.model_name,
    text: row.text,
    confidence: row.confidence,
    right: row.is_right === null ? null : row.is_right === 1,
    at: row.at,
  }
}
