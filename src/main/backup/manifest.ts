import { createHash, type Hash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import type { BackupProgress, BackupSummary } from '../../shared/api/backup.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say, type Message } from '../../shared/messages/index.ts'

/** The file of a backup that says what it holds; written last, so that a folder with it is whole. */
export const MANIFEST = 'backup.json'
export const DATABASE = 'kalamos.db'
/** The folder of a backup with checkpoints and models. */
export const FILES = 'files'
/** A manifest of more is none. */
const LONGEST = 64 * 1024 * 1024

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
/** A path within the backup, with slashes: no way out of it. */
const inside = v.pipe(
  v.string(),
  v.regex(/^[^/\\:\p{Cc}]+(\/[^/\\:\p{Cc}]+)*$/u),
  v.check((path) => !path.split('/').some((part) => part === '..' || part === '.')),
)

const Manifest = v.object({
  kind: v.literal('kalamos backup'),
  format: v.literal(1),
  madeAt: v.number(),
  version: v.string(),
  recordings: count,
  writers: count,
  models: count,
  files: v.array(v.object({ path: inside, bytes: count, sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) })),
})
export type Manifest = v.InferOutput<typeof Manifest>

/** Hears how far a copy has come. */
export type Tell = (progress: Omit<BackupProgress, 'work'>) => void

/** What a backup says of itself. Throws `not-found`, or `invalid-input` for a folder that is no backup. */
export function readManifest(folder: string): Manifest {
  const fault = (why: Message, cause?: unknown): KalamosError =>
    new KalamosError(
      'invalid-input',
      say('backup.not-a-backup', { folder, why }),
      say('backup.name-its-folder', { manifest: MANIFEST }),
      { cause },
    )
  let text: string
  try {
    text = readFileSync(join(folder, MANIFEST)).toString('utf8', 0, LONGEST)
  } catch (error) {
    throw fault(say('backup.no-contents'), error)
  }
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch (error) {
    throw fault(say('backup.contents-damaged'), error)
  }
  const manifest = v.safeParse(Manifest, read)
  if (!manifest.success || !manifest.output.files.some(({ path }) => path === DATABASE))
    throw fault(say('backup.contents-damaged-or-newer'))
  return manifest.output
}

export function summaryOf(
  folder: string,
  { files, madeAt, version, recordings, writers, models }: Manifest,
): BackupSummary {
  return {
    path: folder,
    madeAt,
    version,
    recordings,
    writers,
    models,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}

const PIECE = 1 << 20

/** The SHA-256 of a file in hexadecimal digits; hears the bytes as they are read. */
export function hashOf(path: string, read: (bytes: number) => void = () => undefined): string {
  const hash = createHash('sha256')
  eachPiece(path, (piece) => {
    hash.update(piece)
    read(piece.length)
  })
  return hash.digest('hex')
}

/** Copies a file into a new one that only this account may read, brings it to the disk, and gives its size and SHA-256. */
export function copyFile(
  from: string,
  to: string,
  read: (bytes: number) => void = () => undefined,
): { bytes: number; sha256: string } {
  const hash: Hash = createHash('sha256')
  let bytes = 0
  const file = openSync(to, 'wx', 0o600)
  try {
    eachPiece(from, (piece) => {
      for (let at = 0; at < piece.length;) at += writeSync(file, piece, at)
      hash.update(piece)
      bytes += piece.length
      read(piece.length)
    })
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  return { bytes, sha256: hash.digest('hex') }
}

function eachPiece(path: string, take: (piece: Uint8Array) => void): void {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.allocUnsafe(PIECE)
    for (let length = readSync(file, buffer); length > 0; length = readSync(file, buffer))
      take(buffer.subarray(0, length))
  } finally {
    closeSync(file)
  }
}
