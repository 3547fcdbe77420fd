import { dirname, join } from 'node:path'
import { defaultDatabase } from '../files/database.ts'

/** Where the log is: beside the user's own database, whichever one is open, so that all entry points write one log. */
export function logFolder(ownDatabase: string = defaultDatabase()): string {
  return join(dirname(ownDatabase), 'logs')
}
