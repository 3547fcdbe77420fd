import { CsvError, parse } from 'csv-parse'
import { KalamosError } from '../../../shared/errors.ts'
import { placeProblem, streamForeign } from '../../foreign-file.ts'
import { Turns } from '../turns.ts'

export interface Row {
  /** From 1, the heading; rows whose cells hold line breaks count once. */
  number: number
  share: number
  cells: string[]
}

/** Rows of a table one by one, with bounded memory. The heading comes first. Throws `not-found`, `invalid-input`, `decode-failed` or `cancelled`. */
export async function* rowsOf(path: string, delimiter: string, signal?: AbortSignal): AsyncGenerator<Row> {
  const { stream: file, size: total } = streamForeign(path)
  const parser = parse({ delimiter, bom: true, relax_column_count: true, skip_empty_lines: true, max_record_size: 1 << 20 })
  file.on('error', (error) => parser.destroy(error))
  file.pipe(parser)
  const turns = new Turns(path, signal)
  let number = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      await turns.next()
      yield { number: ++number, share: Math.min(1, file.bytesRead / total), cells }
    }
  } catch (error) {
    if (error instanceof KalamosError) throw error
    if (!(error instanceof CsvError)) throw placeProblem(path, error)
    // Rows before the damage that nobody has taken yet are dropped with it: the parser knows how many there were.
    const sound = typeof error['records'] === 'number' ? error['records'] : number
    throw new KalamosError('decode-failed', `${path} is damaged after row ${sound}: ${error.message}.`, 'Check the quotes of that row.', { cause: error })
  } finally {
    file.destroy()
    parser.destroy()
  }
}
