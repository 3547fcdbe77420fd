import type { Channel } from '../../../shared/signal.ts'
import { partsOfColumn } from '../channel-columns.ts'
import { parseChannels, parseFields, recordingOf } from '../fields.ts'
import { BreaksOff, CUT } from '../bounded-lines.ts'
import type { Entry } from '../recording.ts'
import { PROVENANCE_COLUMNS, FRAME_COLUMNS, RECORDING_COLUMNS } from './columns.ts'
import { Frames } from '../frames.ts'
import { parseCell } from './cell.ts'
import { fitted, type Row } from './rows.ts'

/**
 * Reads a table that Kalamos wrote, also one that a spreadsheet saved again in the manner of its country; what is
 * refused is refused recording by recording. Of a table that breaks off, what is whole comes in.
 */
export async function* readOwnTable(
  header: readonly string[],
  rows: AsyncIterable<Row>,
  decimal: '.' | ',',
): AsyncGenerator<Entry> {
  const at = new Map(header.map((name, index) => [name, index]))
  const cell = (row: Row, name: string): string => row.cells[at.get(name) ?? -1] ?? ''
  const about = new Set<string>([...RECORDING_COLUMNS, ...PROVENANCE_COLUMNS, ...FRAME_COLUMNS])
  const columns = header.flatMap((name, index) => (about.has(name) ? [] : [{ name, index }]))
  let open: { first: Row; key: string; present: typeof columns; frames: Frames } | undefined
  let last: Row | undefined

  const finish = (share: number): Entry[] =>
    open === undefined ? [] : [{ where: `row ${open.first.number}`, share, ...close(open) }]
  const close = ({
    first,
    present,
    frames,
  }: NonNullable<typeof open>): { recording: ReturnType<typeof recordingOf> } | { reason: string } => {
    if (frames.fault !== null) return { reason: frames.fault }
    const channels = channelsOf(present.map(({ name }) => name))
    if ('reason' in channels) return channels
    const number = (name: string): number | null =>
      cell(first, name) === '' ? null : (parseCell(cell(first, name), decimal) ?? NaN)
    const text = Object.fromEntries(
      ['id', 'writer', 'handedness', 'state', 'session', 'device', ...PROVENANCE_COLUMNS].map((name) => [
        name,
        cell(first, name),
      ]),
    )
    const parsed = parseFields({
      ...text,
      label: cell(first, 'label'),
      virtual: truthOf(cell(first, 'virtual')),
      reenacted: truthOf(cell(first, 'reenacted')),
      rate_hz: number('rate_hz'),
      started_at: number('started_at'),
      verdict: cell(first, 'verdict') || null,
      protocol_version: number('protocol_version'),
    })
    return 'reason' in parsed
      ? parsed
      : { recording: recordingOf(parsed.fields, frames.signal(channels.channels, parsed.fields.rate_hz)) }
  }

  let cut: string | undefined
  try {
    for await (const given of rows) {
      const row = fitted(given, header.length)
      if (row.last && row.cells.length < header.length) {
        cut = `row ${row.number}`
        break
      }
      const key = cell(row, 'recording')
      if (open?.key !== key) {
        yield* finish(row.share)
        const present = columns.filter(({ index }) => (row.cells[index] ?? '') !== '')
        open = { first: row, key, present, frames: new Frames(present.length) }
      }
      addRow(open, row, cell, { width: header.length, decimal })
      last = row
    }
  } catch (error) {
    if (!(error instanceof BreaksOff) || open === undefined) throw error
    cut = ''
  }
  yield* finish(last?.share ?? 1)
  if (cut !== undefined) yield { where: cut, share: 1, reason: CUT }
}

/** Spreadsheets write yes and no in the language of their user. */
function truthOf(cell: string): boolean | string {
  const word = cell.toLowerCase()
  if (['true', 'wahr', 'vrai', 'verdadero'].includes(word)) return true
  return ['false', 'falsch', 'faux', 'falso'].includes(word) ? false : cell
}

type Present = { name: string; index: number }[]

function addRow(
  { first, present, frames }: { first: Row; present: Present; frames: Frames },
  row: Row,
  cell: (row: Row, name: string) => string,
  { width, decimal }: { width: number; decimal: '.' | ',' },
): void {
  if (row.cells.length !== width)
    return frames.refuse(`row ${row.number} has ${row.cells.length} cells, the heading ${width}`)
  if (cell(row, 'rate_hz') !== cell(first, 'rate_hz'))
    return frames.refuse(
      `the rate changes from ${cell(first, 'rate_hz')} to ${cell(row, 'rate_hz')} Hz in row ${row.number}`,
    )
  const values: number[] = []
  for (const { name, index } of present) {
    const value = parseCell(row.cells[index]!, decimal)
    if (value === undefined)
      return frames.refuse(`row ${row.number}: ${JSON.stringify(row.cells[index])} in ${name} is no number`)
    values.push(value)
  }
  const times = (['device_us', 'host_ms', 'lost_before'] as const).map((name) =>
    cell(row, name) === '' ? NaN : parseCell(cell(row, name), decimal),
  )
  const [deviceMicros, hostMillis, lost] = times
  if (
    deviceMicros === undefined ||
    hostMillis === undefined ||
    lost === undefined ||
    !Number.isInteger(lost) ||
    lost < 0
  )
    return frames.refuse(`row ${row.number}: its times or lost frames are no numbers`)
  frames.add(values, { deviceMicros, hostMillis, lost })
}

function channelsOf(columns: readonly string[]): { channels: Channel[] } | { reason: string } {
  if (columns.length === 0) return { reason: 'has no values' }
  const parts = columns.map(partsOfColumn)
  const odd = parts.indexOf(null)
  if (odd !== -1) return { reason: `the column ${JSON.stringify(columns[odd])} names no unit` }
  return parseChannels(
    parts.map((part) => part!.name),
    parts.map((part) => part!.unit),
  )
}
