import { join, parse } from 'node:path'

/** The folder beside a database with its checkpoints and models. */
export function filesFolder(database: string): string {
  const { dir, name } = parse(database)
  return join(dir, `${name}-files`)
}
