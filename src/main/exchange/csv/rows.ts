import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import type { SaidEncoding } from '../../../shared/encoding.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { foreignSize, placeProblem } from '../../files/foreign-file.ts'
import { PieceDecoder } from '../../files/text/decode.ts'
import { BreaksOff } from '../bounded-lines.ts'
import { endsTooEarly, textBytes } from '../text-bytes.ts'

export interface Row {
  /** From 1, the first line of the file; rows whose cells hold line breaks count once. */
  number: number
  share: number
  cells: string[]
  /** Behind it nothing comes: where it is short, it was cut. */
  last: boolean
}

/** A row without the empty cells behind the last column: many programs put a separator behind the last cell. */
export function fitted(row: Row, width: number): Row {
  const extra = row.cells.slice(width)
  return extra.length > 0 && extra.every((cell) => cell.trim() === '')
    ? { ...row, cells: row.cells.slice(0, width) }
    : row
}

export interface RowOptions {
  delimiter: string
  /** Lines before the heading. */
  preamble: number
  encoding?: SaidEncoding | undefined
}

/**
 * Rows of a table one by one, with bounded memory, gzipped or not. The heading comes first.
 * Throws `not-found`, `invalid-input`, `not-utf8`, `decode-failed`; a `BreaksOff` after the rows of a packed file that
 * ends too early.
 */
export async function* rowsOf(path: string, { delimiter, preamble, encoding }: RowOptions): AsyncGenerator<Row> {
  const total = foreignSize(path)
  const state = { read: 0, brokenOff: false }
  const text = Readable.from(withoutLines(textOf(path, encoding, state), preamble))
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 1 << 20,
  })
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  let number = preamble
  let waiting: Row | undefined
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      if (waiting !== undefined) yield waiting
      // A blank at the end of a line is a cell of its own where blanks part the cells, and several part them as one
      // does.
      waiting = {
        number: ++number,
        share: Math.min(1, state.read / total),
        cells: delimiter === ' ' ? cells.filter((cell) => cell !== '') : cells,
        last: false,
      }
    }
    if (waiting !== undefined && !state.brokenOff) yield { ...waiting, last: true }
  } catch (error) {
    if (error instanceof KalamosError) throw error
    if (!(error instanceof CsvError)) throw placeProblem(path, error)
    // Rows before the damage that nobody has taken yet are dropped with it: the parser knows how many there were.
    const sound = typeof error['records'] === 'number' ? error['records'] + preamble : number
    if (!state.brokenOff)
      throw new KalamosError(
        'decode-failed',
        `${path} is damaged after row ${sound}: ${error.message}.`,
        'Check the quotes of that row.',
        { cause: error },
      )
  } finally {
    text.destroy()
    parser.destroy()
  }
  if (state.brokenOff)
    throw new BreaksOff('decode-failed', `${path} breaks off in line ${number}.`, 'Copy or download the file again.')
}

/** The text of a table, which must be what it says; a packed file that ends too early ends there. */
async function* textOf(
  path: string,
  encoding: SaidEncoding | undefined,
  state: { read: number; brokenOff: boolean },
): AsyncGenerator<string> {
  const decoder = new PieceDecoder(path, 'utf-8')
  try {
    for await (const { bytes, read } of textBytes(path, { encoding })) {
      state.read = read
      yield decoder.next(bytes)
    }
  } catch (error) {
    if (error instanceof KalamosError) throw error
    if (!endsTooEarly(error))
      throw new KalamosError('decode-failed', `${path} is damaged.`, 'Copy or download the file again.', {
        cause: error,
      })
    state.brokenOff = true
    return
  }
  yield decoder.end()
}

/** A text without its first lines, however they end. */
async function* withoutLines(pieces: AsyncIterable<string>, lines: number): AsyncGenerator<string> {
  let [left, last] = [lines, '']
  for await (const piece of pieces) {
    let from = 0
    for (; left > 0 && from < piece.length; from++) {
      const letter = piece[from]!
      // The return before a line feed has ended the line already.
      if (letter === '\r' || (letter === '\n' && last !== '\r')) left--
      last = letter
      if (left === 0 && letter === '\r' && piece[from + 1] === '\n') from++
    }
    const rest = piece.slice(from)
    if (rest !== '') yield rest
  }
}
