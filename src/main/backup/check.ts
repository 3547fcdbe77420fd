import { createHash } from 'node:crypto'
import { say } from '../../shared/messages/index.ts'
import type { Archive } from './archive.ts'
import { damagedBackup } from './faults.ts'
import type { Manifest, ReportProgress } from './manifest.ts'

type Held = Manifest['files'][number]

/**
 * Reads a file of a backup piece by piece, no further than its table of contents says.
 * Throws `database-damaged` where it is another.
 */
export async function readChecked(
  archive: Archive,
  { path, bytes, sha256 }: Held,
  take: (piece: Buffer) => void,
): Promise<void> {
  const changed = (cause?: unknown): Error => damagedBackup(archive.place, say('backup.file-changed', { path }), cause)
  const hash = createHash('sha256')
  let read = 0
  const stream = await archive.read(path)
  const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  // What fails in here is the backup; what `take` throws is its own.
  const next = (): Promise<IteratorResult<Buffer>> =>
    pieces.next().catch((error: unknown) => {
      throw changed(error)
    })
  try {
    for (let piece = await next(); piece.done !== true; piece = await next()) {
      read += piece.value.length
      if (read > bytes) throw changed()
      hash.update(piece.value)
      take(piece.value)
    }
  } finally {
    stream.destroy()
  }
  if (read !== bytes || hash.digest('hex') !== sha256) throw changed()
}

/** Reads a backup from the disk: each file as its table of contents says. Throws `database-damaged`. */
export async function checkArchive(archive: Archive, tell: ReportProgress): Promise<void> {
  const count = sharesOf(archive.manifest, (share) => tell({ step: 'checking', share }))
  for (const file of archive.manifest.files) await readChecked(archive, file, ({ length }) => count(length))
}

/** Counts bytes of a backup, and gives the share of all that they are. */
export function sharesOf({ files }: Pick<Manifest, 'files'>, tell: (share: number) => void): (bytes: number) => void {
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  return (bytes) => tell(Math.min(1, (done += bytes) / Math.max(1, all)))
}
