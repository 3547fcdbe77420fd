import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { damagedProblem, newerProblem, notWritableProblem } from './problems.ts'
import { MIGRATIONS } from './migrations/index.ts'

/** Marks the file as one of ours: "KLMS", in SQLite's application_id. */
export const APPLICATION_ID = 0x4b4c4d53

const HEADER = 100

/**
 * Looks at a file before SQLite does, without touching it. An absent or empty file is a new database.
 * Throws `database-newer`, or `database-damaged` where it is no database, or one of another program.
 */
export function inspectFile(path: string): void {
  const header = readHeader(path)
  if (header === undefined || header.length === 0) return
  if (header.length < HEADER || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') throw damagedProblem(path, 'it is not an SQLite file')
  const version = header.readUInt32BE(60)
  const application = header.readUInt32BE(68)
  if (application !== 0 && application !== APPLICATION_ID) throw damagedProblem(path, 'it belongs to another program')
  if (application === APPLICATION_ID && version > MIGRATIONS.length) throw newerProblem(path, version, MIGRATIONS.length)
}

function readHeader(path: string): Buffer | undefined {
  // A pipe would be waited for, and a device is none of ours to write to.
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) throw notWritableProblem(path)
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') return undefined
    throw notWritableProblem(path, { cause: error })
  }
  try {
    const buffer = Buffer.alloc(HEADER)
    return buffer.subarray(0, readSync(file, buffer, 0, HEADER, 0))
  } catch (error) {
    throw notWritableProblem(path, { cause: error })
  } finally {
    closeSync(file)
  }
}
