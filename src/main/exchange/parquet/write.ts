import { fileWriter, ParquetWriter, type ColumnSource } from 'hyparquet-writer'
import { columnName } from '../channel-columns.ts'
import { fieldsOf, type Fields } from '../fields.ts'
import { writeProblem } from '../output-file.ts'
import type { ExchangeRecording, RecordingSink, WriteContext } from '../recording.ts'
import { channelColumns, COLUMNS_KEY, FIELD_COLUMNS, schemaFor, type LIST_COLUMNS } from './columns.ts'

/** Rows and frames of a group: what is in memory at a time. */
const GROUP_ROWS = 500
const GROUP_FRAMES = 120_000

/** One row a recording; every channel is a column of lists. */
export function writeParquet({ path, expected }: WriteContext): Promise<RecordingSink> {
  const columns = channelColumns(expected.channelLists)
  const writer = guarded(path, () => fileWriter(path))
  const file = new ParquetWriter({
    writer,
    schema: schemaFor(columns),
    // The low bits of floats are noise, which does not compress.
    codec: 'UNCOMPRESSED',
    statistics: false,
    createdBy: 'Kalamos',
    kvMetadata: [{ key: COLUMNS_KEY, value: JSON.stringify(Object.fromEntries(columns.map(({ column, channel }) => [column, channel]))) }],
  })
  let [group, frames]: [ExchangeRecording[], number] = [[], 0]
  const flush = async (): Promise<void> => {
    if (group.length === 0) return
    const columnData = columnsOf(group, columns)
    await guardedAsync(path, async () => file.write({ columnData, rowGroupSize: group.length }))
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

function columnsOf(group: readonly ExchangeRecording[], columns: ReturnType<typeof channelColumns>): ColumnSource[] {
  const fields = group.map(fieldsOf)
  const about = (Object.keys(FIELD_COLUMNS) as (keyof Fields)[]).map((name) => ({ name, data: fields.map((each) => each[name]) }))
  const lists: Record<keyof typeof LIST_COLUMNS, unknown[]> = {
    device_us: group.map(({ signal }) => times(signal.deviceMicros)),
    host_ms: group.map(({ signal }) => times(signal.hostMillis)),
    gap_at: group.map(({ signal }) => signal.gaps.map(({ at }) => BigInt(at))),
    gap_lost: group.map(({ signal }) => signal.gaps.map(({ lost }) => BigInt(lost))),
  }
  return [
    ...about,
    { name: 'channels', data: group.map(({ signal }) => signal.channels.map(columnName).join(', ')) },
    ...Object.entries(lists).map(([name, data]) => ({ name, data, encoding: 'PLAIN' as const })),
    ...columns.map(({ column, channel }) => ({ name: column, data: group.map((recording) => valuesOf(recording, columnName(channel))), encoding: 'PLAIN' as const })),
  ]
}

function valuesOf({ signal }: ExchangeRecording, column: string): number[] | null {
  const at = signal.channels.findIndex((channel) => columnName(channel) === column)
  if (at === -1) return null
  const list = new Array<number>(signal.frames)
  for (let frame = 0; frame < signal.frames; frame++) list[frame] = signal.values[frame * signal.channels.length + at]!
  return list
}

/** Times as a list, or null where none is known. */
function times(values: Float64Array): number[] | null {
  return values.every(Number.isNaN) ? null : Array.from(values)
}

function guarded<T>(path: string, work: () => T): T {
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
