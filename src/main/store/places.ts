import { join, parse } from 'node:path'

/** The folder beside a database with its checkpoints and models. */
export function filesFolder(database: string): string {
  const { dir, name } = parse(database)
  return join(dir, `${name}-files`)
}

/** The folder below it for what browsers send and fetch, gone when the app ends: it is none of what is kept. */
export function passingFolder(database: string): string {
  return join(filesFolder(database), 'transfers')
}

/** What the browser server knows again after a start: of this machine alone, in no backup, and replaced by none. */
export function doorFile(database: string): string {
  return join(filesFolder(database), 'browser.json')
}
