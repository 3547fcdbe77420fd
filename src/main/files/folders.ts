import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder that a person named, and those above it that are missing. Node's own recursive mkdir never returns
 * where a file system says of a folder that is there that it cannot be found, as procfs does; this one throws what it
 * said. `mode`: the rights of those that are made; without it the user's own habit.
 */
export function makeFolders(folder: string, mode?: number): void {
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || existsSync(dirname(folder))) throw error
    makeFolders(dirname(folder), mode)
    makeFolders(folder, mode)
  }
}
