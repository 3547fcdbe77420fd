import { constants, setPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { errorShape } from '../../../shared/errors.ts'
import { every } from '../../process/background.ts'
import { log, relayLog } from '../../log/index.ts'
import { findParent } from '../../process/parent.ts'
import { entry } from '../../files/paths.ts'
import { endOnUncaught } from '../../process/uncaught.ts'
import type { FromReader, Order, ToReader } from './messages.ts'

/**
 * Entry of the process in which a file of others is taken apart. A file may be made to want all memory: V8 ends the
 * whole process then, also for a thread that has a limit, so nothing else may live in it. The work is done in a thread,
 * so that this one can watch: it sees how much memory is taken, and when the app is gone.
 */

/** How often the memory is looked at: a reader takes some 100 MB in that time. */
const LOOK_MS = 50

const parent = findParent()
const tell = (told: FromReader): void => parent.send(told)
let thread: Worker | undefined

relayLog((each) => tell({ kind: 'log', entry: each }))
endOnUncaught((error) => {
  tell({ kind: 'failed', error: errorShape(error) })
  return Promise.resolve()
})
// Recording comes first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

parent.onMessage((message) => {
  const heard = message as ToReader
  if ('order' in heard) thread ??= begin(heard.order)
  thread?.postMessage(heard)
})
parent.onGone(() => process.exit(0))
tell({ kind: 'ready' })

function begin({ bounds }: Order): Worker {
  const thread = new Worker(entry('reader-thread'), {
    name: 'reader',
    resourceLimits: { maxOldGenerationSizeMb: bounds.heapMb },
  })
  thread.on('message', (told: FromReader) => tell(told))
  thread.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return tell({ kind: 'too large' })
    log('exchange').error('the thread that reads a file has failed', error)
    tell({ kind: 'failed', error: errorShape(error) })
  })
  thread.on('exit', (code) =>
    tell({ kind: 'failed', error: errorShape(new Error(`the thread ended with code ${code}`)) }),
  )
  every(LOOK_MS, 'exchange', 'the memory of a reader could not be looked at', () => {
    if (process.memoryUsage.rss() > bounds.processMb * 2 ** 20) tell({ kind: 'too large' })
  })
  return thread
}
