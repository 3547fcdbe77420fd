import { parquetMetadataAsync, parquetReadObjects, type AsyncBuffer, type FileMetaData } from 'hyparquet'
import * as v from 'valibot'
import { KalamosError } from '../../../shared/errors.ts'
import { PEN_CHANNELS, UNITS, type Signal } from '../../../shared/signal.ts'
import { columnName } from '../channel-columns.ts'
import { parseChannels, parseFields, recordingOf } from '../fields.ts'
import { FileBytes } from '../file-bytes.ts'
import type { Entry, ExchangeRecording } from '../recording.ts'
import { COLUMNS_KEY, FIELD_COLUMNS, LIST_COLUMNS } from './columns.ts'
import { checkPages } from './pages.ts'

/** A group of rows is in memory at once. */
const GROUP_BYTES_MAX = 1 << 30
/** What any table of samples stays below: frames of a recording, and how much smaller packed lists may be. */
const RATIO_MAX = 500

type Row = Record<string, unknown>

/** Reads tables with one row a recording, group by group. Throws `not-found`, `invalid-input` for what is none, `decode-failed` for damage. */
export async function* readParquet(path: string): AsyncGenerator<Entry> {
  const bytes = new FileBytes(path)
  try {
    yield* rowsOf(path, bytes, bufferOver(bytes))
  } finally {
    bytes.close()
  }
}

async function* rowsOf(path: string, bytes: FileBytes, file: AsyncBuffer): AsyncGenerator<Entry> {
  const metadata = await opened(path, file)
  const columns = columnsOf(path, metadata)
  const total = Number(metadata.num_rows)
  let row = 0
  for (const group of metadata.row_groups) {
    const rowEnd = row + Number(group.num_rows)
    const rows = await damagedUnless(path, () => {
      checkPages(bytes, metadata, group)
      return parquetReadObjects({ file, metadata, rowStart: row, rowEnd }) as Promise<Row[]>
    })
    if (rows.length !== rowEnd - row) throw damaged(path)
    for (const each of rows) yield { where: `row ${++row}`, share: row / total, ...recordingAt(each, columns) }
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
  if (head !== 'PAR1') throw new KalamosError('invalid-input', `${path} is no Parquet file.`, 'Choose a file that ends in .parquet.')
  const metadata = await damagedUnless(path, () => parquetMetadataAsync(file))
  for (const { total_byte_size: bytes } of metadata.row_groups) {
    if (bytes > GROUP_BYTES_MAX || (bytes > 1 << 26 && Number(bytes) > RATIO_MAX * file.byteLength)) {
      throw new KalamosError('invalid-input', `${path} has a group of rows of ${bytes} bytes: it would fill the memory.`, 'Write it with smaller groups of rows; a few thousand recordings each are plenty.')
    }
  }
  return metadata
}

/** Which column is which channel: as the file says, or by names such as `acc1_x [g]`, or by those of the field. */
function columnsOf(path: string, metadata: FileMetaData): Map<string, string> {
  const names = metadata.schema.flatMap((element, at) => (metadata.schema[at + 1]?.repetition_type === 'REPEATED' ? [element.name] : []))
  const missing = ['writer', 'rate_hz'].filter((name) => !metadata.schema.some((element) => element.name === name))
  if (missing.length > 0) {
    throw new KalamosError('invalid-input', `${path} has no column ${missing.join(', ')}.`, 'One row must be one recording; docs/formats.md lists the columns.')
  }
  const said = saidColumns(metadata)
  const columns = new Map<string, string>()
  for (const name of names) {
    if (Object.hasOwn(LIST_COLUMNS, name) || Object.hasOwn(FIELD_COLUMNS, name)) continue
    const channel = said.get(name) ?? PEN_CHANNELS.find((each) => each.name === name)
    columns.set(channel === undefined ? name : columnName(channel), name)
  }
  if (columns.size > 0) return columns
  throw new KalamosError('invalid-input', `${path} has no column of lists: one row must be one recording.`, 'Put the samples of every recording into lists, one column a channel; docs/formats.md has an example.')
}

const SaidColumns = v.record(v.string(), v.object({ name: v.string(), unit: v.picklist(UNITS) }))

function saidColumns(metadata: FileMetaData): Map<string, v.InferOutput<typeof SaidColumns>[string]> {
  const text = metadata.key_value_metadata?.find(({ key }) => key === COLUMNS_KEY)?.value ?? '{}'
  try {
    const result = v.safeParse(SaidColumns, JSON.parse(text))
    return new Map(result.success ? Object.entries(result.output) : [])
  } catch {
    return new Map()
  }
}

function recordingAt(row: Row, columns: Map<string, string>): { recording: ExchangeRecording } | { reason: string } {
  const about = Object.fromEntries(Object.keys(FIELD_COLUMNS).flatMap((name) => (row[name] == null ? [] : [[name, plain(row[name])]])))
  const parsed = parseFields(about)
  if ('reason' in parsed) return parsed
  const wanted = typeof row['channels'] === 'string' ? row['channels'].split(', ') : [...columns.keys()].filter((name) => row[columns.get(name)!] != null)
  const parts = wanted.map((name) => /^(.*) \[(.*)\]$/.exec(name) ?? [name, name, 'count'])
  const known = parseChannels(
    parts.map((part) => part[1]!),
    parts.map((part) => part[2]!),
  )
  if ('reason' in known) return known
  const lists = wanted.map((name) => row[columns.get(name) ?? name])
  const signal = signalOf(row, lists, known, parsed.fields.rate_hz)
  return 'reason' in signal ? signal : { recording: recordingOf(parsed.fields, signal.signal) }
}

function signalOf(row: Row, lists: readonly unknown[], { channels, scales }: { channels: Signal['channels']; scales: number[] }, rateHz: number): { signal: Signal } | { reason: string } {
  const frames = lengthOf(lists[0])
  const width = channels.length
  const values = new Float32Array(frames * width)
  for (const [at, list] of lists.entries()) {
    if (lengthOf(list) !== frames) return { reason: `${channels[at]!.name} has ${lengthOf(list)} values where ${channels[0]!.name} has ${frames}` }
    const numbers = list as ArrayLike<unknown>
    for (let frame = 0; frame < frames; frame++) {
      const value = plain(numbers[frame])
      if (typeof value !== 'number') return { reason: `${channels[at]!.name} holds what is no number` }
      values[frame * width + at] = value * scales[at]!
    }
  }
  const times = [row['device_us'], row['host_ms']].map((list) => (list == null ? new Float64Array(frames).fill(NaN) : Float64Array.from(list as ArrayLike<number>, Number)))
  if (times.some(({ length }) => length !== frames)) return { reason: `has ${frames} frames but another number of times` }
  const [at, lost] = [row['gap_at'], row['gap_lost']].map((list) => Array.from((list ?? []) as ArrayLike<unknown>, Number))
  const gaps = at!.map((each, index) => ({ at: each, lost: lost![index] ?? 0 }))
  if (gaps.some(({ at, lost }) => !(at >= 0 && at < frames && lost > 0 && lost <= 0xffffffff))) return { reason: 'has gaps that lie outside of it' }
  return { signal: { channels, rateHz, frames, values, deviceMicros: times[0]!, hostMillis: times[1]!, gaps } }
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) || ArrayBuffer.isView(list) ? (list as ArrayLike<unknown>).length : 0
}

/** Whole numbers of 64 bits and instants as numbers: tables of others use them for rates and times. */
function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value instanceof Date ? value.getTime() : value
}

async function damagedUnless<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof KalamosError ? error : damaged(path, error)
  }
}

function damaged(path: string, cause?: unknown): KalamosError {
  return new KalamosError('decode-failed', `${path} is damaged, or packed in a way that cannot be read${cause instanceof Error ? ` (${cause.message})` : ''}.`, 'Copy the file again, or write it with snappy or without compression.', { cause })
}
