import { parentPort, workerData } from 'node:worker_threads'
import { errorShape } from '../../../shared/errors.ts'
import type { Entry } from '../recording.ts'
import { decodeParquet } from './decode.ts'
import type { Told } from './read.ts'

/** The thread in which a Parquet file is taken apart: it can be stopped in the middle of a page. */

const BATCH_ENTRIES = 200
const BATCH_VALUES = 2_000_000

const port = parentPort!
const tell = (told: Told, transfer: ArrayBuffer[] = []): void => port.postMessage(told, transfer)
const entries = decodeParquet((workerData as { path: string }).path, (bytes) => tell({ kind: 'group', bytes }))

port.on('message', () => {
  nextBatch()
    .then(({ batch, done }) => tell({ kind: 'entries', entries: batch, done }, batch.flatMap(buffersOf)))
    .catch((error: unknown) => tell({ kind: 'failed', error: errorShape(error) }))
})

async function nextBatch(): Promise<{ batch: Entry[]; done: boolean }> {
  const batch: Entry[] = []
  let values = 0
  while (batch.length < BATCH_ENTRIES && values < BATCH_VALUES) {
    const next = await entries.next()
    if (next.done === true) return { batch, done: true }
    batch.push(next.value)
    values += 'recording' in next.value ? next.value.recording.signal.values.length : 0
  }
  return { batch, done: false }
}

/** What is handed over rather than copied. */
function buffersOf(entry: Entry): ArrayBuffer[] {
  if (!('recording' in entry)) return []
  const { values, deviceMicros, hostMillis } = entry.recording.signal
  return [values, deviceMicros, hostMillis].map(({ buffer }) => buffer as ArrayBuffer)
}
