import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { BackupSummary } from '../../shared/api/backup.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say, type Message } from '../../shared/messages/index.ts'
import { makeFolders } from '../files/folders.ts'
import { checkCopiedDatabase, copyDatabase, settleCopy } from '../store/copy.ts'
import { inspectFile } from '../store/inspect.ts'
import { filesFolder, passingFolder } from '../store/places.ts'
import { copyFile, DATABASE, FILES, hashOf, MANIFEST, summaryOf, type Manifest, type Tell } from './manifest.ts'
import { flushFolder, writeWhole } from '../files/whole-file.ts'

/** What a backup is made of, and where to. */
export interface BackupOrder {
  database: string
  /** The folder that the backup becomes. */
  place: string
  /** Where it is made, beside that: what is broken off is left here, and is no backup. */
  draft: string
  version: string
}

/** A model that is deleted between the copy of the database and that of its files is looked for so often. */
const TRIES = 3

/** Throws `conflict` where something is at the place of a backup, `invalid-input` where it lies in what is to be copied, `not-found` without a database. */
export function checkPlace(database: string, place: string): void {
  if (!existsSync(database))
    throw new KalamosError('not-found', say('backup.no-database', { database }), say('backup.check-path'))
  if (existsSync(place))
    throw new KalamosError('conflict', say('backup.place-taken', { place }), say('backup.name-new-folder'))
  if (isIn(place, filesFolder(database)) && !isIn(place, passingFolder(database)))
    throw new KalamosError('invalid-input', say('backup.place-inside', { place }), say('backup.name-folder-elsewhere'))
}

function isIn(place: string, folder: string): boolean {
  return `${place}${sep}`.startsWith(`${folder}${sep}`)
}

/**
 * Copies a database and its files into a new folder, with what each holds as SHA-256, and reads the copy back. The database
 * is that of one instant, however much is written to it meanwhile, by this or another process. A backup with its manifest
 * is whole: it is written last, and the folder gets its name after that.
 * Throws what `checkPlace` throws, `database-damaged` where the copy is not sound, `disk-full`, `not-writable`.
 */
export async function makeBackup({ database, place, draft, version }: BackupOrder, tell: Tell): Promise<BackupSummary> {
  checkPlace(database, place)
  inspectFile(database)
  makeFolders(dirname(place))
  mkdirSync(draft, { mode: 0o700 })
  mkdirSync(join(draft, FILES), { mode: 0o700 })
  const files = copyFiles(database, join(draft, FILES), tell)
  const holdings = await copyWhole(database, draft, files, tell)
  const manifest: Manifest = {
    kind: 'kalamos backup',
    format: 1,
    madeAt: holdings.madeAt,
    version,
    ...holdings.counts,
    files: [holdings.file, ...files.values()],
  }
  checkCopy(draft, manifest, tell)
  writeWhole(join(draft, MANIFEST), JSON.stringify(manifest, null, 1))
  checkPlace(database, place)
  renameSync(draft, place)
  flushFolder(dirname(place))
  return summaryOf(place, manifest)
}

type Copied = Map<string, Manifest['files'][number]>

/** All files of a database but those that only pass; one that goes meanwhile is left out. */
function copyFiles(database: string, to: string, tell: Tell): Copied {
  const from = filesFolder(database)
  const names = existsSync(from)
    ? namesBelow(from).filter((name) => !isIn(join(from, name), passingFolder(database)))
    : []
  const all = names.reduce((sum, name) => sum + (statSync(join(from, name), { throwIfNoEntry: false })?.size ?? 0), 0)
  const copied: Copied = new Map()
  let done = 0
  for (const name of names) {
    copyInto(copied, from, to, name, (bytes) =>
      tell({ step: 'files', share: Math.min(1, (done += bytes) / Math.max(1, all)) }),
    )
  }
  return copied
}

function copyInto(copied: Copied, from: string, to: string, name: string, read?: (bytes: number) => void): void {
  mkdirSync(dirname(join(to, name)), { recursive: true, mode: 0o700 })
  try {
    if (statSync(join(from, name)).isFile())
      copied.set(name, {
        path: `${FILES}/${name.split(sep).join('/')}`,
        ...copyFile(join(from, name), join(to, name), read),
      })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

function namesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .sort()
}

/** Copies the database, and files of models that came since the others were copied. One whose model was deleted meanwhile is not in a newer copy. */
async function copyWhole(database: string, draft: string, files: Copied, tell: Tell) {
  for (let tries = 1; ; tries++) {
    const path = join(draft, tries === 1 ? DATABASE : `${DATABASE}.${tries}`)
    const madeAt = Date.now()
    await copyDatabase(database, path, (share) => tell({ step: 'database', share }))
    const { counts, ...named } = settleCopy(path)
    const modelFiles = named.modelFiles.map((name) => name.split('/').join(sep))
    for (const name of modelFiles)
      if (!files.has(name)) copyInto(files, filesFolder(database), join(draft, FILES), name)
    if (tries < TRIES && modelFiles.some((name) => !files.has(name))) continue
    if (tries > 1) renameSync(path, join(draft, DATABASE))
    const bytes = statSync(join(draft, DATABASE)).size
    return { madeAt, counts, file: { path: DATABASE, bytes, sha256: hashOf(join(draft, DATABASE)) } }
  }
}

/** Reads a copy back from the disk: each file as the manifest says it, and the database sound. Throws `database-damaged`. */
export function checkCopy(folder: string, { files }: Pick<Manifest, 'files'>, tell: Tell): void {
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  for (const { path, sha256 } of files) {
    const file = join(folder, path)
    if (!existsSync(file)) throw damagedBackup(folder, say('backup.file-missing', { path }))
    const found = hashOf(file, (bytes) =>
      tell({ step: 'checking', share: Math.min(1, (done += bytes) / Math.max(1, all)) }),
    )
    if (found !== sha256) throw damagedBackup(folder, say('backup.file-changed', { path }))
  }
  checkCopiedDatabase(join(folder, DATABASE))
}

function damagedBackup(folder: string, why: Message): KalamosError {
  return new KalamosError('database-damaged', say('backup.damaged', { folder, why }), say('backup.use-another'))
}
