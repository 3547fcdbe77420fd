import { closeSync } from 'node:fs'
import { KalamosError } from '../../shared/errors.ts'
import { fillFrom, openForeign } from '../files/foreign-file.ts'
import { damagedProblem, developmentProblem, newerProblem, notWritableProblem } from './problems.ts'
import { DEVELOPMENT_VERSIONS, SCHEMA_VERSION } from './migrations/index.ts'

/** Marks the file as one of ours: "KLMS", in SQLite's application_id. */
export const APPLICATION_ID = 0x4b4c4d53

const HEADER = 100

/**
 * Looks at a file before SQLite does, without touching it. An absent or empty file is a new database.
 * Throws `database-newer`, `conflict` for one of a development state, `invalid-input` for a folder, a pipe or a device,
 * or `database-damaged` where it is no database, or one of another program.
 */
export function inspectFile(path: string): void {
  const header = readHeader(path)
  if (header === undefined || header.length === 0) return
  if (header.length < HEADER || header.toString('latin1', 0, 16) !== 'SQLite format 3\0')
    throw damagedProblem(path, 'it is not an SQLite file')
  const version = header.readUInt32BE(60)
  const application = header.readUInt32BE(68)
  if (application !== 0 && application !== APPLICATION_ID) throw damagedProblem(path, 'it belongs to another program')
  if (application === APPLICATION_ID) refuseVersion(path, version)
}

/** Throws `database-newer`, or `conflict` for a version of a development state. */
export function refuseVersion(path: string, version: number): void {
  if (version > SCHEMA_VERSION) throw newerProblem(path, version, SCHEMA_VERSION)
  if (version > 0 && version <= DEVELOPMENT_VERSIONS) throw developmentProblem(path, version)
}

function readHeader(path: string): Buffer | undefined {
  let file: number
  try {
    file = openForeign(path).file
  } catch (error) {
    if (error instanceof KalamosError && error.code === 'not-found') return undefined
    // What is no file is said so; what the system refuses is the same as for any database.
    throw error instanceof KalamosError && error.cause === undefined
      ? error
      : notWritableProblem(path, { cause: error })
  }
  try {
    const buffer = Buffer.alloc(HEADER)
    return buffer.subarray(0, fillFrom(file, buffer, 0))
  } catch (error) {
    throw notWritableProblem(path, { cause: error })
  } finally {
    closeSync(file)
  }
}
