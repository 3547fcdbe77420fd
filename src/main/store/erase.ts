import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErasureReport } from '../../shared/api/writers.ts'
import { bytesOf, finishErasure, oweErasure } from './erasing.ts'
import { exportsOf } from './exported.ts'
import type { Store } from './store.ts'

/**
 * What was fitted to the writer alone, and goes too; `release` makes those who use it let go, once the rows are
 * deleted.
 */
export interface Fitted {
  modelIds: readonly number[]
  runIds: readonly number[]
  release: () => void
}

const NOTHING: Fitted = { modelIds: [], runIds: [], release: () => undefined }

/**
 * Deletes a writer with all that was recorded, agreed to, answered and noted, and what was fitted to them, for good:
 * the freed places of the file are overwritten, the file is written anew without them, and the log beside it is
 * emptied. Takes a moment for a large file. A program that ends in the middle goes on with it at its next start. Throws
 * `not-found`, or `conflict` while a session of theirs is running; then nothing was changed.
 */
export function eraseWriter(store: Store, id: number, fitted: Fitted = NOTHING): Omit<ErasureReport, 'stopped'> {
  const { connection } = store
  const { name } = store.writers.get(id)
  const bytesBefore = bytesOf(store)
  const counts = connection.get<Pick<ErasureReport, 'sessions' | 'recordings' | 'frames' | 'consents' | 'notes'>>(
    `SELECT (SELECT count(*) FROM sessions WHERE writer_id = ?) AS sessions,
       count(*) AS recordings, coalesce(sum(frames), 0) AS frames,
       (SELECT count(*) FROM consents WHERE writer_id = ?) AS consents,
       (SELECT count(*) FROM notes n JOIN sessions s ON s.id = n.session_id WHERE s.writer_id = ?) AS notes
     FROM recordings WHERE writer_id = ?`,
    id,
    id,
    id,
    id,
  )!
  const recordings = new Set(connection.column<number>('SELECT id FROM recordings WHERE writer_id = ?', id))
  const models = modelsTrainedOn(store, recordings).filter((model) => !fitted.modelIds.includes(model.id))
  const runs = runsThatLearnFrom(store, recordings).filter((run) => !fitted.runIds.includes(run.id))
  const exports = exportsOf(store, id)
  connection.pragma('secure_delete = ON')
  try {
    store.transaction(() => {
      oweErasure(store, { name, models: fitted.modelIds, runs: fitted.runIds })
      store.writers.delete(id)
      store.settings.forgetWriter(id)
      store.evaluations.forgetWriter(id)
      // Descriptions of edits hold labels; one that also concerns somebody else's recordings stays.
      connection.run(
        'DELETE FROM edits WHERE NOT EXISTS (SELECT 1 FROM changes WHERE edit_id = edits.id) AND NOT EXISTS ' +
          '(SELECT 1 FROM recordings WHERE deleted_by = edits.id)',
      )
    })
  } finally {
    connection.pragma('secure_delete = OFF')
  }
  let traces: string | null
  try {
    fitted.release()
  } finally {
    traces = finishErasure(store)
  }
  return {
    writer: name,
    ...counts,
    models,
    runs,
    exports,
    at: Date.now(),
    bytesBefore,
    bytesAfter: bytesOf(store),
    traces,
  }
}

/**
 * Models whose cards name any of these recordings as what they learned from or were measured on. Weights hold no
 * samples: where a writer is deleted they stay, and are named.
 */
export function modelsTrainedOn(store: Store, recordings: ReadonlySet<number>): ErasureReport['models'] {
  if (recordings.size === 0) return []
  return store.models
    .list()
    .flatMap(({ id, name }) =>
      idsOnCard(store.models.paths(id)[1]).some((recording) => recordings.has(recording)) ? [{ id, name }] : [],
    )
}

interface Learned {
  ids?: number[]
  heldOutIds?: number[]
}

/** The same of runs, whose checkpoints learned from them: they stay, and can be resumed or deleted. */
function runsThatLearnFrom(store: Store, recordings: ReadonlySet<number>): ErasureReport['runs'] {
  if (recordings.size === 0) return []
  return store.runs.list().flatMap(({ id, config }) => {
    const card = join(store.files, 'runs', String(id), 'checkpoint.json')
    return existsSync(card) && idsOnCard(card).some((recording) => recordings.has(recording))
      ? [{ id, name: config.name }]
      : []
  })
}

function idsOnCard(path: string | undefined): number[] {
  if (path === undefined) return []
  try {
    const card = JSON.parse(readFileSync(path, 'utf8')) as { trainedOn?: Learned; recipe?: { trainedOn?: Learned } }
    const learned = card.trainedOn ?? card.recipe?.trainedOn
    return [...(learned?.ids ?? []), ...(learned?.heldOutIds ?? [])]
  } catch {
    // A card that is gone or damaged is told where the model is used.
    return []
  }
}
