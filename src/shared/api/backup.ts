import * as v from 'valibot'
import { command, count, done, event, instant, nothing, path, query } from './contract.ts'

/** Everything that Kalamos keeps, copied while it runs, and put back. */

/** What a backup tells of itself. */
export const BackupSummary = v.object({
  /** The file that it is, or the folder that it lies in. */
  path: v.string(),
  madeAt: instant,
  /** The version of Kalamos that made it. */
  version: v.string(),
  recordings: count,
  writers: count,
  models: count,
  bytes: count,
})
export type BackupSummary = v.InferOutput<typeof BackupSummary>

export const BACKUP_STEPS = ['database', 'files', 'checking'] as const

/** How far a backup, or what puts one back, has come: the share of its step, 0 to 1. */
export const BackupProgress = v.object({
  work: v.picklist(['backup', 'restore']),
  step: v.picklist(BACKUP_STEPS),
  share: v.number(),
})
export type BackupProgress = v.InferOutput<typeof BackupProgress>

/** That a backup took the place of what was there. */
export const Restored = v.object({
  at: instant,
  madeAt: instant,
  /** The folder with what was there before; null where nothing was. */
  keptIn: v.nullable(v.string()),
})
export type Restored = v.InferOutput<typeof Restored>

export const backup = {
  'backup.state': query(
    nothing,
    v.object({
      /** The folder with the database and the models. */
      folder: v.string(),
      running: v.nullable(BackupProgress),
      /** Ready to take its place when Kalamos starts again; null where none is. */
      waiting: v.nullable(BackupSummary),
      /** What happened when this Kalamos started; null where nothing did. */
      restored: v.nullable(Restored),
      /** Whether this Kalamos can start itself again. */
      restarts: v.boolean(),
    }),
  ),
  /**
   * Copies everything into a new file, whose name gets `.zip` where it lacks it, and checks the copy. Throws `conflict`
   * where something is there, or another of these is at work.
   */
  'backup.make': command(v.strictObject({ path }), BackupSummary),
  /** What a backup says of itself, without reading all of it. */
  'backup.inspect': query(v.strictObject({ path }), BackupSummary),
  /**
   * Checks a backup and lays it ready. When Kalamos starts again, it takes the place of what is there, which is kept
   * beside it.
   */
  'backup.restore': command(v.strictObject({ path }), BackupSummary),
  /** Forgets the backup that lies ready. */
  'backup.cancelRestore': command(nothing, done),
  'backup.cancel': command(nothing, done),
  /** Starts Kalamos again. Throws `unavailable` where the entry point cannot. */
  'backup.restart': command(nothing, done),
}

export const backupEvents = {
  /** Null once it is over. */
  'backup.progress': event(v.nullable(BackupProgress)),
}
