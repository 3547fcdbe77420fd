import type { CsvMapping, TimeUnit } from '../../../shared/api/exchange.ts'
import { KalamosError } from '../../../shared/errors.ts'
import type { Channel } from '../../../shared/signal.ts'
import { median } from '../../statistics/quantile.ts'
import { BreaksOff, CUT } from '../bounded-lines.ts'
import { parseChannels } from '../fields.ts'
import type { Entry, ExchangeRecording } from '../recording.ts'
import { Frames } from '../frames.ts'
import { parseCell } from './cell.ts'
import { fitted, type Row } from './rows.ts'
import { clockMicros, Midnights } from './time-of-day.ts'
import { STEP_MICROS } from './time-unit.ts'

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
  time: { index: number; unit: TimeUnit | undefined } | undefined
  width: number
}

/** Fits a mapping to a heading. Throws `invalid-input` naming the column that is missing, or the rate. */
export function layoutOf(path: string, header: readonly string[], mapping: CsvMapping): Layout {
  const index = (column: string): number => {
    const at = header.indexOf(column)
    if (at === -1)
      throw new KalamosError(
        'invalid-input',
        `${path} has no column ${JSON.stringify(column)}.`,
        `It has ${header.join(', ')}.`,
      )
    return at
  }
  const optional = (column: string | undefined): number | undefined =>
    column === undefined ? undefined : index(column)
  if (mapping.channels.length === 0)
    throw new KalamosError(
      'invalid-input',
      `No column of ${path} is known to be a channel of a pen.`,
      `Say which is which; it has ${header.join(', ')}.`,
    )
  if (mapping.time === undefined && mapping.rateHz === undefined) {
    throw new KalamosError(
      'invalid-input',
      `${path} does not say how many samples a second it has.`,
      'Give the rate, or the column of the time.',
    )
  }
  const known = parseChannels(
    mapping.channels.map(({ name }) => name),
    mapping.channels.map(({ unit }) => unit),
  )
  if ('reason' in known)
    throw new KalamosError(
      'invalid-input',
      `The columns of ${path} do not fit: ${known.reason}.`,
      'Correct the names and units of the channels.',
    )
  const [recording, label, writer] = [optional(mapping.recording), optional(mapping.label), optional(mapping.writer)]
  return {
    mapping,
    columns: mapping.channels.map(({ column }) => index(column)),
    ...known,
    parts: [recording, label, writer].filter((at) => at !== undefined),
    label,
    writer,
    time: mapping.time === undefined ? undefined : { index: index(mapping.time.column), unit: mapping.time.unit },
    width: header.length,
  }
}

/** The rows of one recording while they come. */
interface Open {
  first: Row
  key: string
  frames: Frames
  /** Times that cannot be read count for nothing where the rate is said. */
  untimed: boolean
  /** A clock without a date, which begins anew at midnight. */
  midnights: Midnights
}

/**
 * Reads any table by a mapping of its columns; what is refused is refused recording by recording. Of a table that
 * breaks off, what is whole comes in.
 */
export async function* readMappedTable(layout: Layout, rows: AsyncIterable<Row>): AsyncGenerator<Entry> {
  let open: Open | undefined
  let share = 0
  let cut: string | undefined
  const finish = (): Entry[] =>
    open === undefined ? [] : [{ where: `row ${open.first.number}`, share, ...close(layout, open) }]
  try {
    for await (const given of rows) {
      const row = fitted(given, layout.width)
      if (row.last && row.cells.length < layout.width) {
        cut = `row ${row.number}`
        break
      }
      const key = JSON.stringify(layout.parts.map((at) => row.cells[at] ?? ''))
      if (open?.key !== key) {
        yield* finish()
        open = {
          first: row,
          key,
          frames: new Frames(layout.columns.length),
          untimed: false,
          midnights: new Midnights(),
        }
      }
      addRow(layout, open, row)
      share = row.share
    }
  } catch (error) {
    if (!(error instanceof BreaksOff) || open === undefined) throw error
    cut = ''
  }
  yield* finish()
  if (cut !== undefined) yield { where: cut, share: 1, reason: CUT }
}

function addRow({ mapping, columns, scales, time, width }: Layout, open: Open, row: Row): void {
  const { frames } = open
  if (row.cells.length !== width)
    return frames.refuse(`row ${row.number} has ${row.cells.length} cells, the heading ${width}`)
  const decimal = mapping.decimal ?? '.'
  const values: number[] = []
  for (const [channel, at] of columns.entries()) {
    const cell = row.cells[at]!
    // A sensor that was not read leaves its cell empty.
    const value = cell.trim() === '' ? NaN : parseCell(cell, decimal)
    if (value === undefined)
      return frames.refuse(
        `row ${row.number}: ${JSON.stringify(cell)} in ${mapping.channels[channel]!.column} is no ` +
          `number${whyNot(cell, decimal)}`,
      )
    values.push(value * scales[channel]!)
  }
  const clock = time === undefined ? NaN : microsIn(row.cells[time.index]!, time.unit, decimal)
  const deviceMicros = clock !== undefined && time?.unit === 'clock' ? open.midnights.past(clock) : clock
  if (deviceMicros === undefined) {
    if (mapping.rateHz === undefined)
      return frames.refuse(`row ${row.number}: ${JSON.stringify(row.cells[time!.index])} is no time`)
    open.untimed = true
  }
  frames.add(values, { deviceMicros: deviceMicros ?? NaN, hostMillis: NaN, lost: 0 })
}

function microsIn(cell: string, unit: TimeUnit | undefined, decimal: '.' | ','): number | undefined {
  if (unit === 'clock') return clockMicros(cell.trim())
  const value = parseCell(cell, decimal)
  return value === undefined || unit === undefined ? undefined : value * STEP_MICROS[unit]
}

/** What a cell that is no number seems to be. */
function whyNot(cell: string, decimal: '.' | ','): string {
  if (decimal === '.') return /^[+-]?\d+,\d+$/.test(cell.trim()) ? '; its fraction stands after a comma' : ''
  return /^[+-]?\d+\.\d+$/.test(cell.trim()) ? '; its point parts no thousands' : ''
}

function close(
  layout: Layout,
  { first, frames, untimed }: Open,
): { recording: ExchangeRecording } | { reason: string } {
  const { mapping, label, writer, channels } = layout
  if (frames.fault !== null) return { reason: frames.fault }
  const signal = frames.signal(channels, mapping.rateHz ?? NaN)
  if (untimed) signal.deviceMicros.fill(NaN)
  const change = mapping.rateHz === undefined ? rateChange(signal.deviceMicros) : undefined
  if (change !== undefined) return { reason: change }
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
      session: {
        key: '',
        device: mapping.device ?? 'unknown',
        startedAt: null,
        endedAt: null,
        origin: 'imported',
        profile: null,
      },
      signal,
    },
  }
}

/**
 * Why the times have no one rate; undefined where they have. What else is wrong with times is found out for all formats
 * alike.
 */
function rateChange(micros: Float64Array): string | undefined {
  const steps = micros.slice(1).map((time, at) => time - micros[at]!)
  const half = Math.floor(steps.length / 2)
  const [early, late] = [median(steps.subarray(0, half), 'above'), median(steps.subarray(half), 'above')]
  if (!(early > 0 && late > 0) || Math.max(early, late) <= RATE_CHANGE * Math.min(early, late)) return undefined
  return `changes its rate, from ${round(1e6 / early)} to ${round(1e6 / late)} Hz`
}

function round(rate: number): number {
  return Number(rate.toPrecision(6))
}
