import { mkdirSync, existsSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { flushFolder, takeName } from './whole-file.ts'

/**
 * A folder beside the place that a person named, made for one export, in which it is written until it is whole. What
 * was there under that name stays: the folder takes the next name that is free, and nothing outside of it is ever
 * deleted.
 */
export class Staging {
  readonly #finalPath: string
  readonly #folder: string
  /** Where to write the file or folder that `keep` gives its name. */
  readonly path: string

  /** Throws what the file system throws. */
  constructor(finalPath: string) {
    this.#finalPath = finalPath
    this.#folder = makeUnder(`${finalPath}.incomplete`)
    this.path = join(this.#folder, basename(finalPath))
  }

  /** Where to write what is to lie beside, under the same ending. */
  beside(ending: string): string {
    return `${this.path}${ending}`
  }

  /**
   * Brings all of it to the disk and gives it its name, and what lies beside with these endings theirs. An empty folder
   * gives way. Throws what the file system throws, EEXIST or ENOTEMPTY where the place was taken meanwhile; then none
   * has its name.
   */
  async keep({ beside = [] }: { beside?: readonly string[] } = {}): Promise<void> {
    await flush(this.#folder)
    const placed: string[] = []
    try {
      for (const ending of beside) {
        takeName(this.beside(ending), `${this.#finalPath}${ending}`)
        placed.push(`${this.#finalPath}${ending}`)
      }
      place(this.path, this.#finalPath)
    } catch (error) {
      for (const path of placed) rmSync(path, { force: true })
      throw error
    }
    this.discard()
    flushFolder(dirname(this.#finalPath))
  }

  /** Takes away what was not kept. */
  discard(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

function makeUnder(name: string): string {
  for (let number = 1; ; number++) {
    const folder = number === 1 ? name : `${name}-${number}`
    try {
      mkdirSync(folder)
      return folder
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function place(from: string, to: string): void {
  if (existsSync(to)) rmdirSync(to)
  try {
    takeName(from, to)
  } catch (error) {
    // Folders have no hard links.
    if ((error as NodeJS.ErrnoException).code !== 'EISDIR') throw error
    renameSync(from, to)
  }
}

/** Waits until files and folders are on the disk, and the names of the files in them. */
async function flush(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await flush(path)
    else if (entry.isFile()) {
      const file = await open(path, 'r+')
      try {
        await file.sync()
      } finally {
        await file.close()
      }
    }
  }
  flushFolder(folder)
}
