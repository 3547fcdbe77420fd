import { parentPort, workerData } from 'node:worker_threads'
import { errorShape } from '../../../shared/errors.ts'
import { Connection } from '../connection.ts'
import type { Asked, Done, Setup } from './index.ts'

/** The thread that brings SQLite's log into the database file, by a connection of its own. */

const BUSY_MS = 2000

const port = parentPort!
const { path, closed } = workerData as Setup
const connection = new Connection(path, { readOnly: false, busyMillis: BUSY_MS })

port.on('message', (asked: Asked) => {
  if (asked === 'close') close()
  else port.postMessage(checkpoint())
})

/**
 * PASSIVE waits for nobody and lets nobody wait: what others are reading or writing stays in the log until the next
 * time.
 */
function checkpoint(): Done {
  try {
    connection.pragma('wal_checkpoint(PASSIVE)')
    return { error: null }
  } catch (error) {
    return { error: errorShape(error) }
  }
}

function close(): void {
  try {
    connection.close()
  } finally {
    Atomics.store(closed, 0, 1)
    Atomics.notify(closed, 0)
    port.close()
  }
}
