import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { BackupSummary, Restored } from '../../shared/api/backup.ts'
import { makeFolders } from '../files/folders.ts'
import { checkCopiedDatabase } from '../store/copy.ts'
import { lockForWriting } from '../store/lock.ts'
import { doorFile, filesFolder } from '../store/places.ts'
import { flushFolder, writeWhole } from '../files/whole-file.ts'
import { openArchive, openFolder } from './archive.ts'
import { checkArchive, readChecked, sharesOf } from './check.ts'
import { checkRoom, writingProblem } from './faults.ts'
import { DATABASE, FILES, MANIFEST, readManifest, summaryOf, type Manifest, type ReportProgress } from './manifest.ts'

export interface RestoreOrder {
  /** The file of the backup, or its folder. */
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
 * Unpacks a backup beside a database, reads what was written back, and leaves it ready for `finishRestore`. The
 * database is not touched.
 * Throws what `openArchive` throws, `database-damaged`, `database-newer`, `disk-full`, `not-writable`.
 */
export async function readyRestore({ backup, database }: RestoreOrder, tell: ReportProgress): Promise<BackupSummary> {
  const archive = await openArchive(backup)
  try {
    const manifest = withoutDoor(archive.manifest, database)
    const draft = draftOf(database)
    makeFolders(dirname(database))
    rmSync(draft, { recursive: true, force: true })
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0)
    checkRoom(dirname(database), database, bytes)
    mkdirSync(draft, { mode: 0o700 })
    const count = sharesOf(manifest, (share) => tell({ step: 'files', share }))
    for (const file of manifest.files) {
      mkdirSync(dirname(join(draft, file.path)), { recursive: true, mode: 0o700 })
      await writeFlushed(join(draft, file.path), (write) =>
        readChecked(archive, file, (piece) => {
          write(piece)
          count(piece.length)
        }),
      )
    }
    writeWhole(join(draft, MANIFEST), JSON.stringify(manifest))
    await checkArchive(openFolder(draft), tell)
    checkCopiedDatabase(join(draft, DATABASE))
    leaveRestore(database)
    renameSync(draft, readyFolder(database))
    flushFolder(dirname(database))
    return summaryOf(backup, archive.manifest)
  } catch (error) {
    throw writingProblem(database, error)
  } finally {
    archive.close()
  }
}

/** What backups of earlier versions hold of the browser server is of the machine that they were made on. */
function withoutDoor(manifest: Manifest, database: string): Manifest {
  const entryPoint = `${FILES}/${basename(doorFile(database))}`
  return { ...manifest, files: manifest.files.filter(({ path }) => path.toLowerCase() !== entryPoint) }
}

/** Writes a new file that only this account may read, piece by piece, and brings it to the disk. */
async function writeFlushed(path: string, work: (write: (piece: Buffer) => void) => Promise<void>): Promise<void> {
  const file = openSync(path, 'wx', 0o600)
  try {
    await work((piece) => {
      for (let at = 0; at < piece.length;) at += writeSync(file, piece, at)
    })
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
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
    if (keptIn !== null) carryDoor(database, keptIn)
    flushFolder(dirname(database))
    rmSync(ready, { recursive: true, force: true })
    return { at, madeAt, keptIn }
  } finally {
    unlock()
  }
}

/** What the browser server knows is of this machine, not of the data: it stays where it was. */
function carryDoor(database: string, keptIn: string): void {
  const files = filesFolder(database)
  const moved = join(keptIn, basename(files), basename(doorFile(database)))
  if (!existsSync(moved)) return
  mkdirSync(files, { recursive: true, mode: 0o700 })
  renameSync(moved, doorFile(database))
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
