import { parentPort } from 'node:worker_threads'
import { KalamosError, errorShape } from '../../../shared/errors.ts'
import type { Said, Value } from '../../../shared/messages/index.ts'
import { inBackground } from '../../process/background.ts'
import { log, relayLog } from '../../log/index.ts'
import type { FormatCodec } from '../format-codec.ts'
import type { Entry } from '../recording.ts'
import { soundEntries } from '../checked-entries.ts'
import type { Ask, FromReader, Order, ToReader } from './messages.ts'

/** The thread in which a file of others is taken apart, batch by batch as it is asked for. */

const BATCH_ENTRIES = 200
const BATCH_VALUES = 500_000
/** Who waits sees something after this time, however slowly recordings come. */
const BATCH_MS = 250
/** More recordings than this are no file of ours: a million words are years of writing. */
const ENTRIES_MAX = 1_000_000
/** Places and reasons quote the file; nobody reads more of them. */
const TEXT_MAX = 300

/** Each format is loaded only where it is read. */
const CODECS: Record<Order['format'], () => Promise<FormatCodec>> = {
  csv: async () => (await import('../csv/format.ts')).csv,
  digipen: async () => (await import('../digipen/format.ts')).digipen,
  ndjson: async () => (await import('../ndjson/format.ts')).ndjson,
  npz: async () => (await import('../npz/format.ts')).npz,
  onhw: async () => (await import('../onhw/format.ts')).onhw,
  parquet: async () => (await import('../parquet/format.ts')).parquet,
  rewi: async () => (await import('../rewi/format.ts')).rewi,
  xdf: async () => (await import('../xdf/format.ts')).xdf,
}

/** A file while it is read. */
class OpenFile {
  readonly #order: Order
  #entries: AsyncIterator<Entry> | undefined
  #seen = 0
  /** What was wrong behind the last batch: it is told once that has been taken. */
  #behind: unknown

  constructor(order: Order) {
    this.#order = order
  }

  async answer(ask: Ask): Promise<void> {
    const { format, path, csv, encoding, allStreams, limits, scratch } = this.#order
    if (ask === 'columns')
      return tell({
        kind: 'columns',
        columns: await (await import('../csv/format.ts')).describeTable(path, { csv, encoding }),
      })
    const beforeGroup = (bytes: number): void => tell({ kind: 'group', bytes })
    this.#entries ??= soundEntries(
      (await CODECS[format]()).read(path, { csv, encoding, allStreams, limits, scratch, beforeGroup }),
    )
    const { batch, done } = await this.#nextBatch(this.#entries)
    tell({ kind: 'entries', entries: batch, done }, batch.flatMap(buffersOf))
  }

  async #nextBatch(entries: AsyncIterator<Entry>): Promise<{ batch: Entry[]; done: boolean }> {
    if (this.#behind !== undefined) throw this.#behind
    const batch: Entry[] = []
    const until = performance.now() + BATCH_MS
    let values = 0
    while (batch.length < BATCH_ENTRIES && values < BATCH_VALUES && (batch.length === 0 || performance.now() < until)) {
      let next: IteratorResult<Entry, unknown>
      try {
        next = await entries.next()
      } catch (error) {
        if (batch.length === 0) throw error
        this.#behind = error
        break
      }
      if (next.done === true) return { batch, done: true }
      if (++this.#seen > ENTRIES_MAX)
        throw new KalamosError(
          'invalid-input',
          `${this.#order.path} holds more than ${ENTRIES_MAX} recordings.`,
          'Import it in parts.',
        )
      batch.push(shortened(next.value))
      values += 'recording' in next.value ? next.value.recording.signal.values.length : 0
    }
    return { batch, done: false }
  }
}

const port = parentPort
if (port === null) throw new Error('this is a thread of a process beside Kalamos; the app starts it')
const tell = (told: FromReader, transfer: ArrayBuffer[] = []): void => port.postMessage(told, transfer)
let file: OpenFile | undefined

relayLog((entry) => tell({ kind: 'log', entry }))
port.on('message', (heard: ToReader) => {
  if ('order' in heard) return void (file = new OpenFile(heard.order))
  inBackground('exchange', 'a file could not be read', async () => {
    try {
      await file?.answer(heard.ask)
    } catch (error) {
      if (!(error instanceof KalamosError)) log('exchange').error('a reader has thrown', error)
      tell({ kind: 'failed', error: errorShape(error) })
    }
  })
})

function shortened(entry: Entry): Entry {
  const where = clipped(entry.where)
  if ('reason' in entry) return { ...entry, where, reason: clipped(entry.reason) }
  return 'note' in entry ? { ...entry, where, note: clipped(entry.note) } : { ...entry, where }
}

function clipped(said: Said): Said {
  if (typeof said === 'string') return said.length > TEXT_MAX ? `${said.slice(0, TEXT_MAX)}…` : said
  const one = (value: Said | number): Said | number => (typeof value === 'number' ? value : clipped(value))
  const values = Object.entries(said.values).map(([name, value]): [string, Value] => [
    name,
    isSeveral(value) ? value.map(one) : one(value),
  ])
  return { code: said.code, values: Object.fromEntries(values) }
}

function isSeveral(value: Value): value is Extract<Value, readonly unknown[]> {
  return Array.isArray(value)
}

/** What is handed over rather than copied. */
function buffersOf(entry: Entry): ArrayBuffer[] {
  if (!('recording' in entry)) return []
  const { values, deviceMicros, hostMillis } = entry.recording.signal
  return [...new Set([values, deviceMicros, hostMillis].map(({ buffer }) => buffer as ArrayBuffer))]
}
