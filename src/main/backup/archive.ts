import { createHash } from 'node:crypto'
import { closeSync, createReadStream, createWriteStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fromFdPromise, type Entry, type ZipFile as ReadZip } from 'yauzl'
import { ZipFile } from 'yazl'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import { openForeign } from '../files/foreign-file.ts'
import { damagedBackup } from './faults.ts'
import { LONGEST_MANIFEST, MANIFEST, notABackup, parseManifest, readManifest, type Manifest } from './manifest.ts'

/** Samples are packed in the database already, and a file that is not packed again can be looked into anywhere. */
const STORED = { compress: false, mode: 0o100600 }
const PIECE = 1 << 20
/** More members than this no backup has. */
const MOST_MEMBERS = 100_000
/** What unpacks to more than this many times its size is none of ours, from a size on at which that matters. */
const BOMB = { ratio: 200, fromBytes: 256 * 1024 * 1024 }

/** A zip file that is being written, member by member; its owner alone may read it. */
export class ArchiveWriter {
  readonly #zip = new ZipFile()
  readonly #written: Promise<void>

  /** `path`: a file that is not there yet. */
  constructor(path: string) {
    const output = this.#zip.outputStream as Readable
    this.#zip.on('error', (error: Error) => void output.destroy(error))
    this.#written = pipeline(output, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }))
    // Whoever adds or ends hears of it.
    this.#written.catch(() => undefined)
  }

  /** Writes what a stream gives; resolves to its size and its SHA-256. Throws what reading or writing throws. */
  async add(
    name: string,
    from: Readable,
    read: (bytes: number) => void = () => undefined,
  ): Promise<{ bytes: number; sha256: string }> {
    const hash = createHash('sha256')
    let bytes = 0
    const counted = new Transform({
      transform(piece: Buffer, _encoding, done) {
        hash.update(piece)
        bytes += piece.length
        read(piece.length)
        done(null, piece)
      },
    })
    this.#zip.addReadStream(counted, name, STORED)
    await Promise.race([pipeline(from, counted), this.#written])
    return { bytes, sha256: hash.digest('hex') }
  }

  /** Writes the last member, and brings all to the disk. */
  async end(name: string, bytes: Buffer): Promise<void> {
    this.#zip.addBuffer(bytes, name, STORED)
    this.#zip.end()
    await this.#written
  }
}

/** A backup that is being read. */
export interface Archive {
  readonly place: string
  readonly manifest: Manifest
  /** The bytes of one of its files. Throws `database-damaged` where it is missing. */
  read(path: string): Promise<Readable>
  close(): void
}

/**
 * Opens a backup: a zip file, or a folder with what is in one, as earlier versions wrote and as unpacking gives.
 * Throws `not-found`, and `invalid-input` for what is no backup.
 */
export async function openArchive(place: string): Promise<Archive> {
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory() === true) return openFolder(place)
  const { file, size } = openForeign(place)
  try {
    return await openZip(place, file, size)
  } catch (error) {
    closeSync(file)
    throw error
  }
}

/** A backup that lies in a folder. */
export function openFolder(place: string): Archive {
  return {
    place,
    manifest: readManifest(place),
    read(path) {
      const file = join(place, path)
      if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
        return Promise.reject(damagedBackup(place, say('backup.file-missing', { path })))
      return Promise.resolve(createReadStream(file, { highWaterMark: PIECE }))
    },
    close: () => undefined,
  }
}

async function openZip(place: string, file: number, size: number): Promise<Archive> {
  const { zip, members } = await readDirectory(place, file)
  // What a browser fetched of an earlier version has everything in one folder.
  const [at] = [...members.keys()].filter((name) => /^([^/]+\/)?backup\.json$/.test(name)).sort(byLength)
  const contents = at === undefined ? undefined : members.get(at)
  if (at === undefined || contents === undefined) throw notABackup(place, say('backup.no-contents'))
  if (contents.uncompressedSize > LONGEST_MANIFEST) throw notABackup(place, say('backup.contents-damaged'))
  const manifest = parseManifest(place, await textOf(place, zip, contents))
  const unpacked = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0)
  if (unpacked > BOMB.fromBytes && unpacked > BOMB.ratio * size)
    throw notABackup(place, say('backup.unpacks-without-end'))
  const top = at.slice(0, -MANIFEST.length)
  return {
    place,
    manifest,
    read(path) {
      const member = members.get(top + path)
      if (member === undefined) return Promise.reject(damagedBackup(place, say('backup.file-missing', { path })))
      return zip.openReadStreamPromise(member).catch((error: unknown) => {
        throw damagedBackup(place, say('backup.file-changed', { path }), error)
      })
    },
    close: () => closeSync(file),
  }
}

function byLength(one: string, other: string): number {
  return one.length - other.length
}

/** The members of a zip file by their names, which are looked up and never become paths. */
async function readDirectory(place: string, file: number): Promise<{ zip: ReadZip; members: Map<string, Entry> }> {
  const members = new Map<string, Entry>()
  try {
    const zip = await fromFdPromise(file, { autoClose: false, decodeStrings: false, lazyEntries: true })
    if (zip.entryCount > MOST_MEMBERS) throw notABackup(place, say('backup.no-contents'))
    for await (const entry of zip.eachEntry()) members.set(entry.fileNameRaw.toString('utf8'), entry)
    return { zip, members }
  } catch (error) {
    throw error instanceof KalamosError ? error : notABackup(place, say('backup.no-zip'), error)
  }
}

async function textOf(place: string, zip: ReadZip, member: Entry): Promise<string> {
  try {
    const pieces: Buffer[] = []
    for await (const piece of await zip.openReadStreamPromise(member)) pieces.push(piece as Buffer)
    return Buffer.concat(pieces).toString('utf8')
  } catch (error) {
    throw notABackup(place, say('backup.contents-damaged'), error)
  }
}
