import { resolve } from 'node:path'
import * as v from 'valibot'
import { defaultDatabase } from '../../files/database.ts'
import { realPath } from '../../files/real-path.ts'

const NAME = '--database'

/**
 * The database that the command line of the Electron app names with `--database <file>`, or null where it names none.
 */
export function databaseIn(args: readonly string[], folder: string = process.cwd()): string | null {
  const index = args.indexOf(NAME)
  const file = index === -1 ? args.find((arg) => arg.startsWith(`${NAME}=`))?.slice(NAME.length + 1) : args[index + 1]
  return file === undefined || file === '' ? null : resolve(folder, file)
}

/** The same, else the user's own. */
export function databaseFrom(args: readonly string[], folder?: string): string {
  return databaseIn(args, folder) ?? defaultDatabase()
}

/** A command line that names another database, or the same as before where that is null. */
export function argumentsFor(args: readonly string[], database: string | null): string[] {
  if (database === null) return [...args]
  const others = args.filter((arg, index) => arg !== NAME && args[index - 1] !== NAME && !arg.startsWith(`${NAME}=`))
  return [...others, NAME, database]
}

/**
 * What a start hands over to the Kalamos that is open already. It is not read from that start's command line, which
 * Chromium puts into another order.
 */
const Start = v.object({ database: v.nullable(v.string()) })
export type Start = v.InferOutput<typeof Start>

/** What another start wants; one that does not say, such as another version of the app, wants the window. */
export function startOf(data: unknown): Start {
  const parsed = v.safeParse(Start, data)
  return parsed.success ? parsed.output : { database: null }
}

/** Whether two paths are of one file, also through links, and in another case where the file system knows none. */
export function isSameFile(one: string, other: string, platform: NodeJS.Platform = process.platform): boolean {
  const names = [one, other].map((path) => (platform === 'linux' ? realPath(path) : realPath(path).toLowerCase()))
  return names[0] === names[1]
}
