import { access, readdir, stat } from 'node:fs/promises'
import { KalamosError } from '../../shared/errors.ts'

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

/** What the file system refused to show, as an error that a person can act on. */
export function placeProblem(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code
  const cause = { cause: error }
  if (code === 'ENOENT') return new KalamosError('not-found', `There is no ${path}.`, 'Check the path.', cause)
  if (code === 'ENOTDIR') return new KalamosError('invalid-input', `${path} is a file.`, 'Name a folder.', cause)
  if (code === 'EISDIR') return new KalamosError('invalid-input', `${path} is a folder.`, 'Name a file.', cause)
  if (code === 'EACCES' || code === 'EPERM') return new KalamosError('invalid-input', `${path} may not be read.`, 'Give this account the right to read it.', cause)
  return error
}
