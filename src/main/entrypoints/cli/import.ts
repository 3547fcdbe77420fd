import { resolve } from 'node:path'
import { Argument, Option, type Command } from 'commander'
import {
  FORMAT_NAMES,
  TIME_UNITS,
  type CsvMapping,
  type FormatName,
  type ImportPreview,
  type TimeUnit,
} from '../../../shared/api/exchange.ts'
import type { SaidEncoding } from '../../../shared/encoding.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { cancelOn } from './exchange.ts'
import { print, table, type CommonOptions } from './terminal.ts'
import { decimal, encodingOption, verb, type Tools } from './verb.ts'

interface Options extends CommonOptions {
  preview?: boolean
  strict?: boolean
  prefix?: string
  sameWriters?: boolean
  report?: string
  encoding?: SaidEncoding
  allStreams?: boolean
  decimal?: '.' | ','
  delimiter?: NonNullable<CsvMapping['delimiter']>
  channel?: CsvMapping['channels']
  label?: string
  writer?: string
  recording?: string
  time?: string
  timeUnit?: TimeUnit
  rate?: number
  device?: string
  writerName?: string
}

/** `import`: recordings from files of any format. */
export function importVerb({ terminal, withApp }: Tools): Command {
  const command = verb(
    'import',
    'Import recordings from a file or folder; those that are already here are not imported twice.',
    [
      'import ndjson recordings.ndjson.gz',
      'import digipen sessions --preview',
      'import csv table.csv --channel "ax=acc1_x [g]" --channel "ay=acc1_y [g]" --label word --writer person ' +
        '--rate 100',
    ],
  )
    .addArgument(new Argument('<format>', 'of the file or folder').choices(FORMAT_NAMES))
    .argument('<path>', 'the file or folder')
    .option('--preview', 'show what would be imported, and change nothing')
    .option('--strict', 'import nothing if anything would be left out')
    .option('--prefix <text>', "put before every writer's name, to distinguish them from writers of that name")
    .option('--same-writers', 'writers whose name is already here are the same people')
    .option('--report <file>', 'write everything that was left out, and why, into a new text file')
    .addOption(encodingOption())
    .optionsGroup('For xdf:')
    .option('--all-streams', 'also import streams whose channels are not named after a sensor of a pen')
    .optionsGroup('For csv:')
    .option('--channel <column=name [unit]>', 'the channel in a column; give it once for each', channel)
    .option('--recording <column>', 'a new recording begins where this column changes')
    .option('--label <column>', 'the column of what was written')
    .option('--writer <column>', 'the column of who wrote')
    .option('--writer-name <name>', 'who wrote, where no column says it')
    .option('--time <column>', "the column of the pen's clock")
    .addOption(new Option('--time-unit <unit>', 'the unit of that clock').choices(TIME_UNITS))
    .option('--rate <number>', 'samples a second', decimal(0.1, 100_000))
    .option('--device <name>', 'which pen it was')
    .addOption(new Option('--delimiter <character>', 'what separates the cells').choices([',', ';', '|', '\t', ' ']))
    .addOption(new Option('--decimal <character>', 'the decimal separator').choices(['.', ',']))
  return command.action((format: FormatName, path: string, options: Options) =>
    withApp(options, async ({ api }) => {
      const { encoding, allStreams } = options
      const source = {
        format,
        path: resolve(path),
        ...(encoding === undefined ? {} : { encoding }),
        ...csvOf(format, options),
        ...(allStreams === true ? { allStreams } : {}),
      }
      const prefix = options.prefix === undefined ? {} : { writerPrefix: options.prefix }
      if (options.preview === true) {
        const preview = await cancelOn(
          api,
          terminal,
          () => api.request('exchange.preview', { ...source, ...prefix }),
          'exchange.cancelPreview',
        )
        return print(terminal, options, preview, previewText(preview))
      }
      const result = await cancelOn(api, terminal, () =>
        api.request('exchange.import', {
          ...source,
          ...prefix,
          ...(options.sameWriters === true ? { sameWriters: true } : {}),
          ...(options.strict === true ? { strict: true } : {}),
        }),
      )
      for (const { where, reason } of result.refused)
        terminal.err(`${where === '' ? '' : `${where} was left out: `}${reason}\n`)
      for (const { where, note } of result.notes ?? []) terminal.err(`${where}: ${note}\n`)
      if (options.report !== undefined) await api.request('exchange.report', { path: resolve(options.report) })
      print(
        terminal,
        options,
        result,
        `${result.imported} imported, ${result.duplicates} already here, ${result.refusedCount} left out.`,
      )
    }),
  )
}

/** Reads `column=name [unit]`, of which the unit may be missing: then it is raw counts. */
function channel(text: string, before: CsvMapping['channels'] = []): CsvMapping['channels'] {
  const match = /^(.+)=([^=[\]]+?)\s*(?:\[([^\]]+)\])?$/.exec(text)
  if (match === null)
    throw new KalamosError(
      'invalid-input',
      `${JSON.stringify(text)} does not say which column is which channel.`,
      'Write it like ax=acc1_x [g].',
    )
  return [...before, { column: match[1]!.trim(), name: match[2]!.trim(), unit: match[3] ?? 'count' }]
}

/** What was said of the columns; nothing where nothing was said, so that they are guessed. */
function csvOf(format: FormatName, options: Options): { csv?: CsvMapping } {
  const {
    channel = [],
    recording,
    label,
    writer,
    writerName,
    time,
    timeUnit,
    rate,
    device,
    delimiter,
    decimal: point,
  } = options
  const said = {
    ...(recording === undefined ? {} : { recording }),
    ...(label === undefined ? {} : { label }),
    ...(writer === undefined ? {} : { writer }),
    ...(writerName === undefined ? {} : { writerName }),
    ...(time === undefined ? {} : { time: { column: time, ...(timeUnit === undefined ? {} : { unit: timeUnit }) } }),
    ...(rate === undefined ? {} : { rateHz: rate }),
    ...(device === undefined ? {} : { device }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(point === undefined ? {} : { decimal: point }),
  }
  if (Object.keys(said).length + channel.length === 0) return {}
  if (format !== 'csv')
    throw new KalamosError(
      'invalid-input',
      `Columns can be named for csv only, not for ${format}.`,
      'Leave these options out.',
    )
  return { csv: { channels: channel, ...said } }
}

function previewText({ recordings, refused, notes = [], seen, share, csv }: ImportPreview): string {
  const columns =
    csv === null || csv.own
      ? []
      : [
          `Columns: ${csv.columns.map(({ name }) => name).join(', ')}`,
          'Read as: ' +
            `${csv.mapping.channels.map(({ column, name, unit }) => `${column} = ${name} [${unit}]`).join(', ') || 'none'}`,
          ...timeText(csv.mapping.time),
          '',
        ]
  const rows = recordings.map(({ writer, virtual, reenacted, label, device, frames, lostFrames, rateHz, channels }) => [
    `${writer}${reenacted === true ? ' (re-enacted)' : virtual ? ' (virtual)' : ''}`,
    label ?? '',
    device,
    `${frames}${lostFrames > 0 ? ` (${lostFrames} lost)` : ''}`,
    String(rateHz),
    String(channels.length),
  ])
  const left = refused.map(({ where, reason }) => `${where === '' ? '' : `${where} would be left out: `}${reason}`)
  const told = notes.map(({ where, note }) => `${where}: ${note}`)
  const namesakes = seen.writers.filter(({ here, known }) => here !== null && known === 0)
  const asked =
    namesakes.length === 0
      ? []
      : [
          `Writers called ${namesakes.map(({ name }) => name).join(', ')} are here already. To import, say that ` +
            `they are the same people (--same-writers) or not (--prefix ${JSON.stringify(seen.freePrefix)}).`,
        ]
  const looked =
    `${seen.recordings} recordings of ${seen.writers.length} writers, ${seen.labels} labels, ${seen.known} ` +
    `already here, ${seen.refused} would be left out` +
    (share < 1 ? ` (of the first ${Math.round(share * 100)} %)` : '') +
    '.'
  return [
    ...columns,
    table(['writer', 'label', 'device', 'frames', 'Hz', 'channels'], rows),
    ...left,
    ...told,
    looked,
    ...asked,
  ].join('\n')
}

function timeText(time: CsvMapping['time']): string[] {
  if (time === undefined) return []
  return [
    `Time: ${time.column}, ` +
      (time.unit === undefined ? 'of unknown unit' : time.unit === 'clock' ? 'a time of day' : `in ${time.unit}`),
  ]
}
