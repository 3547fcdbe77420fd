/** Paths of the machine where Kalamos runs, which need not be the one that shows the window. */

/** The last part of a path; empty where it ends in a folder. */
export function nameIn(path: string): string {
  return path.slice(separators(path).at(-1)! + 1)
}

/** A writer's pseudonym as the name of a file or folder. */
export function pseudonymAsName(name: string): string {
  return name.replace(/[^\p{L}\p{N}_-]+/gu, '-')
}

/** A name inside a folder, parted as the folder's own path is. */
export function childPath(folder: string, name: string): string {
  const separator = /^[a-z]:\\|^\\\\/i.test(folder) ? '\\' : '/'
  return folder.endsWith(separator) ? folder + name : folder + separator + name
}

/** The path with another ending; one of those that are known is replaced, everything else stays in the name. */
export function withEnding(path: string, known: readonly string[], ending: string): string {
  const name = nameIn(path)
  if (name === '') return path
  const old =
    known.filter((each) => each !== '' && name.toLowerCase().endsWith(each)).sort((a, b) => b.length - a.length)[0] ??
    ''
  return path.slice(0, path.length - old.length) + ending
}

/** A field that holds a path: what is in it now, and how to fill it. */
export interface PathInput {
  now(): string
  fill(path: string): void
}

/**
 * Fills a field with a path that takes a while to find out, unless somebody has written into it meanwhile. A folder
 * that was chosen meanwhile stays, and gets the name.
 */
export async function proposePath(input: PathInput, found: Promise<string>): Promise<void> {
  const before = input.now()
  const path = await found
  const now = input.now()
  if (now === before) input.fill(path)
  else if (now !== '' && nameIn(now) === '') input.fill(now + nameIn(path))
}

function separators(path: string): number[] {
  return [-1, path.lastIndexOf('/'), path.lastIndexOf('\\')].sort((a, b) => a - b)
}
