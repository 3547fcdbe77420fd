import type { Connection } from './connection.ts'
import { APPLICATION_ID } from './inspect.ts'
import { MIGRATIONS } from './migrations/index.ts'
import { damagedProblem, newerProblem } from './problems.ts'

/** The schema's version, after making sure that the database is ours and not of a newer program. */
export function schemaVersion(database: Connection): number {
  const version = Number(database.pragma('user_version'))
  const ours = Number(database.pragma('application_id')) === APPLICATION_ID
  const tables = database.get<{ n: number }>('SELECT count(*) AS n FROM sqlite_schema')!.n
  if (!ours && tables > 0) throw damagedProblem(database.path, 'it belongs to another program')
  if (version > MIGRATIONS.length) throw newerProblem(database.path, version, MIGRATIONS.length)
  return version
}

/** Takes the database to the newest schema, step by step, each step all or nothing. */
export function migrate(database: Connection): void {
  for (let version = schemaVersion(database); version < MIGRATIONS.length; version++) {
    // A step may rebuild tables that others refer to; whether all references hold is checked before it is committed.
    database.pragma('foreign_keys = OFF')
    database.transaction(() => {
      database.execute(MIGRATIONS[version]!.sql)
      const broken = database.all('SELECT * FROM pragma_foreign_key_check')
      if (broken.length > 0) throw damagedProblem(database.path, `step ${MIGRATIONS[version]!.name} of the schema leaves ${broken.length} broken references`)
      database.pragma(`application_id = ${APPLICATION_ID}`)
      database.pragma(`user_version = ${version + 1}`)
    })
  }
  database.pragma('foreign_keys = ON')
}
