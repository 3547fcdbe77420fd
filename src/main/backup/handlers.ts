import { dirname, resolve } from 'node:path'
import type { Handlers } from '../../shared/api.ts'
import type { backup, BackupProgress, BackupSummary, Restored } from '../../shared/api/backup.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import type { Events } from '../process/events.ts'
import { log } from '../log/index.ts'
import { openArchive } from './archive.ts'
import { summaryOf } from './manifest.ts'
import { leaveRestore, waitingRestore } from './restore.ts'
import { backUp, restoreFrom, type Watching } from './thread.ts'

type BackupHandlers = Pick<Handlers, keyof typeof backup>

export interface BackupDeps {
  events: Events
  /** The database that is open. */
  database: string
  /** What happened when it was opened. */
  restored: Restored | null
  /** Starts Kalamos again, where the entry point can. */
  restart?: (() => void) | undefined
}

/** Backups while the app runs, one at a time; restoring takes effect at the next start. */
export function openBackups({ events, database, restored, restart }: BackupDeps): {
  handlers: BackupHandlers
  close(): Promise<void>
} {
  let running: { abort: AbortController; progress: BackupProgress; settled: Promise<unknown> } | null = null

  const alone = async (
    work: BackupProgress['work'],
    run: (watching: Watching) => Promise<BackupSummary>,
  ): Promise<BackupSummary> => {
    if (running !== null)
      throw new KalamosError('conflict', say('backup.already-running'), say('backup.wait-or-cancel'))
    const abort = new AbortController()
    const tell = (progress: BackupProgress): void => {
      if (running !== null) running.progress = progress
      events.emit('backup.progress', progress)
    }
    const done = run({ signal: abort.signal, progress: tell })
    running = { abort, progress: { work, step: 'files', share: 0 }, settled: done.catch(() => undefined) }
    events.emit('backup.progress', running.progress)
    try {
      const summary = await done
      const found = { recordings: summary.recordings, bytes: summary.bytes }
      if (work === 'backup') log('store').info('a backup was made', found)
      else log('store').info('a backup lies ready to be restored', found)
      return summary
    } finally {
      running = null
      events.emit('backup.progress', null)
    }
  }

  const handlers: BackupHandlers = {
    'backup.state': () => ({
      folder: dirname(database),
      running: running?.progress ?? null,
      waiting: waitingRestore(database),
      restored,
      restarts: restart !== undefined,
    }),
    'backup.make': ({ path }) => alone('backup', (watching) => backUp(database, resolve(path), watching)),
    'backup.inspect': async ({ path }) => {
      const archive = await openArchive(resolve(path))
      archive.close()
      return summaryOf(archive.place, archive.manifest)
    },
    'backup.restore': ({ path }) => alone('restore', (watching) => restoreFrom(resolve(path), database, watching)),
    'backup.cancelRestore': () => {
      leaveRestore(database)
      return {}
    },
    'backup.cancel': () => {
      running?.abort.abort()
      return {}
    },
    'backup.restart': () => {
      if (restart === undefined)
        throw new KalamosError('unavailable', say('backup.no-restart-here'), say('backup.restart-there'))
      restart()
      return {}
    },
  }
  const close = async (): Promise<void> => {
    running?.abort.abort()
    await running?.settled
  }
  return { handlers, close }
}
