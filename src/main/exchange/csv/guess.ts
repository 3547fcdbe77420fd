import type { CsvMapping, TimeUnit } from '../../../shared/api/exchange.ts'
import { parseCell } from './cell.ts'
import type { Dialect } from './dialect.ts'
import { guessTimeUnit } from './time-unit.ts'

const ROLES = {
  recording: /^(recording|rec|sample[_ ]?id|segment|trial|sequence|seq|id)$/i,
  label: /^(label|text|word|letter|char|character|class|gt|target)$/i,
  writer: /^(writer|writer[_ ]?id|id[_ ]?writer|user|subject|participant|person)$/i,
}
const TIME =
  /^(time(stamp)?|t|millis|time_?ms|t_?ms|time_?us|t_?us|time_?ns|t_?ns|micros|time_?s|seconds|seconds_elapsed|device_us)\b/i
const SENSORS: [RegExp, string][] = [
  [/^(acc|accel|accelerometer|acceleration|a)1?$/i, 'acc1'],
  [/^(acc|accel|accelerometer|acceleration|a)2$/i, 'acc2'],
  [/^(gyro|gyr|gyroscope|g|w|omega)$/i, 'gyro'],
  [/^(mag|magnetometer|magnetic|m)$/i, 'mag'],
]
/** No heading that means something is longer. */
const LONGEST = 200

/**
 * What the columns most likely are, by their names, and by the first rows where names do not say it. Channels without a
 * unit are taken for raw counts; a unit that is none of a pen's stays as it stands, so that it is asked about.
 */
export function guessMapping(dialect: Dialect): CsvMapping {
  const { header, delimiter, decimal } = dialect
  const named = header.filter((column) => column.length <= LONGEST)
  const role = (pattern: RegExp): string | undefined => named.find((column) => pattern.test(bare(column)))
  const time = named.find((column) => TIME.test(bare(column)))
  const channels = named.flatMap((column) => {
    const name = channelName(bare(column))
    return name === undefined ? [] : [{ column, name, unit: unitOf(column) ?? 'count' }]
  })
  const [recording, label, writer] = [role(ROLES.recording), role(ROLES.label), role(ROLES.writer)]
  const unit = time === undefined ? undefined : unitOfTime(time, dialect)
  return {
    delimiter: delimiter as NonNullable<CsvMapping['delimiter']>,
    decimal,
    channels: channels.filter(({ name }, at) => channels.findIndex((other) => other.name === name) === at),
    ...(recording === undefined ? {} : { recording }),
    ...(label === undefined ? {} : { label }),
    ...(writer === undefined ? {} : { writer }),
    ...(time === undefined ? {} : { time: { column: time, ...(unit === undefined ? {} : { unit }) } }),
  }
}

/** The unit of a column of times by its heading and first cells; undefined where it must be asked for. */
export function unitOfTime(column: string, { header, rows, decimal }: Dialect): TimeUnit | undefined {
  return guessTimeUnit(column, timesIn(rows, header.indexOf(column), decimal))
}

/** The cells of a column of times, as numbers where they are. */
export function timesIn(rows: readonly (readonly string[])[], at: number, decimal: '.' | ','): (number | string)[] {
  return rows.map((row) => parseCell(row[at] ?? '', decimal) ?? row[at] ?? '')
}

/** A heading without its unit. */
function bare(column: string): string {
  const bracket = column.search(/[[(]/)
  return (bracket === -1 ? column : column.slice(0, bracket)).trim()
}

function unitOf(column: string): string | undefined {
  const from = column.search(/[[(]/) + 1
  const length = from === 0 ? -1 : column.slice(from).search(/[\])]/)
  const unit = length === -1 ? '' : column.slice(from, from + length).trim()
  return unit === '' ? undefined : unit
}

function channelName(column: string): string | undefined {
  if (/^(tip[_ ]?)?(force|pressure)$/i.test(column)) return 'force'
  const match = /^([a-z]+[12]?)[ _.-]?([xyz])$/i.exec(column)
  const sensor = match === null ? undefined : SENSORS.find(([pattern]) => pattern.test(match[1]!))?.[1]
  return sensor === undefined ? undefined : `${sensor}_${match![2]!.toLowerCase()}`
}
