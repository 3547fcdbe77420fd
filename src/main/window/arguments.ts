import { resolve } from 'node:path'
import { defaultDatabase } from '../doors/database.ts'

/** The database that the command line of the Electron app names with `--database <file>`, else the user's own. */
export function databaseFrom(args: readonly string[], folder: string = process.cwd()): string {
  const index = args.indexOf('--database')
  const file = index === -1 ? args.find((arg) => arg.startsWith('--database='))?.slice('--database='.length) : args[index + 1]
  return file === undefined || file === '' ? defaultDatabase() : resolve(folder, file)
}
