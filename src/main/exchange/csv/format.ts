import type { CsvColumns, CsvMapping } from '../../../shared/api/exchange.ts'
import { KalamosError } from '../../../shared/errors.ts'
import type { FormatCodec, ReadOptions } from '../formats.ts'
import { hasEnding } from '../places.ts'
import type { Entry } from '../recording.ts'
import { isOwn } from './columns.ts'
import { columnsOf, dialectOf, headOf, refuseCommaMess } from './dialect.ts'
import { guessMapping } from './guess.ts'
import { layoutOf, readMappedTable } from './read-mapped.ts'
import { readOwnTable } from './read-own.ts'
import { rowsOf } from './rows.ts'
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
    loses: ['profile, beginning and end of sessions, notes on them and what was agreed to (they are in the data sheet beside)', 'the order of channels, where recordings of different pens are mixed'],
  },
  read: readTable,
  write: (context, options) => writeCsv(context, options),
  looksLike: async (path) => hasEnding(path, csv.about.endings),
}

/** The columns of a table with a guess of what they are; what somebody says of its delimiter counts. Throws `not-found`, or `invalid-input` for what is no table. */
export async function describeTable(path: string, said?: CsvMapping): Promise<CsvColumns> {
  const lines = await headOf(path)
  const dialect = dialectOf(lines, said?.delimiter)
  refuseCommaMess(path, lines, dialect)
  const columns = columnsOf(lines, dialect)
  const header = columns.map(({ name }) => name)
  return { delimiter: dialect.delimiter, decimal: dialect.decimal, columns, mapping: guessMapping(header, dialect), own: isOwn(header) }
}

async function* readTable(path: string, options: ReadOptions): AsyncGenerator<Entry> {
  const table = await describeTable(path, options.csv)
  const rows = rowsOf(path, table.delimiter, options.signal)
  const first = await rows.next()
  if (first.done === true) return
  const header = first.value.cells.map((cell) => cell.trim())
  if (isOwn(header)) return yield* readOwnTable(header, rows)
  if (table.decimal === ',' && options.csv?.decimal !== ',') {
    throw new KalamosError('invalid-input', `${path} has commas before its fractions, such as 0,5.`, 'Say so in the mapping of the columns (--decimal ,), or export it again with points.')
  }
  yield* readMappedTable(layoutOf(path, header, mappingOf(table.mapping, options.csv)), rows)
}

/** What a person says counts; the rest is guessed unless they say that this is all. */
function mappingOf(guessed: CsvMapping, said: CsvMapping | undefined): CsvMapping {
  if (said?.guess === false) return said
  return { ...guessed, ...said, channels: said !== undefined && said.channels.length > 0 ? said.channels : guessed.channels }
}
