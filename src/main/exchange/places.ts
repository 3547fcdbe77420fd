import { access, readdir, stat } from 'node:fs/promises'
import { placeProblem } from '../files/foreign-file.ts'

export { placeProblem } from '../files/foreign-file.ts'

export function hasEnding(path: string, endings: readonly string[]): boolean {
  return endings.some((ending) => path.toLowerCase().endsWith(ending))
}

/** What is at a path. Throws `not-found`, or `invalid-input` where it may not be looked at. */
export async function kindOf(path: string): Promise<'file' | 'folder'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch (error) {
    throw placeProblem(path, error)
  }
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** The names in a folder, in order. Throws `not-found`, or `invalid-input` where it is a file. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  } catch (error) {
    throw placeProblem(folder, error)
  }
}
