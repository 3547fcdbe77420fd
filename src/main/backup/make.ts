import {
  closeSync,
  createReadStream,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { BackupSummary } from '../../shared/api/backup.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import { makeFolders } from '../files/folders.ts'
import { flushFolder, takeName } from '../files/whole-file.ts'
import { checkCopiedDatabase, copyDatabase, settleCopy } from '../store/copy.ts'
import { inspectFile } from '../store/inspect.ts'
import { doorFile, filesFolder, passingFolder } from '../store/places.ts'
import { ArchiveWriter, openArchive } from './archive.ts'
import { checkArchive } from './check.ts'
import { checkRoom, writingProblem } from './faults.ts'
import { DATABASE, FILES, MANIFEST, summaryOf, type Manifest, type ReportProgress } from './manifest.ts'

/** What a backup is made of, and where to. */
export interface BackupOrder {
  database: string
  /** The file that the backup becomes. */
  place: string
  /** A folder beside that, where it is made: what is broken off is left here, and is no backup. */
  draft: string
  version: string
}

/** A model that is deleted between the copy of the database and that of its files is looked for so often. */
const TRIES = 3

/**
 * Throws `conflict` where something is at the place of a backup, `invalid-input` where it lies in what is to be copied,
 * `not-found` without a database.
 */
export function checkPlace(database: string, place: string): void {
  if (!existsSync(database))
    throw new KalamosError('not-found', say('backup.no-database', { database }), say('backup.check-path'))
  if (existsSync(place))
    throw new KalamosError('conflict', say('backup.place-taken', { place }), say('backup.name-new-file'))
  if (isIn(place, filesFolder(database)) && !isIn(place, passingFolder(database)))
    throw new KalamosError('invalid-input', say('backup.place-inside', { place }), say('backup.name-place-elsewhere'))
}

function isIn(place: string, folder: string): boolean {
  return `${place}${sep}`.startsWith(`${folder}${sep}`)
}

/**
 * Copies a database and its files into a new file, with what each holds as SHA-256, and reads the copy back. The
 * database is that of one instant, however much is written to it meanwhile, by this or another process. The file gets
 * its name when it is whole, and never takes that of another. Throws what `checkPlace` throws, `database-damaged` where
 * the copy is not sound, `disk-full`, `not-writable`.
 */
export async function makeBackup(order: BackupOrder, tell: ReportProgress): Promise<BackupSummary> {
  const { database, place, draft } = order
  checkPlace(database, place)
  inspectFile(database)
  try {
    makeFolders(dirname(place))
    const names = namesToCopy(database)
    const sizes = names.map((name) => sizeOf(join(filesFolder(database), name)))
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    // The copy of the database lies beside the file until it is in it.
    checkRoom(dirname(place), place, bytes + 2 * (sizeOf(database) + sizeOf(`${database}-wal`)))
    mkdirSync(draft, { mode: 0o700 })
    const file = join(draft, 'backup.zip')
    const manifest = await pack(order, file, { names, bytes }, tell)
    const archive = await openArchive(file)
    try {
      await checkArchive(archive, tell)
    } finally {
      archive.close()
    }
    takeName(file, place)
    rmSync(draft, { recursive: true })
    flushFolder(dirname(place))
    return summaryOf(place, manifest)
  } catch (error) {
    throw writingProblem(place, error)
  }
}

/** Writes everything into a file. */
async function pack(
  { database, draft, version }: BackupOrder,
  file: string,
  { names, bytes: all }: { names: readonly string[]; bytes: number },
  tell: ReportProgress,
): Promise<Manifest> {
  const archive = new ArchiveWriter(file)
  const copied: Copied = new Map()
  let done = 0
  const read = (bytes: number): void => tell({ step: 'files', share: Math.min(1, (done += bytes) / Math.max(1, all)) })
  for (const name of names) await addFile(archive, copied, database, name, read)
  const { madeAt, counts, path } = await copyWhole(archive, copied, { database, draft }, tell)
  checkCopiedDatabase(path)
  const held = await archive.add(DATABASE, createReadStream(path, { highWaterMark: PIECE }))
  const manifest: Manifest = {
    kind: 'kalamos backup',
    format: 1,
    madeAt,
    version,
    ...counts,
    files: [{ path: DATABASE, ...held }, ...copied.values()],
  }
  await archive.end(MANIFEST, Buffer.from(JSON.stringify(manifest, null, 1)))
  return manifest
}

const PIECE = 1 << 20

type Copied = Map<string, Manifest['files'][number]>

/** The files of a database but those that only pass, and what is of this machine alone. */
function namesToCopy(database: string): string[] {
  const folder = filesFolder(database)
  const own = doorFile(database)
  return (existsSync(folder) ? namesBelow(folder) : []).filter((name) => {
    const path = join(folder, name)
    return !isIn(path, passingFolder(database)) && path !== own && path !== `${own}.partial`
  })
}

/** 0 for what is not there. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** One that goes meanwhile is left out. */
async function addFile(
  archive: ArchiveWriter,
  copied: Copied,
  database: string,
  name: string,
  read?: (bytes: number) => void,
): Promise<void> {
  let file: number
  try {
    file = openSync(join(filesFolder(database), name), 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if (!fstatSync(file).isFile()) return closeSync(file)
  const path = `${FILES}/${name.split(sep).join('/')}`
  const from = createReadStream('', { fd: file, highWaterMark: PIECE })
  copied.set(name, { path, ...(await archive.add(path, from, read)) })
}

function namesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .sort()
}

/**
 * Copies the database, and files of models that came since the others were copied. One whose model was deleted
 * meanwhile is not in a newer copy.
 */
async function copyWhole(
  archive: ArchiveWriter,
  files: Copied,
  { database, draft }: Pick<BackupOrder, 'database' | 'draft'>,
  tell: ReportProgress,
) {
  for (let tries = 1; ; tries++) {
    const path = join(draft, DATABASE)
    rmSync(path, { force: true })
    const madeAt = Date.now()
    await copyDatabase(database, path, (share) => tell({ step: 'database', share }))
    const { counts, ...named } = settleCopy(path)
    const modelFiles = named.modelFiles.map((name) => name.split('/').join(sep))
    for (const name of modelFiles) if (!files.has(name)) await addFile(archive, files, database, name)
    if (tries < TRIES && modelFiles.some((name) => !files.has(name))) continue
    return { madeAt, counts, path }
  }
}
