import { provenanceFieldsOf } from '../provenance-fields.ts'
import { columnName, columnsFor, positionsOf } from '../channel-columns.ts'
import { float32Text, float64Text } from '../number-text.ts'
import { OutputFile } from '../output-file.ts'
import type { ExchangeRecording, RecordingSink, WriteContext } from '../recording.ts'
import { PROVENANCE_COLUMNS, FRAME_COLUMNS, RECORDING_COLUMNS } from './columns.ts'

/**
 * One row a frame, with what is known of its recording on every row: a table that everything opens. `spreadsheet`:
 * texts that a spreadsheet would take for formulas begin with an apostrophe, and are not exactly those that were
 * recorded.
 */
export async function writeCsv(
  { path, expected }: WriteContext,
  { spreadsheet }: { spreadsheet: boolean },
): Promise<RecordingSink> {
  const cellOf = spreadsheet ? (text: string): string => quoted(inert(text)) : quoted
  const columns = columnsFor(expected.channelLists)
  const file = await OutputFile.create(path)
  await file.text(
    `${[...RECORDING_COLUMNS, ...PROVENANCE_COLUMNS, ...FRAME_COLUMNS, ...columns.map(columnName)].map(cellOf).join(',')}\r\n`,
  )
  let number = 0
  return {
    write: (recording) => file.text(rowsOf(recording, ++number, columns, cellOf)),
    close: () => file.close(),
    abort: () => file.abort(),
  }
}

function rowsOf(
  recording: ExchangeRecording,
  number: number,
  columns: Parameters<typeof positionsOf>[0],
  cellOf: (text: string) => string,
): string {
  const { id, writer, handedness, virtual, reenacted = false, session, label, state, startedAt, signal } = recording
  const about = [
    number,
    id,
    writer,
    handedness,
    virtual,
    reenacted,
    session.key,
    session.device,
    label ?? '',
    state,
    signal.rateHz,
    startedAt === null ? '' : float64Text(startedAt),
  ]
  const provenance = provenanceFieldsOf(recording)
  const head = [...about, ...PROVENANCE_COLUMNS.map((name) => provenance[name] ?? '')]
    .map((cell) => cellOf(String(cell)))
    .join(',')
  const width = signal.channels.length
  const positions = positionsOf(columns, signal.channels)
  const lost = new Map(signal.gaps.map((gap) => [gap.at, gap.lost]))
  let rows = ''
  for (let frame = 0; frame < signal.frames; frame++) {
    const cells = positions.map((at) => (at === -1 ? '' : float32Text(signal.values[frame * width + at]!)))
    rows += `${head},${frame},${lost.get(frame) ?? 0},${time(signal.deviceMicros[frame]!)},${time(signal.hostMillis[frame]!)},${cells.join(',')}\r\n`
  }
  return rows
}

function time(value: number): string {
  return Number.isNaN(value) ? '' : float64Text(value)
}

/** A text as a cell that no spreadsheet calculates. Numbers stay numbers. */
function inert(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) && !/^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(cell) ? `'${cell}` : cell
}

/** RFC 4180: what holds a comma, a quote or a line break stands in quotes; so does what would lose its outer spaces. */
function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
