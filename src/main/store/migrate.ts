import type { Connection } from './connection.ts'
import { APPLICATION_ID, refuseVersion } from './inspect.ts'
import { DEVELOPMENT_VERSIONS, MIGRATIONS, SCHEMA_VERSION } from './migrations/index.ts'
import { damagedProblem } from './problems.ts'

/**
 * The schema's version, 0 for a database without one, after making sure that it is ours and of a version that can be
 * opened.
 */
export function schemaVersion(database: Connection): number {
  const version = Number(database.pragma('user_version'))
  const ours = Number(database.pragma('application_id')) === APPLICATION_ID
  const tables = database.get<{ n: number }>('SELECT count(*) AS n FROM sqlite_schema')!.n
  if (!ours && tables > 0) throw damagedProblem(database.path, 'it belongs to another program')
  refuseVersion(database.path, version)
  return version
}

/** Takes the database to the newest schema, step by step, each step all or nothing. */
export function migrate(database: Connection): void {
  for (let version = Math.max(schemaVersion(database), DEVELOPMENT_VERSIONS); version < SCHEMA_VERSION; version++) {
    const { name, sql } = MIGRATIONS[version - DEVELOPMENT_VERSIONS]!
    // A step may rebuild tables that others refer to; whether all references hold is checked before it is committed.
    database.pragma('foreign_keys = OFF')
    database.transaction(() => {
      database.execute(sql)
      const broken = database.all('SELECT * FROM pragma_foreign_key_check')
      if (broken.length > 0)
        throw damagedProblem(database.path, `step ${name} of the schema leaves ${broken.length} broken references`)
      database.pragma(`application_id = ${APPLICATION_ID}`)
      database.pragma(`user_version = ${version + 1}`)
    })
  }
  database.pragma('foreign_keys = ON')
}
