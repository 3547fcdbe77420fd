import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import type { BackupProgress, BackupSummary } from '../../shared/api/backup.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say, type Message } from '../../shared/messages/index.ts'

/** The file of a backup that says what it holds; written last, so that what has it is whole. */
export const MANIFEST = 'backup.json'
export const DATABASE = 'kalamos.db'
/** The folder of a backup with checkpoints and models. */
export const FILES = 'files'
/** A manifest of more bytes is none. */
export const LONGEST_MANIFEST = 64 * 1024 * 1024

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** A path within the backup, with slashes: no way out of it. */
const inside = v.pipe(
  v.string(),
  v.regex(/^[^/\\:\p{Cc}]+(\/[^/\\:\p{Cc}]+)*$/u),
  v.check((path) => !path.split('/').some((part) => part === '..' || part === '.')),
  v.check((path) => path === DATABASE || path.startsWith(`${FILES}/`)),
)

const Manifest = v.object({
  kind: v.literal('kalamos backup'),
  format: v.literal(1),
  madeAt: v.number(),
  version: v.string(),
  recordings: count,
  writers: count,
  models: count,
  files: v.pipe(
    v.array(v.object({ path: inside, bytes: count, sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) })),
    v.check((files) => new Set(files.map(({ path }) => path)).size === files.length),
  ),
})
export type Manifest = v.InferOutput<typeof Manifest>

/** Hears how far a copy has come. */
export type ReportProgress = (progress: Omit<BackupProgress, 'work'>) => void

/** That what lies at a place is no backup, and why. */
export function notABackup(place: string, why: Message, cause?: unknown): KalamosError {
  return new KalamosError(
    'invalid-input',
    say('backup.not-a-backup', { folder: place, why }),
    say('backup.name-its-file', { manifest: MANIFEST }),
    { cause },
  )
}

/** What the backup in a folder says of itself. Throws `invalid-input` for a folder that is none. */
export function readManifest(folder: string): Manifest {
  let text: string
  try {
    text = readFileSync(join(folder, MANIFEST)).toString('utf8', 0, LONGEST_MANIFEST)
  } catch (error) {
    throw notABackup(folder, say('backup.no-contents'), error)
  }
  return parseManifest(folder, text)
}

/** A table of contents as it was written. Throws `invalid-input`, which names the place. */
export function parseManifest(place: string, text: string): Manifest {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch (error) {
    throw notABackup(place, say('backup.contents-damaged'), error)
  }
  const manifest = v.safeParse(Manifest, read)
  if (!manifest.success || !manifest.output.files.some(({ path }) => path === DATABASE))
    throw notABackup(place, say('backup.contents-damaged-or-newer'))
  return manifest.output
}

export function summaryOf(
  place: string,
  { files, madeAt, version, recordings, writers, models }: Manifest,
): BackupSummary {
  return {
    path: place,
    madeAt,
    version,
    recordings,
    writers,
    models,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}
