import { schema } from './001-schema.ts'

/**
 * Databases that development states made have a `user_version` of 1 to this: their schema never became a release, and
 * nothing takes them further.
 */
export const DEVELOPMENT_VERSIONS = 11

/**
 * Every step of the schema, in order: entry `n` takes a database to `user_version` `DEVELOPMENT_VERSIONS + n + 1`.
 * A step that has shipped is never edited; a change of the schema is a new file at the end.
 */
export const MIGRATIONS: readonly { name: string; sql: string }[] = [{ name: 'schema', sql: schema }]

/** The `user_version` of the newest schema. */
export const SCHEMA_VERSION = DEVELOPMENT_VERSIONS + MIGRATIONS.length
