import type { SaidEncoding } from '../../../shared/encoding.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { foreignSize } from '../../files/foreign-file.ts'
import { boundedLines } from '../bounded-lines.ts'
import type { Entry } from '../recording.ts'
import { HEADER, LABELS, LABELS_HEADER } from './folder.ts'

/** The counter has 16 bits. */
const COUNTER_END = 0x10000

export interface LabelRow {
  /** Of `labels.csv`, from 1, without the heading. */
  row: number
  label: string
  start: number
  stop: number
}

/**
 * The rows of `labels.csv`, and those that are none. Throws `invalid-input` for a table of another kind, and what
 * `boundedLines` throws.
 */
export async function readLabels(
  path: string,
  encoding: SaidEncoding | undefined,
): Promise<{ labels: LabelRow[]; refused: Entry[] }> {
  const labels: LabelRow[] = []
  const refused: Entry[] = []
  for await (const { line, text } of boundedLines(path, undefined, encoding)) {
    const cells = cellsOf(text ?? '')
    if (line === 1) {
      if (cells.map((cell) => cell.trim().toLowerCase()).join(';') !== LABELS_HEADER.join(';').toLowerCase())
        throw wrongHeading(path, LABELS_HEADER, text)
      continue
    }
    if (text === null || text.trim() === '') continue
    const [label, start, stop] = [cells[0]!, Number(cells[1]), Number(cells[2])]
    if (cells.length !== 3 || !(start < stop) || cells[1]!.trim() === '')
      refused.push({ where: `${LABELS} row ${line - 1}`, share: 0, reason: 'needs a label, a start and a later stop' })
    else labels.push({ row: line - 1, label, start, stop })
  }
  return { labels, refused }
}

export interface FrameLine {
  line: number
  cells: number
  millis: number
  /** Of the thirteen channels, or why there are none. */
  counts: number[] | string
  time: number
  read: number
}

/** The frames of a session, one a line. A last line that is cut is none of them: it is only told. */
export async function* readFrames(path: string): AsyncGenerator<FrameLine | { cut: number }> {
  const total = foreignSize(path)
  let waiting: FrameLine | undefined
  for await (const { line, text, read } of boundedLines(path, {
    lineBytes: 1 << 16,
    ratio: 200,
    ratioFromBytes: 1 << 26,
  })) {
    const cells = cellsOf(text ?? '')
    if (line === 1) {
      if (cells.map((cell) => cell.trim().toLowerCase()).join(';') !== HEADER.join(';').toLowerCase())
        throw wrongHeading(path, HEADER, text)
      continue
    }
    if (text?.trim() === '') continue
    const numbers = cells.map(Number)
    if (/\d,\d/.test(text ?? ''))
      throw new KalamosError(
        'invalid-input',
        `${path} has commas before its fractions, in line ${line}.`,
        'Export it again with points; a DigiPen writes whole numbers.',
      )
    if (waiting !== undefined && Number.isFinite(waiting.millis)) yield waiting
    const whole =
      numbers.length === HEADER.length && cells.every((cell, at) => cell.trim() !== '' && Number.isFinite(numbers[at]))
    const counts = whole ? numbers.slice(1, -1) : `does not hold ${HEADER.length} numbers`
    waiting = {
      line,
      cells: cells.length,
      millis: numbers[0]!,
      counts,
      time: numbers.at(-1)!,
      read: Math.min(1, read / total),
    }
  }
  if (waiting === undefined) return
  if (waiting.cells < HEADER.length) yield { cut: waiting.line }
  else if (Number.isFinite(waiting.millis)) yield waiting
}

/** The cells of a line; a semicolon behind the last one begins no other. */
function cellsOf(line: string): string[] {
  const cells = line.split(';')
  return cells.length > 1 && cells.at(-1)!.trim() === '' ? cells.slice(0, -1) : cells
}

function wrongHeading(path: string, expected: readonly string[], found: string | null): KalamosError {
  return new KalamosError(
    'invalid-input',
    `${path} begins with ${JSON.stringify((found ?? '').slice(0, 80))} and not with ` +
      `${JSON.stringify(expected.join(';'))}.`,
    'That is no file of a DigiPen; import tables of other kinds as csv.',
  )
}

/** The pen's counter as if it never began anew. */
export class Counter {
  #last = NaN
  #added = 0

  goesOnWith(count: number): number {
    if (this.#last - count > COUNTER_END / 2) this.#added += COUNTER_END
    this.#last = count
    return count + this.#added
  }
}
