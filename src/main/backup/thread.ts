import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { BackupProgress, BackupSummary } from '../../shared/api/backup.ts'
import { asError, KalamosError, type ErrorShape } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import { guarded } from '../process/background.ts'
import { entry, version } from '../files/paths.ts'
import type { BackupOrder } from './make.ts'
import { draftOf, type RestoreOrder } from './restore.ts'

export type Job = ({ work: 'backup' } & BackupOrder) | ({ work: 'restore' } & RestoreOrder)

/** What the thread that copies tells. */
export type WorkerMessage =
  | { kind: 'progress'; progress: Omit<BackupProgress, 'work'> }
  | { kind: 'done'; summary: BackupSummary }
  | { kind: 'failed'; error: ErrorShape }

export interface Watching {
  signal?: AbortSignal
  progress?: (progress: BackupProgress) => void
}

/** The ending of a backup. */
const ENDING = '.zip'

/**
 * Copies a database with its files into a new file, whose name gets the ending of one where it lacks it.
 * Throws what `makeBackup` throws, `conflict` also for a folder, and `cancelled`.
 */
export async function backUp(database: string, place: string, watching: Watching = {}): Promise<BackupSummary> {
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new KalamosError(
      'conflict',
      say('backup.place-is-folder', { place }),
      say('backup.name-file-in-it', { example: join(place, `kalamos${ENDING}`) }),
    )
  const file = place.toLowerCase().endsWith(ENDING) ? place : `${place}${ENDING}`
  const draft = `${file}.partial-${randomBytes(4).toString('hex')}`
  return runJob({ work: 'backup', database, place: file, draft, version: version() }, draft, watching)
}

/** Lays a backup ready for a database. Throws what `readyRestore` throws, and `cancelled`. */
export async function restoreFrom(backup: string, database: string, watching: Watching = {}): Promise<BackupSummary> {
  return runJob({ work: 'restore', backup, database }, draftOf(database), watching)
}

/** Runs a job in a thread of its own; what it leaves in its draft goes where it does not end well. */
async function runJob(job: Job, draft: string, { signal, progress }: Watching): Promise<BackupSummary> {
  const cancelled = new KalamosError(
    'cancelled',
    say(job.work === 'backup' ? 'backup.cancelled' : 'backup.restore-cancelled'),
  )
  if (signal?.aborted === true) throw cancelled
  const end = Promise.withResolvers<BackupSummary>()
  const worker = new Worker(entry('backup-worker'), { workerData: job, name: job.work })
  const hear = (told: WorkerMessage): void => {
    if (told.kind === 'progress') progress?.({ work: job.work, ...told.progress })
    else if (told.kind === 'done') end.resolve(told.summary)
    else end.reject(asError(told.error))
  }
  const cancel = (): void => end.reject(cancelled)
  worker.on('message', guarded('store', 'what a backup told could not be taken', hear, end.reject))
  worker.on('error', (error) => end.reject(error))
  worker.on('exit', (code) => end.reject(new KalamosError('internal', say('backup.thread-ended', { code }))))
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    return await end.promise
  } catch (error) {
    await worker.terminate()
    await rm(draft, { recursive: true, force: true })
    throw error
  } finally {
    signal?.removeEventListener('abort', cancel)
    await worker.terminate()
  }
}
