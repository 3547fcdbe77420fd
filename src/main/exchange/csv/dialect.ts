import { CsvError, parse } from 'csv-parse/sync'
import type { SaidEncoding } from '../../../shared/encoding.ts'
import { KalamosError } from '../../../shared/errors.ts'
import type { CsvColumns } from '../../../shared/api/exchange.ts'
import { boundedLines } from '../bounded-lines.ts'

/** How a table is written, with its beginning. */
export interface Dialect {
  delimiter: string
  decimal: '.' | ','
  /** Lines before the heading: what a logger says of itself, or a spreadsheet of its separator. */
  preamble: number
  /** Names of the columns, each once. */
  header: string[]
  /** The first rows, as they are. */
  rows: string[][]
}

const DELIMITERS = [';', '\t', ',', '|', ' ']
const HEAD_LINES = 60
const HEAD_LETTERS = 1 << 18
/** Of very long lines, a heading and two rows are looked at. */
const HEAD_WRITTEN = 3
const EXAMPLES = 3

/** The first lines of a text file. Throws what `boundedLines` throws, and `invalid-input` for what is no text. */
export async function headOf(path: string, encoding?: SaidEncoding): Promise<string[]> {
  const lines: string[] = []
  let [letters, written] = [0, 0]
  for await (const { text } of boundedLines(
    path,
    { lineBytes: 1 << 20, ratio: 200, ratioFromBytes: 1 << 26 },
    encoding,
  )) {
    if (text === null || text.includes('\0'))
      throw new KalamosError('invalid-input', `${path} is no table of text.`, 'Choose a CSV file.')
    lines.push(text)
    letters += text.length
    if (text.trim() !== '') written++
    if (lines.length >= HEAD_LINES || (letters >= HEAD_LETTERS && written >= HEAD_WRITTEN)) break
  }
  if (written < 2)
    throw new KalamosError(
      'invalid-input',
      `${path} has ${written === 0 ? 'nothing' : 'only a heading'} in it.`,
      'A table needs a heading and rows of numbers.',
    )
  return lines
}

/**
 * What parts the cells, where the heading is, and what stands before the fraction. The delimiter is the one that makes
 * the most columns of heading and rows alike, unless it is said, by a person or by a line such as `sep=;`. The heading
 * is the row before the first numbers. A comma before the fraction shows where cells such as 0,5 stand between other
 * delimiters.
 */
export function dialectOf(lines: readonly string[], said?: string): Dialect {
  const declared = /^"?sep=(.)"?\s*$/i.exec(lines[0] ?? '')?.[1]
  const sure = said ?? declared
  const layouts = (sure === undefined ? DELIMITERS : [sure]).map((delimiter) =>
    layoutWith(lines, delimiter, declared === undefined ? 0 : 1),
  )
  const best = layouts.reduce((most, next) => (next.width > most.width ? next : most))
  return { ...best, decimal: decimalOf(best) }
}

function layoutWith(
  lines: readonly string[],
  delimiter: string,
  skip: number,
): Omit<Dialect, 'decimal'> & { width: number } {
  const records = recordsOf(lines.slice(skip).join('\n'), delimiter)
  const widths = records.map(({ cells }) => widthOf(cells))
  const numeric = records.map(({ cells }) => cells.some(isFigure))
  const usual = mostCommon(widths.filter((_, at) => numeric[at])) ?? mostCommon(widths)
  const firstRow = records.findIndex((_, at) => numeric[at] === true && widths[at] === usual)
  const heading = Math.max(0, firstRow - 1)
  const before = records[heading - 1]?.lines ?? 0
  const cells = records[heading]?.cells ?? []
  return {
    delimiter,
    preamble: skip + before,
    header: namesOf(cells),
    rows: records.slice(heading + 1).map((record) => record.cells),
    width: Math.min(widthOf(cells), usual ?? Infinity),
  }
}

/** Rows of the beginning, with the line that each ends in; what breaks off in quotes is left out. */
function recordsOf(text: string, delimiter: string): { cells: string[]; lines: number }[] {
  const records: { cells: string[]; lines: number }[] = []
  try {
    parse(text, {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      on_record: (cells: string[], { lines }) => {
        records.push({ cells: delimiter === ' ' ? cells.filter((cell) => cell !== '') : cells, lines })
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
  }
  if (records.length > 0) return records
  return text
    .split('\n')
    .map((line, at) => ({ cells: line.split(delimiter).map((cell) => cell.trim()), lines: at + 1 }))
}

/** Cells without the empty ones at the end: many programs put a separator behind the last cell. */
function widthOf(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== '') + 1
}

/** Numbers, times of day and dates alike. */
function isFigure(cell: string): boolean {
  return /^[+\-.,]?\d[\d.,:+\-/eETZ '’]*$/.test(cell.trim())
}

function mostCommon(widths: readonly number[]): number | undefined {
  const counts = Map.groupBy(widths, (width) => width)
  return [...counts].reduce<{ width?: number; count: number }>(
    (most, [width, { length }]) => (length > most.count ? { width, count: length } : most),
    { count: 0 },
  ).width
}

/** The names of the columns: a mark of a remark before the first is no part of it, and none comes twice. */
export function namesOf(heading: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return heading.slice(0, widthOf(heading)).map((cell, at) => {
    const name = (at === 0 ? cell.trim().replace(/^[#%]+/, '') : cell).trim() || `column ${at + 1}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
}

function decimalOf({ delimiter, rows }: Pick<Dialect, 'delimiter' | 'rows'>): '.' | ',' {
  if (delimiter === ',') return '.'
  const cells = rows.flat()
  if (cells.some((cell) => /^[+-]?\d{1,3}(?:,\d{3})+\.\d+$/.test(cell))) return '.'
  return cells.some((cell) => /^[+-]?[\d.]*\d,\d+(?:e[+-]?\d+)?$/i.test(cell)) ? ',' : '.'
}

/**
 * Throws `invalid-input` where cells and fractions are parted by the same comma: no reading of such a table is sure.
 */
export function refuseCommaMess(path: string, { delimiter, header, rows }: Dialect): void {
  const wide = rows.find((row) => widthOf(row) > header.length)
  if (delimiter !== ',' || wide === undefined) return
  throw new KalamosError(
    'invalid-input',
    `${path}: the heading has ${header.length} columns, but a row has ${widthOf(wide)} cells: commas seem to ` +
      'stand both between the cells and before the fractions.',
    'Export it again with points before the fractions, or with semicolons between the cells.',
  )
}

/** Examples of each column, for a person who maps them. */
export function columnsOf({ header, rows }: Dialect): CsvColumns['columns'] {
  return header.map((name, at) => ({ name, examples: rows.slice(0, EXAMPLES).map((row) => row[at] ?? '') }))
}
