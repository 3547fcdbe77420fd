import type { CsvMapping } from '../../../shared/api/exchange.ts'
import { channelOf } from '../channel-names.ts'
import type { Dialect } from './dialect.ts'

const ROLES = {
  recording: /^(recording|rec|sample[_ ]?id|segment|trial|sequence|seq|id)$/i,
  label: /^(label|text|word|letter|char|character|class|gt|target)$/i,
  writer: /^(writer|writer[_ ]?id|id[_ ]?writer|user|subject|participant|person)$/i,
}
const TIME = /^(time(stamp)?|t|millis|time_?ms|t_?ms|time_?us|t_?us|micros|time_?s|seconds|device_us)\b/i
const SENSORS: [RegExp, string][] = [
  [/^(acc|accel|accelerometer|acceleration|a)1?$/i, 'acc1'],
  [/^(acc|accel|accelerometer|acceleration|a)2$/i, 'acc2'],
  [/^(gyro|gyr|gyroscope|g|w|omega)$/i, 'gyro'],
  [/^(mag|magnetometer|magnetic|m)$/i, 'mag'],
]

/** What the columns most likely are, by their names alone. Channels without a unit are taken for raw counts. */
export function guessMapping(header: readonly string[], dialect: Dialect): CsvMapping {
  const role = (pattern: RegExp): string | undefined => header.find((column) => pattern.test(bare(column)))
  const time = header.find((column) => TIME.test(bare(column)))
  const channels = header.flatMap((column) => {
    const name = channelName(bare(column))
    return name === undefined ? [] : [{ column, name, unit: unitOf(column) ?? 'count' }]
  })
  const [recording, label, writer] = [role(ROLES.recording), role(ROLES.label), role(ROLES.writer)]
  return {
    delimiter: dialect.delimiter as NonNullable<CsvMapping['delimiter']>,
    decimal: dialect.decimal,
    channels: channels.filter(({ name }, at) => channels.findIndex((other) => other.name === name) === at),
    ...(recording === undefined ? {} : { recording }),
    ...(label === undefined ? {} : { label }),
    ...(writer === undefined ? {} : { writer }),
    ...(time === undefined ? {} : { time: { column: time, unit: timeUnit(time) } }),
  }
}

/** A heading without its unit. */
function bare(column: string): string {
  const bracket = column.search(/[[(]/)
  return (bracket === -1 ? column : column.slice(0, bracket)).trim()
}

function unitOf(column: string): string | undefined {
  const from = column.search(/[[(]/) + 1
  const length = from === 0 ? -1 : column.slice(from).search(/[\])]/)
  const unit = length === -1 ? undefined : column.slice(from, from + length).trim()
  return unit !== undefined && channelOf('x', unit) !== undefined ? unit : undefined
}

function channelName(column: string): string | undefined {
  if (/^(tip[_ ]?)?(force|pressure)$/i.test(column)) return 'force'
  const match = /^([a-z]+[12]?)[ _.-]?([xyz])$/i.exec(column)
  const sensor = match === null ? undefined : SENSORS.find(([pattern]) => pattern.test(match[1]!))?.[1]
  return sensor === undefined ? undefined : `${sensor}_${match![2]!.toLowerCase()}`
}

function timeUnit(column: string): 's' | 'ms' | 'us' {
  if (/us|µs|micro/i.test(column)) return 'us'
  return /millis|ms/i.test(column) ? 'ms' : 's'
}
