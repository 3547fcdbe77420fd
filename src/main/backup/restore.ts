import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { BackupSummary, Restored } from '../../shared/api/backup.ts'
import { makeFolders } from '../files/folders.ts'
import { lockForWriting } from '../store/lock.ts'
import { filesFolder } from '../store/places.ts'
import { flushFolder, writeWhole } from '../files/whole-file.ts'
import { checkCopy } from './make.ts'
import { copyFile, DATABASE, FILES, MANIFEST, readManifest, summaryOf, type Tell } from './manifest.ts'

export interface RestoreOrder {
  /** The folder of the backup. */
  backup: string
  database: string
}

/** Where a backup lies ready for a database. */
function readyFolder(database: string): string {
  return `${database}-restore`
}

/** Within that folder: where what was there has gone. Its presence says that all of it has. */
const MOVED = 'moved.json'

/**
 * Copies a backup beside a database, reads the copy back, and leaves it ready for `finishRestore`. The database is not touched.
 * Throws what `readManifest` and `checkCopy` throw, `database-newer`, `disk-full`, `not-writable`.
 */
export function readyRestore({ backup, database }: RestoreOrder, tell: Tell): BackupSummary {
  const manifest = readManifest(backup)
  const draft = draftOf(database)
  makeFolders(dirname(database))
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  const all = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  for (const { path } of manifest.files) {
    mkdirSync(dirname(join(draft, path)), { recursive: true, mode: 0o700 })
    copyFile(join(backup, path), join(draft, path), (bytes) =>
      tell({ step: 'files', share: Math.min(1, (done += bytes) / Math.max(1, all)) }),
    )
  }
  checkCopy(draft, manifest, tell)
  writeWhole(join(draft, MANIFEST), JSON.stringify(manifest))
  leaveRestore(database)
  renameSync(draft, readyFolder(database))
  flushFolder(dirname(database))
  return summaryOf(backup, manifest)
}

/** Where a restore is made ready: a name of our own beside the database. */
export function draftOf(database: string): string {
  return `${database}-restore.partial`
}

/** The backup that lies ready for a database; null where none does. */
export function waitingRestore(database: string): BackupSummary | null {
  const ready = readyFolder(database)
  return existsSync(join(ready, MANIFEST)) ? summaryOf(ready, readManifest(ready)) : null
}

/** Forgets the backup that lies ready. */
export function leaveRestore(database: string): void {
  rmSync(readyFolder(database), { recursive: true, force: true })
}

/**
 * Lets a backup that lies ready take the place of a database that nobody has open. What was there is moved to a folder
 * beside it and can be opened there. Where this is broken off, the next call goes on with it.
 * Null where nothing lies ready. Throws `database-locked`, `not-writable`.
 */
export function finishRestore(database: string): Restored | null {
  const ready = readyFolder(database)
  if (!existsSync(join(ready, MANIFEST))) return null
  const unlock = lockForWriting(database)
  try {
    const { madeAt } = readManifest(ready)
    const at = Date.now()
    const keptIn = moveAway(database, ready, at)
    const places = [
      [FILES, filesFolder(database)],
      [DATABASE, database],
    ] as const
    for (const [name, place] of places) if (existsSync(join(ready, name))) renameSync(join(ready, name), place)
    flushFolder(dirname(database))
    rmSync(ready, { recursive: true, force: true })
    return { at, madeAt, keptIn }
  } finally {
    unlock()
  }
}

/** Moves what belongs to a database into a folder beside it; null where nothing was there. */
function moveAway(database: string, ready: string, at: number): string | null {
  const told = join(ready, MOVED)
  if (existsSync(told)) return (JSON.parse(readFileSync(told, 'utf8')) as { keptIn: string | null }).keptIn
  const belonging = [database, `${database}-wal`, `${database}-shm`, filesFolder(database)]
  const there = belonging.filter((path) => existsSync(path))
  const begun = readdirSync(dirname(database)).filter(
    (name) => name.startsWith(keptPrefix(database)) && existsSync(join(dirname(database), name, BEGUN)),
  )[0]
  const keptIn =
    begun !== undefined
      ? join(dirname(database), begun)
      : there.length === 0
        ? null
        : join(dirname(database), keptPrefix(database) + new Date(at).toISOString().slice(0, 19).replaceAll(':', '-'))
  if (keptIn !== null) {
    mkdirSync(keptIn, { recursive: true, mode: 0o700 })
    writeWhole(join(keptIn, BEGUN), '')
    // The log of a database goes before it: without its log, a database would be an earlier one.
    for (const path of there.reverse()) renameSync(path, join(keptIn, basename(path)))
    flushFolder(keptIn)
  }
  writeWhole(told, JSON.stringify({ keptIn }))
  if (keptIn !== null) rmSync(join(keptIn, BEGUN))
  return keptIn
}

/** In a folder that things are being moved to. */
const BEGUN = 'moving'

function keptPrefix(database: string): string {
  return `${basename(database)}-before-restore-`
}
