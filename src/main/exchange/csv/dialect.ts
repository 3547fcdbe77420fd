import { CsvError, parse } from 'csv-parse/sync'
import { KalamosError } from '../../../shared/errors.ts'
import type { CsvColumns } from '../../../shared/api/exchange.ts'
import { boundedLines } from '../bounded-lines.ts'

export interface Dialect {
  delimiter: string
  decimal: '.' | ','
}

const DELIMITERS = [';', '\t', ',', '|']
const HEAD_LINES = 20
const EXAMPLES = 3

/** The first lines of a text file. Throws what `boundedLines` throws, and `invalid-input` for what is no text. */
export async function headOf(path: string): Promise<string[]> {
  const lines: string[] = []
  for await (const { text } of boundedLines(path, { lineBytes: 1 << 20, ratio: 200, ratioFromBytes: 1 << 26 })) {
    if (text === null || text.includes('\0')) throw new KalamosError('invalid-input', `${path} is no table of text.`, 'Choose a CSV file.')
    if (text.trim() !== '') lines.push(lines.length === 0 ? text.replace(/^\uFEFF/, '') : text)
    if (lines.length >= HEAD_LINES) break
  }
  if (lines.length < 2) throw new KalamosError('invalid-input', `${path} has ${lines.length === 0 ? 'nothing' : 'only a heading'} in it.`, 'A table needs a heading and rows of numbers.')
  return lines
}

/**
 * What parts the cells, and what stands before the fraction. The delimiter is what the heading has most of; a comma before
 * the fraction shows where cells such as 0,5 stand between other delimiters.
 */
export function dialectOf(lines: readonly string[], said?: string): Dialect {
  const [header = '', ...rows] = lines
  const unquoted = header.replace(/"[^"]*"/g, '')
  const delimiter = said ?? DELIMITERS.map((each) => ({ each, count: unquoted.split(each).length - 1 })).reduce((best, next) => (next.count > best.count ? next : best)).each
  const cells = rows.flatMap((row) => row.split(delimiter))
  const commas = delimiter === ',' ? 0 : cells.filter((cell) => /^\s*"?-?\d+,\d+"?\s*$/.test(cell)).length
  return { delimiter, decimal: commas > 0 ? ',' : '.' }
}

/** Throws `invalid-input` where cells and fractions are parted by the same comma: no reading of such a table is sure. */
export function refuseCommaMess(path: string, lines: readonly string[], { delimiter }: Dialect): void {
  const [header = '', ...rows] = lines
  const width = header.split(delimiter).length
  const wide = rows.find((row) => row.replace(/"[^"]*"/g, '').split(delimiter).length > width)
  if (delimiter !== ',' || wide === undefined) return
  throw new KalamosError(
    'invalid-input',
    `${path}: the heading has ${width} columns, but a row has ${wide.split(delimiter).length} cells: commas seem to stand both between the cells and before the fractions.`,
    'Export it again with points before the fractions, or with semicolons between the cells.',
  )
}

/** Examples of each column, for a person who maps them. */
export function columnsOf(lines: readonly string[], { delimiter }: Dialect): CsvColumns['columns'] {
  const [header = [], ...rows] = lines.map((line) => cellsOf(line, delimiter))
  return header.map((name, at) => ({ name, examples: rows.slice(0, EXAMPLES).map((row) => row[at] ?? '') }))
}

/** The cells of one line; where a quote in it ends on another one, they are parted at every delimiter. */
function cellsOf(line: string, delimiter: string): string[] {
  try {
    return (parse(line, { delimiter, relax_quotes: true, relax_column_count: true, trim: true }) as string[][])[0] ?? []
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return line.split(delimiter).map((cell) => cell.trim())
  }
}
