import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Place } from '../../shared/api/exchange.ts'
import { placeProblem } from './places.ts'

/** A folder with more in it is told in part: nobody looks through more. */
const PLACES = 500

/**
 * What lies in a folder of this machine, folders first, in the order of their names; what is hidden is left out, and
 * what is neither file nor folder. Of a path that is a file or not there, the nearest folder above it. Throws
 * `invalid-input` where that may not be read.
 */
export async function browse(
  path: string | undefined,
): Promise<{ folder: string; parent: string | null; places: Place[]; more: number }> {
  const folder = await nearestFolder(path === undefined || path.trim() === '' ? homedir() : resolve(path))
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw placeProblem(folder, error)
  })
  const shown = entries.filter(({ name }) => !name.startsWith('.'))
  const found = await Promise.all(
    shown.map(async (entry): Promise<Place[]> => {
      const path = join(folder, entry.name)
      const kind = await kindOf(entry, path)
      return kind === null ? [] : [{ name: entry.name, path, kind }]
    }),
  )
  const places = found.flat()
  const order = (a: Place, b: Place): number =>
    a.kind === b.kind ? a.name.localeCompare(b.name, 'en', { numeric: true }) : a.kind === 'folder' ? -1 : 1
  const parent = dirname(folder)
  return {
    folder,
    parent: parent === folder ? null : parent,
    places: places.sort(order).slice(0, PLACES),
    more: Math.max(0, places.length - PLACES),
  }
}

async function nearestFolder(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) if ((await leadsToFolder(at)) || at === dirname(at)) return at
}

/** Null for pipes, devices and sockets, and for links that lead to nothing. */
async function kindOf(entry: Dirent, path: string): Promise<Place['kind'] | null> {
  const at = entry.isSymbolicLink() ? await stat(path).catch(() => null) : entry
  return at === null ? null : at.isDirectory() ? 'folder' : at.isFile() ? 'file' : null
}

async function leadsToFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
}
