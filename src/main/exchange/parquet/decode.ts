import { parquetMetadataAsync, parquetReadObjects, type AsyncBuffer, type FileMetaData } from 'hyparquet'
import * as v from 'valibot'
import { KalamosError } from '../../../shared/errors.ts'
import { PEN_CHANNELS, UNITS, type Signal } from '../../../shared/signal.ts'
import { columnName, partsOfColumn } from '../channel-columns.ts'
import { parseChannels, parseFields, recordingOf } from '../fields.ts'
import { FileBytes } from '../file-bytes.ts'
import type { Entry, ExchangeRecording } from '../recording.ts'
import { COLUMNS_KEY, FIELD_COLUMNS, LIST_COLUMNS } from './columns.ts'
import { NOT_NUMBERS, numbersOf, plain, type Numbers } from './numbers.ts'
import { checkPages } from './pages.ts'
import { columnsIn, type TableColumn } from './schema.ts'
import { isReadable, UNPACK } from './unpack.ts'

/** A group of rows is in memory at once. */
const GROUP_BYTES_MAX = 1 << 30
/** What any table of samples stays below: how much smaller packed lists may be. */
const RATIO_MAX = 500

type Row = Record<string, unknown>

/** Which column is which channel, by `acc1_x [g]`; and all columns of lists, with whether they hold doubles. */
interface Columns {
  channels: ReadonlyMap<string, string>
  lists: ReadonlyMap<string, { double: boolean }>
  fields: string[]
  /** What is left out: no recording is made of it. */
  strange: TableColumn[]
}

/** Told before a group of rows is taken apart: how many bytes it is, unpacked. */
export type BeforeGroup = (bytes: number) => void

/**
 * Takes tables with one row a recording apart, group by group. A damaged file may keep it busy or fill the memory:
 * whoever calls this does so where it can be stopped. Throws `not-found`, `invalid-input` for what is none,
 * `decode-failed` for damage.
 */
export async function* decodeParquet(path: string, beforeGroup: BeforeGroup = () => undefined): AsyncGenerator<Entry> {
  const bytes = new FileBytes(path)
  try {
    yield* rowsOf(path, bytes, beforeGroup)
  } finally {
    bytes.close()
  }
}

async function* rowsOf(path: string, bytes: FileBytes, beforeGroup: BeforeGroup): AsyncGenerator<Entry> {
  const file = bufferOver(bytes)
  const metadata = await opened(path, file)
  const columns = columnsOf(path, metadata)
  for (const { name, kind } of columns.strange)
    yield { where: `column ${name}`, share: 0, note: `it holds ${kind} and was left out` }
  const total = Number(metadata.num_rows)
  const failed: { error: unknown; rowStart: number; rowEnd: number }[] = []
  let rowEnd = 0
  for (const group of metadata.row_groups) {
    beforeGroup(Number(group.total_byte_size))
    const rowStart = rowEnd
    rowEnd += Number(group.num_rows)
    try {
      yield* groupOf(path, { bytes, file, metadata, group, columns, rowStart, rowEnd, total })
    } catch (error) {
      if (!(error instanceof KalamosError) || error.code !== 'decode-failed') throw error
      failed.push({ error, rowStart, rowEnd })
    }
  }
  if (failed.length > 0 && failed.length === metadata.row_groups.length) throw failed[0]!.error
  for (const { rowStart, rowEnd: end } of failed)
    yield { where: `rows ${rowStart + 1} to ${end}`, share: 1, reason: 'are damaged' }
}

interface Group {
  bytes: FileBytes
  file: AsyncBuffer
  metadata: FileMetaData
  group: FileMetaData['row_groups'][number]
  columns: Columns
  rowStart: number
  rowEnd: number
  total: number
}

async function* groupOf(
  path: string,
  { bytes, file, metadata, group, columns, rowStart, rowEnd, total }: Group,
): AsyncGenerator<Entry> {
  const read = async (wanted: string[]): Promise<Row[]> => {
    const rows = (await parquetReadObjects({
      file,
      metadata,
      rowStart,
      rowEnd,
      columns: wanted,
      compressors: UNPACK,
    })) as Row[]
    if (rows.length !== rowEnd - rowStart) throw damaged(path)
    return rows
  }
  const { rows, lists } = await damagedUnless(path, async () => {
    checkPages(bytes, metadata, group)
    // Column by column: the lists of one are small numbers again before the next one is unpacked.
    const found = new Map<string, Numbers[]>()
    for (const [name, { double }] of columns.lists)
      found.set(
        name,
        (await read([name])).map((each) => numbersOf(each[name], double)),
      )
    return { rows: await read(columns.fields), lists: found }
  })
  for (const [at, about] of rows.entries()) {
    const listed = new Map([...lists].map(([name, column]) => [name, column[at]!]))
    yield {
      where: `row ${rowStart + at + 1}`,
      share: (rowStart + at + 1) / total,
      ...recordingAt(about, listed, columns.channels),
    }
  }
}

/** Reads at once rather than ahead: what was asked for never fails after the file is closed. */
function bufferOver(bytes: FileBytes): AsyncBuffer {
  return {
    byteLength: bytes.size,
    slice: (start, end = bytes.size) => {
      const from = start < 0 ? Math.max(0, bytes.size + start) : start
      return bytes.copy(from, end - from).buffer as ArrayBuffer
    },
  }
}

async function opened(path: string, file: AsyncBuffer): Promise<FileMetaData> {
  const head = file.byteLength < 12 ? '' : Buffer.from(await file.slice(0, 4)).toString('latin1')
  if (head !== 'PAR1')
    throw new KalamosError('invalid-input', `${path} is no Parquet file.`, 'Choose a file that ends in .parquet.')
  const metadata = await damagedUnless(path, () => parquetMetadataAsync(file))
  const packed = metadata.row_groups
    .flatMap(({ columns }) => columns)
    .find(({ meta_data }) => meta_data !== undefined && !isReadable(meta_data.codec))?.meta_data
  if (packed !== undefined)
    throw new KalamosError(
      'invalid-input',
      `${path} is packed with ${packed.codec}, which is not read.`,
      'Write it with snappy, gzip or zstd.',
    )
  for (const { total_byte_size: bytes } of metadata.row_groups) {
    if (bytes > GROUP_BYTES_MAX || (bytes > 1 << 26 && Number(bytes) > RATIO_MAX * file.byteLength)) {
      throw new KalamosError(
        'invalid-input',
        `${path} has a group of rows of ${bytes} bytes: it would fill the memory.`,
        'Write it with smaller groups of rows; a few thousand recordings each are plenty.',
      )
    }
  }
  return metadata
}

/** Which column is which channel: as the file says, or by names such as `acc1_x [g]`, or by those of the field. */
function columnsOf(path: string, { schema, key_value_metadata }: FileMetaData): Columns {
  const all = columnsIn(schema)
  const names = new Set(all.map(({ name }) => name))
  const missing = ['writer', 'rate_hz'].filter((name) => !names.has(name))
  if (missing.length > 0) {
    throw new KalamosError(
      'invalid-input',
      `${path} has no column ${missing.join(', ')}.`,
      'One row must be one recording; docs/formats.md lists the columns.',
    )
  }
  const said = saidColumns(key_value_metadata?.find(({ key }) => key === COLUMNS_KEY)?.value ?? '{}')
  const lists = all.filter(({ name, kind }) => kind === 'numbers' && !Object.hasOwn(FIELD_COLUMNS, name))
  const channels = new Map<string, string>()
  for (const { name } of lists) {
    if (Object.hasOwn(LIST_COLUMNS, name)) continue
    const channel = said.get(name) ?? PEN_CHANNELS.find((each) => each.name === name)
    channels.set(channel === undefined ? name : columnName(channel), name)
  }
  const strange = all.filter(
    ({ name, kind }) => kind !== 'plain' && kind !== 'numbers' && !Object.hasOwn(FIELD_COLUMNS, name),
  )
  if (channels.size === 0) {
    const there = strange.map(({ name, kind }) => `${name} holds ${kind}`).join(', ') || 'it holds plain values alone'
    throw new KalamosError(
      'invalid-input',
      `${path} has no column of lists of numbers: ${there}.`,
      'One row must be one recording: put its samples into lists, one column a channel; docs/formats.md has an ' +
        'example.',
    )
  }
  const fields = [...Object.keys(FIELD_COLUMNS), 'channels'].filter((name) =>
    all.some((each) => each.name === name && each.kind === 'plain'),
  )
  return { channels, lists: new Map(lists.map(({ name, double }) => [name, { double }])), fields, strange }
}

const SaidColumns = v.record(v.string(), v.object({ name: v.string(), unit: v.picklist(UNITS) }))

function saidColumns(text: string): Map<string, v.InferOutput<typeof SaidColumns>[string]> {
  try {
    const result = v.safeParse(SaidColumns, JSON.parse(text))
    return new Map(result.success ? Object.entries(result.output) : [])
  } catch {
    return new Map()
  }
}

type Lists = ReadonlyMap<string, Numbers>

function recordingAt(
  row: Row,
  lists: Lists,
  columns: ReadonlyMap<string, string>,
): { recording: ExchangeRecording } | { reason: string } {
  const about = Object.fromEntries(
    Object.keys(FIELD_COLUMNS).flatMap((name) => (row[name] == null ? [] : [[name, plain(row[name])]])),
  )
  const parsed = parseFields(about)
  if ('reason' in parsed) return parsed
  const wanted =
    typeof row['channels'] === 'string'
      ? row['channels'].split(', ')
      : [...columns.keys()].filter((name) => lists.get(columns.get(name)!) !== null)
  const parts = wanted.map((name) => partsOfColumn(name) ?? { name, unit: 'count' })
  const known = parseChannels(
    parts.map(({ name }) => name),
    parts.map(({ unit }) => unit),
  )
  if ('reason' in known) return known
  const signal = signalOf(
    wanted.map((name) => lists.get(columns.get(name) ?? name) ?? null),
    lists,
    known,
    parsed.fields.rate_hz,
  )
  return 'reason' in signal ? signal : { recording: recordingOf(parsed.fields, signal.signal) }
}

function signalOf(
  values: readonly Numbers[],
  lists: Lists,
  { channels, scales }: { channels: Signal['channels']; scales: number[] },
  rateHz: number,
): { signal: Signal } | { reason: string } {
  const frames = values[0] === NOT_NUMBERS ? 0 : (values[0]?.length ?? 0)
  const width = channels.length
  const all = new Float32Array(frames * width)
  for (const [at, list] of values.entries()) {
    if (list === NOT_NUMBERS) return { reason: `${channels[at]!.name} holds what is no number` }
    if ((list?.length ?? 0) !== frames)
      return {
        reason: `${channels[at]!.name} has ${list?.length ?? 0} values where ${channels[0]!.name} has ${frames}`,
      }
    const scale = scales[at]!
    for (let frame = 0; frame < frames; frame++) all[frame * width + at] = list![frame]! * scale
  }
  const times = (['device_us', 'host_ms'] as const).map((name) => {
    const list = lists.get(name) ?? null
    return list === null ? new Float64Array(frames).fill(NaN) : list === NOT_NUMBERS ? null : Float64Array.from(list)
  })
  if (times.some((list) => list?.length !== frames))
    return { reason: `has ${frames} frames but another number of times` }
  const [at, lost] = (['gap_at', 'gap_lost'] as const).map((name) => {
    const list = lists.get(name) ?? null
    return list === null || list === NOT_NUMBERS ? [] : Array.from(list)
  })
  const gaps = at!.map((each, index) => ({ at: each, lost: lost![index] ?? 0 }))
  if (gaps.some(({ at, lost }) => !(at >= 0 && at < frames && lost > 0 && lost <= 0xffffffff)))
    return { reason: 'has gaps that lie outside of it' }
  return { signal: { channels, rateHz, frames, values: all, deviceMicros: times[0]!, hostMillis: times[1]!, gaps } }
}

async function damagedUnless<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof KalamosError ? error : damaged(path, error)
  }
}

function damaged(path: string, cause?: unknown): KalamosError {
  return new KalamosError(
    'decode-failed',
    `${path} is damaged, or packed in a way that cannot be read${cause instanceof Error ? ` (${cause.message})` : ''}.`,
    'Copy the file again, or write it with snappy, gzip or zstd.',
    { cause },
  )
}
