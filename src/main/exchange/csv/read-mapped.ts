import type { CsvMapping } from '../../../shared/api/exchange.ts'
import { KalamosError } from '../../../shared/errors.ts'
import type { Channel } from '../../../shared/signal.ts'
import { parseChannels } from '../fields.ts'
import { parseNumber } from '../number-text.ts'
import type { Entry, ExchangeRecording } from '../recording.ts'
import { Frames } from '../frames.ts'
import type { Row } from './rows.ts'

const MICROS = { s: 1e6, ms: 1e3, us: 1 } as const
/** Half a recording this much faster than the other has no one rate. */
const RATE_CHANGE = 1.2

interface Layout {
  mapping: CsvMapping
  columns: number[]
  channels: Channel[]
  scales: number[]
  /** Columns whose change begins a new recording. */
  parts: number[]
  label: number | undefined
  writer: number | undefined
  time: { index: number; micros: number } | undefined
  width: number
}

/** Fits a mapping to a heading. Throws `invalid-input` naming the column that is missing, or the rate. */
export function layoutOf(path: string, header: readonly string[], mapping: CsvMapping): Layout {
  const index = (column: string): number => {
    const at = header.indexOf(column)
    if (at === -1) throw new KalamosError('invalid-input', `${path} has no column ${JSON.stringify(column)}.`, `It has ${header.join(', ')}.`)
    return at
  }
  const optional = (column: string | undefined): number | undefined => (column === undefined ? undefined : index(column))
  if (mapping.channels.length === 0) throw new KalamosError('invalid-input', `No column of ${path} is known to be a channel of a pen.`, `Say which is which; it has ${header.join(', ')}.`)
  if (mapping.time === undefined && mapping.rateHz === undefined) {
    throw new KalamosError('invalid-input', `${path} does not say how many samples a second it has.`, 'Give the rate, or the column of the time.')
  }
  const known = parseChannels(
    mapping.channels.map(({ name }) => name),
    mapping.channels.map(({ unit }) => unit),
  )
  if ('reason' in known) throw new KalamosError('invalid-input', `The columns of ${path} do not fit: ${known.reason}.`, 'Correct the names and units of the channels.')
  const [recording, label, writer] = [optional(mapping.recording), optional(mapping.label), optional(mapping.writer)]
  return {
    mapping,
    columns: mapping.channels.map(({ column }) => index(column)),
    ...known,
    parts: [recording, label, writer].filter((at) => at !== undefined),
    label,
    writer,
    time: mapping.time === undefined ? undefined : { index: index(mapping.time.column), micros: MICROS[mapping.time.unit] },
    width: header.length,
  }
}

/** Reads any table by a mapping of its columns; what is refused is refused recording by recording. */
export async function* readMappedTable(layout: Layout, rows: AsyncIterable<Row>): AsyncGenerator<Entry> {
  let open: { first: Row; key: string; frames: Frames } | undefined
  let share = 0
  const finish = (): Entry[] => (open === undefined ? [] : [{ where: `row ${open.first.number}`, share, ...close(layout, open.first, open.frames) }])
  for await (const row of rows) {
    const key = JSON.stringify(layout.parts.map((at) => row.cells[at] ?? ''))
    if (open?.key !== key) {
      yield* finish()
      open = { first: row, key, frames: new Frames(layout.columns.length) }
    }
    addRow(layout, open.frames, row)
    share = row.share
  }
  yield* finish()
}

function addRow({ mapping, columns, scales, time, width }: Layout, frames: Frames, row: Row): void {
  if (row.cells.length !== width) return frames.refuse(`row ${row.number} has ${row.cells.length} cells, the heading ${width}`)
  const number = (at: number): number | undefined => {
    const cell = row.cells[at]!.trim()
    return parseNumber(mapping.decimal === ',' ? cell.replace(',', '.') : cell)
  }
  const values: number[] = []
  for (const [channel, at] of columns.entries()) {
    const value = number(at)
    if (value === undefined) {
      const comma = mapping.decimal !== ',' && /^-?\d+,\d+$/.test(row.cells[at]!.trim()) ? '; its fraction stands after a comma' : ''
      return frames.refuse(`row ${row.number}: ${JSON.stringify(row.cells[at])} in ${mapping.channels[channel]!.column} is no number${comma}`)
    }
    values.push(value * scales[channel]!)
  }
  const clock = time === undefined ? NaN : number(time.index)
  if (clock === undefined) return frames.refuse(`row ${row.number}: ${JSON.stringify(row.cells[time!.index])} is no time`)
  frames.add(values, { deviceMicros: time === undefined ? NaN : clock * time.micros, hostMillis: NaN, lost: 0 })
}

function close(layout: Layout, first: Row, frames: Frames): { recording: ExchangeRecording } | { reason: string } {
  const { mapping, label, writer, channels } = layout
  if (frames.fault !== null) return { reason: frames.fault }
  const rate = mapping.rateHz ?? rateOf(frames.times())
  if (typeof rate === 'string') return { reason: rate }
  const cell = (at: number | undefined): string => (at === undefined ? '' : first.cells[at]!.trim())
  const name = cell(writer) || (mapping.writerName ?? '')
  if (name === '') return { reason: 'has no writer; name the column of the writer, or a name for all' }
  return {
    recording: {
      id: '',
      writer: name,
      handedness: 'unknown',
      virtual: false,
      label: cell(label) || mapping.labelText || null,
      state: 'finished',
      startedAt: null,
      session: { key: '', device: mapping.device ?? 'unknown', startedAt: null, endedAt: null, origin: 'imported', profile: null },
      signal: frames.signal(channels, rate),
    },
  }
}

/** Samples a second by the pen's clock, or why there is no such number. */
function rateOf(micros: Float64Array): number | string {
  const steps = micros.slice(1).map((time, at) => time - micros[at]!)
  if (steps.length < 2) return 'is too short to tell its rate from its times'
  const half = Math.floor(steps.length / 2)
  const [whole, early, late] = [median(steps), median(steps.subarray(0, half)), median(steps.subarray(half))]
  if (!(whole > 0 && early > 0 && late > 0)) return 'has times that do not rise'
  if (Math.max(early, late) > RATE_CHANGE * Math.min(early, late)) return `changes its rate, from ${round(1e6 / early)} to ${round(1e6 / late)} Hz`
  return round(1e6 / whole)
}

function median(values: Float64Array): number {
  return values.slice().sort()[Math.floor(values.length / 2)]!
}

function round(rate: number): number {
  return Number(rate.toPrecision(6))
}
