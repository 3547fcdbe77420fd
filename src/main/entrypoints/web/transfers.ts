import { createReadStream, createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { mkdir, readdir, rm, statfs } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { KalamosError } from '../../../shared/errors.ts'
import { fileWithin } from '../common/files.ts'
import { writeProblem } from '../../exchange/output-file.ts'
import { writeZip } from '../../exchange/npz/zip-write.ts'
import { log } from '../../log/index.ts'
import { after } from '../../process/background.ts'
import { secret } from './sessions.ts'

/** What one upload may come to, in bytes. */
const MOST_BYTES = 16 * 2 ** 30
/** So much of the disk is left to what is recorded. */
const LEAST_FREE_BYTES = 2 ** 30
/** An upload of which nothing comes for so long, in ms, is broken off. */
const IDLE_MS = 60_000
/** So many folders are kept; beyond that, the one that was used longest ago goes. */
const MOST_FOLDERS = 16

interface Folder {
  path: string
  bytes: number
  /**
   * Of what is needed for long, such as by a training that waits: it stays when the host ends, and another part of the
   * app removes it.
   */
  lasts: boolean
}

/** Something to be downloaded: a file, and what it is called. */
export interface Parcel {
  file: string
  name: string
}

/**
 * Private folders through which files come from the machine of a browser and go there. Each is removed when its files
 * are not needed any more, and all but those that last when the host ends; what one that was killed left behind goes at
 * the next start.
 */
export class Transfers {
  readonly #root: string
  readonly #lasting: string
  readonly #most: number
  readonly #idleMs: number
  readonly #folders = new Map<string, Folder>()
  readonly #parcels = new Map<string, Parcel & { id: string }>()

  constructor(root: string, lasting: string, { mostBytes = MOST_BYTES, idleMs = IDLE_MS } = {}) {
    this.#root = root
    this.#lasting = lasting
    this.#most = mostBytes
    this.#idleMs = idleMs
    this.close()
  }

  /** A new folder that only this user may read. */
  open({ lasts = false } = {}): { id: string; folder: string } {
    const id = secret()
    const path = join(lasts ? this.#lasting : this.#root, id)
    mkdirSync(path, { recursive: true, mode: 0o700 })
    this.#folders.set(id, { path, bytes: 0, lasts })
    const passing = [...this.#folders].filter(([, folder]) => !folder.lasts)
    if (passing.length > MOST_FOLDERS) this.discard(passing[0]![0])
    return { id, folder: path }
  }

  /**
   * Writes what a browser sends into a new file of a folder; broken off or refused, nothing of it stays. `place` as in
   * a URL. Throws `not-found` where the folder is gone, `invalid-input` for a place out of it and for too much,
   * `disk-full`, and `unavailable` where nothing more comes. The body stays open then, so that its connection can be
   * answered on.
   */
  async receive(id: string, place: string, bytes: number | null, body: Readable): Promise<string> {
    const folder = this.#folder(id)
    const file = place === '/' ? null : fileWithin(folder.path, place)
    if (file === null)
      throw new KalamosError(
        'invalid-input',
        'A file of this name cannot be taken.',
        'Rename it without signs such as : or \\, and try again.',
      )
    await this.#checkRoom(folder, bytes ?? 0)
    const before = folder.bytes
    const count = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        idle.refresh()
        folder.bytes += chunk.length
        if (folder.bytes > this.#most) done(this.#tooMuch())
        else done(null, chunk)
      },
    })
    const idle = after(this.#idleMs, 'entrypoint', 'an upload could not be broken off', () =>
      count.destroy(this.#stalled()),
    )
    body.once('error', (error) => count.destroy(error))
    body.once('close', () => {
      if (!body.readableEnded) count.destroy(new Error('the upload was broken off'))
    })
    try {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
      await pipeline(body.pipe(count), createWriteStream(file, { flags: 'wx', mode: 0o600 }))
      return file
    } catch (error) {
      folder.bytes = before
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(file, { force: true })
      throw writeProblem(file, error)
    } finally {
      clearTimeout(idle)
    }
  }

  /**
   * Makes what lies in a folder ready to be fetched once: its one file, or a zip of all. Throws `not-found` where there
   * is none.
   */
  async pack(id: string): Promise<string> {
    const { path } = this.#folder(id)
    const files = await filesIn(path)
    const [only] = files
    if (only === undefined) throw new KalamosError('not-found', 'There is nothing to download.', 'Export it again.')
    const parcel = files.length === 1 ? { file: only, name: relative(path, only) } : await zipped(path, files)
    const ticket = secret()
    this.#parcels.set(ticket, { ...parcel, id })
    return ticket
  }

  /** What a ticket is for; a ticket is good once. */
  take(ticket: string): (Parcel & { id: string }) | null {
    const parcel = this.#parcels.get(ticket) ?? null
    this.#parcels.delete(ticket)
    return parcel
  }

  /** Removes a folder and what is in it. */
  discard(id: string): void {
    const folder = this.#folders.get(id)
    this.#folders.delete(id)
    for (const [ticket, parcel] of this.#parcels) if (parcel.id === id) this.#parcels.delete(ticket)
    if (folder !== undefined) remove(folder.path)
  }

  close(): void {
    this.#folders.clear()
    this.#parcels.clear()
    remove(this.#root)
  }

  #folder(id: string): Folder {
    const folder = this.#folders.get(id)
    if (folder === undefined)
      throw new KalamosError('not-found', 'This upload is not there any more.', 'Choose the file again.')
    // The one that was used last goes last.
    this.#folders.delete(id)
    this.#folders.set(id, folder)
    return folder
  }

  async #checkRoom(folder: Folder, bytes: number): Promise<void> {
    if (folder.bytes + bytes > this.#most) throw this.#tooMuch()
    const { bavail, bsize } = await statfs(folder.path)
    if (bavail * bsize - bytes >= LEAST_FREE_BYTES) return
    throw new KalamosError(
      'disk-full',
      'The disk of Kalamos has no room for this upload.',
      'Free some space there, or send less at once.',
    )
  }

  #stalled(): KalamosError {
    return new KalamosError(
      'unavailable',
      `Nothing more of this upload came for ${this.#idleMs / 1000} seconds.`,
      'Check the connection to the machine where Kalamos runs, and send it again.',
    )
  }

  #tooMuch(): KalamosError {
    const gigabytes = Math.max(1, Math.round(this.#most / 2 ** 30))
    return new KalamosError(
      'invalid-input',
      `An upload may come to ${gigabytes} GB.`,
      'Copy the files to the machine where Kalamos runs, and give their path.',
    )
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** The zip lies beside the files it holds, under the name of the first of them. */
async function zipped(folder: string, files: readonly string[]): Promise<Parcel> {
  const [first = ''] = relative(folder, files[0] ?? '').split(/[/\\]/)
  const name = `${first}.zip`
  const file = join(folder, `.${secret()}.zip`)
  try {
    await writeZip(
      file,
      files.map((each) => ({ name: relative(folder, each).replaceAll('\\', '/'), open: () => createReadStream(each) })),
    )
    return { file, name }
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch (error) {
    log('entrypoint').warn('what was uploaded cannot be removed', error)
  }
}
