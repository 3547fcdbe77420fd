import { fileWriter, ParquetWriter, type ColumnSource } from 'hyparquet-writer'
import type { Channel } from '../../../shared/signal.ts'
import { columnName, positionsOf } from '../channel-columns.ts'
import { fieldsOf, type Fields } from '../fields.ts'
import { writeProblem } from '../output-file.ts'
import type { ExchangeRecording, RecordingSink, WriteContext } from '../recording.ts'
import { channelColumns, COLUMNS_KEY, FIELD_COLUMNS, schemaFor, type LIST_COLUMNS } from './columns.ts'
import { writeListColumn, type ListColumn } from './list-column.ts'

/** Rows and frames of a group: what is in memory at a time. */
const GROUP_ROWS = 500
const GROUP_FRAMES = 120_000

/** One row a recording; every channel is a column of lists. */
export function writeParquet({ path, expected }: WriteContext): Promise<RecordingSink> {
  const columns = channelColumns(expected.channelLists)
  const writer = orWriteProblem(path, () => fileWriter(path))
  const file = new ParquetWriter({
    writer,
    schema: schemaFor(columns),
    // The low bits of floats are noise, which does not compress.
    codec: 'UNCOMPRESSED',
    statistics: false,
    createdBy: 'Kalamos',
    kvMetadata: [
      {
        key: COLUMNS_KEY,
        value: JSON.stringify(Object.fromEntries(columns.map(({ column, channel }) => [column, channel]))),
      },
    ],
  })
  let [group, frames]: [ExchangeRecording[], number] = [[], 0]
  const flush = async (): Promise<void> => {
    if (group.length === 0) return
    await guardedAsync(path, async () => {
      await file.write({ columnData: fieldColumns(group), rowGroupSize: group.length })
      const chunks = [...timeColumns(group), ...signalColumns(group, columns)].map((column) =>
        writeListColumn(writer, column),
      )
      const bytes = chunks.reduce((sum, { meta_data }) => sum + meta_data!.total_compressed_size, 0n)
      const written = file.row_groups.at(-1)!
      written.columns.push(...chunks)
      written.total_byte_size += bytes
      written.total_compressed_size = (written.total_compressed_size ?? 0n) + bytes
    })
    ;[group, frames] = [[], 0]
  }
  return Promise.resolve({
    write: async (recording) => {
      group.push(recording)
      frames += recording.signal.frames
      if (group.length >= GROUP_ROWS || frames >= GROUP_FRAMES) await flush()
    },
    close: async () => {
      await flush()
      await guardedAsync(path, async () => file.finish())
    },
    abort: () => undefined,
  })
}

function fieldColumns(group: readonly ExchangeRecording[]): ColumnSource[] {
  const fields = group.map(fieldsOf)
  const about = (Object.keys(FIELD_COLUMNS) as (keyof Fields)[]).map((name) => ({
    name,
    data: fields.map((each) => each[name]),
  }))
  return [...about, { name: 'channels', data: group.map(({ signal }) => signal.channels.map(columnName).join(', ')) }]
}

/** Times and gaps of every recording, in the order of the schema. */
function timeColumns(group: readonly ExchangeRecording[]): ListColumn[] {
  const signals = group.map(({ signal }) => signal)
  const columns: Record<keyof typeof LIST_COLUMNS, Omit<ListColumn, 'name'>> = {
    device_us: timesOf(signals.map(({ deviceMicros }) => deviceMicros)),
    host_ms: timesOf(signals.map(({ hostMillis }) => hostMillis)),
    gap_at: countsOf(signals.map(({ gaps }) => gaps.map(({ at }) => at))),
    gap_lost: countsOf(signals.map(({ gaps }) => gaps.map(({ lost }) => lost))),
  }
  return Object.entries(columns).map(([name, column]) => ({ name, ...column }))
}

/** Times as lists; a recording of which none is known has no list. */
function timesOf(times: readonly Float64Array[]): Omit<ListColumn, 'name'> {
  const known = times.map((each) => (each.every(Number.isNaN) ? null : each))
  const lengths = known.map((each) => each?.length ?? null)
  const values = new Float64Array(total(lengths))
  let at = 0
  for (const each of known) {
    if (each === null) continue
    values.set(each, at)
    at += each.length
  }
  return { lengths, values }
}

function countsOf(counts: readonly (readonly number[])[]): Omit<ListColumn, 'name'> {
  return { lengths: counts.map(({ length }) => length), values: BigInt64Array.from(counts.flat(), BigInt) }
}

function signalColumns(
  group: readonly ExchangeRecording[],
  columns: readonly { column: string; channel: Channel }[],
): ListColumn[] {
  const wanted = columns.map(({ channel }) => channel)
  const positions = group.map(({ signal }) => positionsOf(wanted, signal.channels))
  return columns.map(({ column }, number) => {
    const lengths = group.map(({ signal }, row) => (positions[row]![number] === -1 ? null : signal.frames))
    const values = new Float32Array(total(lengths))
    let at = 0
    for (const [row, { signal }] of group.entries()) {
      const [width, position] = [signal.channels.length, positions[row]![number]!]
      if (position === -1) continue
      for (let from = position; from < signal.values.length; from += width) values[at++] = signal.values[from]!
    }
    return { name: column, lengths, values }
  })
}

function total(lengths: readonly (number | null)[]): number {
  return lengths.reduce<number>((sum, length) => sum + (length ?? 0), 0)
}

function orWriteProblem<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw writeProblem(path, error)
  }
}

async function guardedAsync(path: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw error instanceof Error && 'code' in error ? writeProblem(path, error) : error
  }
}
