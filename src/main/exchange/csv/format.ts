import type { CsvColumns, CsvMapping } from '../../../shared/api/exchange.ts'
import type { SaidEncoding } from '../../../shared/encoding.ts'
import { KalamosError } from '../../../shared/errors.ts'
import type { FormatCodec } from '../format-codec.ts'
import type { ReadOptions } from '../format-codec.ts'
import { hasEnding } from '../places.ts'
import type { Entry } from '../recording.ts'
import { isOwn } from './columns.ts'
import { columnsOf, dialectOf, headOf, namesOf, refuseCommaMess, type Dialect } from './dialect.ts'
import { guessMapping, timesIn, unitOfTime } from './guess.ts'
import { layoutOf, readMappedTable } from './read-mapped.ts'
import { readOwnTable } from './read-own.ts'
import { rowsOf } from './rows.ts'
import { ratesByUnit } from './time-unit.ts'
import { writeCsv } from './write.ts'

/** Tables of text with one row a frame: those of Kalamos, and others by a mapping of their columns. */
export const csv: FormatCodec = {
  about: {
    name: 'csv',
    title: 'CSV',
    about: 'A table of text with one row a frame. Tables of others need a mapping of their columns.',
    place: 'file',
    endings: ['.csv', '.tsv', '.txt'],
    imports: true,
    exports: true,
    loses: [
      'profile, beginning and end of sessions, notes on them and what was agreed to (they are in the data sheet ' +
        'beside)',
      'the order of channels, where recordings of different pens are mixed',
    ],
  },
  read: readTable,
  write: (context, options) => writeCsv(context, options),
  looksLike: async (path) => hasEnding(path.replace(/\.gz$/i, ''), csv.about.endings),
}

/** More is no table of a pen. */
const COLUMNS_MAX = 1000

/**
 * The columns of a table with a guess of what they are; what somebody says of its delimiter counts. Throws `not-found`,
 * `not-utf8`, or `invalid-input` for what is no table.
 */
export async function describeTable(
  path: string,
  { csv: said, encoding }: Pick<ReadOptions, 'csv' | 'encoding'> = {},
): Promise<CsvColumns> {
  const { dialect, own } = await beginningOf(path, said, encoding)
  return {
    delimiter: dialect.delimiter,
    decimal: dialect.decimal,
    columns: columnsOf(dialect),
    mapping: guessMapping(dialect),
    own,
  }
}

async function* readTable(path: string, options: ReadOptions): AsyncGenerator<Entry> {
  const { dialect, own } = await beginningOf(path, options.csv, options.encoding)
  const rows = rowsOf(path, { ...dialect, encoding: options.encoding })
  const first = await rows.next()
  if (first.done === true) return
  const header = namesOf(first.value.cells)
  if (own) return yield* readOwnTable(header, rows, dialect.decimal)
  if (dialect.decimal === ',' && options.csv?.decimal !== ',') {
    throw new KalamosError(
      'invalid-input',
      `${path} has commas before its fractions, such as 0,5.`,
      'Say so in the mapping of the columns (--decimal ,), or export it again with points.',
    )
  }
  const mapping = mappingOf(dialect, options.csv)
  refuseDoubtfulTime(path, mapping, dialect)
  yield* readMappedTable(layoutOf(path, header, mapping), rows)
}

async function beginningOf(
  path: string,
  said: CsvMapping | undefined,
  encoding: SaidEncoding | undefined,
): Promise<{ dialect: Dialect; own: boolean }> {
  const dialect = dialectOf(await headOf(path, encoding), said?.delimiter)
  const columns = dialect.header.length
  if (columns > COLUMNS_MAX)
    throw new KalamosError(
      'invalid-input',
      `${path} has ${columns} columns; at most ${COLUMNS_MAX} are read.`,
      'Leave out those that are of no pen.',
    )
  refuseCommaMess(path, dialect)
  if (dialect.header.length > COLUMNS_MAX)
    throw new KalamosError(
      'invalid-input',
      `${path} has ${dialect.header.length} columns; at most ${COLUMNS_MAX} are read.`,
      'Leave out those that are of no pen.',
    )
  return { dialect, own: isOwn(dialect.header) }
}

/** What a person says counts; the rest is guessed unless they say that this is all. */
function mappingOf(dialect: Dialect, said: CsvMapping | undefined): CsvMapping {
  if (said?.guess === false) return said
  const guessed = guessMapping(dialect)
  const time = said?.time ?? guessed.time
  // Who names the column of the time alone leaves its unit to be found.
  const unit = time === undefined ? undefined : (time.unit ?? unitOfTime(time.column, dialect))
  return {
    ...guessed,
    ...said,
    ...(time === undefined ? {} : { time: { column: time.column, ...(unit === undefined ? {} : { unit }) } }),
    channels: said !== undefined && said.channels.length > 0 ? said.channels : guessed.channels,
  }
}

/**
 * Throws `invalid-input` where the unit of the time is not known: any guess would be a rate that nobody measured. A
 * rate that is said makes it needless.
 */
function refuseDoubtfulTime(path: string, { time, rateHz, decimal }: CsvMapping, { header, rows }: Dialect): void {
  if (time === undefined || time.unit !== undefined || rateHz !== undefined) return
  const rates = ratesByUnit(timesIn(rows, header.indexOf(time.column), decimal ?? '.'))
  throw new KalamosError(
    'invalid-input',
    `${path} does not say for sure what one step of the time in ${time.column} ` +
      `is${rates === undefined ? '' : `: it would be ${rates}`}.`,
    'Say the unit of the time in the mapping of the columns (--time-unit), or the rate.',
  )
}
