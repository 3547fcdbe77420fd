import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { KalamosError } from '../../shared/errors.ts'
import { makeFolders } from '../files/folders.ts'
import { log } from '../log/index.ts'
import { realPath } from '../files/real-path.ts'
import { sweepPartials } from '../files/whole-file.ts'
import { Connection } from './connection.ts'
import { finishErasure, owesErasure } from './erasing.ts'
import { inspectFile } from './inspect.ts'
import { writeDatabaseOwner } from './holder.ts'
import { lockForWriting } from './lock.ts'
import { migrate, schemaVersion } from './migrate.ts'
import { SCHEMA_VERSION } from './migrations/index.ts'
import { filesFolder } from './places.ts'
import { damagedProblem, notWritableProblem } from './problems.ts'
import { keepDatabasePrivate, keepPrivate } from './private.ts'
import { recoverRecordings } from './recovery.ts'
import type { SyncLog } from './sync-log.ts'
import { Store } from './store.ts'

const BUSY_MS = 2000
/** Up to this size the whole file is checked when it is opened; in larger ones damage shows where it is read. */
const CHECK_BELOW_BYTES = 64 * 1024 * 1024
/** Rights of the folders made for a database: nobody's but its owner's. */
const PRIVATE = 0o700
const KEEP_DELETED_MS = 30 * 24 * 3600 * 1000

/**
 * Opens a database, or makes a new one, and brings it in order: the newest schema, no recording, session or training
 * left open by a program that ended. One program writes at a time; others may open it with `readOnly`.
 * `sync` is how frames come to the disk while they are recorded.
 * Throws `database-newer`, `conflict` for one of a development state, `database-damaged`, `database-locked`,
 * `not-writable`, or `not-found` (read-only, absent).
 */
export function openStore(path: string, options: { readOnly?: boolean; sync?: SyncLog } = {}): Store {
  const file = realPath(resolve(path))
  return options.readOnly === true ? openForReading(file) : openForWriting(file, options.sync)
}

function openForReading(path: string): Store {
  if (!existsSync(path))
    throw new KalamosError('not-found', `There is no database ${path}.`, 'Check the path, or open it for writing once.')
  inspectFile(path)
  const connection = new Connection(path, { readOnly: true, busyMillis: BUSY_MS })
  return orClose(connection, () => {
    const version = schemaVersion(connection)
    if (version < SCHEMA_VERSION) {
      throw new KalamosError(
        'conflict',
        `${path} is of an older Kalamos (schema ${version}).`,
        'Open it once for writing: that brings it up to date.',
      )
    }
    return new Store(connection, () => undefined)
  })
}

function openForWriting(path: string, sync: SyncLog | undefined): Store {
  inspectFile(path)
  prepared(path, () => {
    makeFolders(dirname(path), PRIVATE)
    keepDatabasePrivate(path)
  })
  const unlock = lockForWriting(path)
  try {
    const connection = new Connection(path, { readOnly: false, busyMillis: BUSY_MS })
    return orClose(connection, () => {
      checkSoundness(connection)
      schemaVersion(connection)
      // FULL syncs the log at every commit: what is acknowledged survives a power failure, not only the end of the
      // program. Frames alone are committed without, and synced behind it: see `WriteQueue`.
      connection.pragma('journal_mode = WAL')
      connection.pragma('synchronous = FULL')
      connection.pragma(`journal_size_limit = ${CHECK_BELOW_BYTES}`)
      migrate(connection)
      prepared(path, () => {
        makeFolders(filesFolder(path), PRIVATE)
        keepPrivate(filesFolder(path))
        sweepPartials(filesFolder(path))
      })
      return bringInOrder(new Store(connection, unlock, sync))
    })
  } catch (error) {
    unlock()
    throw error
  }
}

function bringInOrder(store: Store): Store {
  // Each in a transaction of its own: after one that is long, the log need not hold the next as well.
  store.recovered = recoverRecordings(store.connection)
  store.transaction(() => {
    store.sessions.endAbandoned()
    store.runs.markInterrupted()
    // The days are those of the calendar: they go on while nothing runs.
    // eslint-disable-next-line no-restricted-syntax
    store.recordings.purge(Date.now() - KEEP_DELETED_MS)
    writeDatabaseOwner(store.settings, store.path)
  })
  if (owesErasure(store)) goOnErasing(store)
  // Whoever comes by another name of the file sees the file alone, not this log.
  store.connection.pragma('wal_checkpoint(PASSIVE)')
  return store
}

/** A program ended while it deleted somebody: no byte of theirs is to be left. */
function goOnErasing(store: Store): void {
  log('store').info('a deletion that was broken off goes on')
  if (finishErasure(store) !== null) log('store').warn('a deletion could not be finished; it goes on at the next start')
}

function checkSoundness(connection: Connection): void {
  if (statSync(connection.path).size > CHECK_BELOW_BYTES) return
  const damage = connection.damage()
  if (damage !== null) throw damagedProblem(connection.path, damage)
}

function orClose<T>(connection: Connection, work: () => T): T {
  try {
    return work()
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Does what the file system may refuse. Throws `not-writable` where it does. */
function prepared(path: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    throw notWritableProblem(path, { cause: error })
  }
}
