import type { CsvColumns, CsvMapping, FormatName } from '../../../shared/api/exchange.ts'
import type { SaidEncoding } from '../../../shared/encoding.ts'
import type { ErrorShape } from '../../../shared/errors.ts'
import type { Entry as LogEntry } from '../../log/entry.ts'
import type { LineLimits } from '../bounded-lines.ts'
import type { Entry } from '../recording.ts'

/** What is to be read, told once. */
export interface Order {
  format: FormatName
  path: string
  /** Which column is what, of CSV. */
  csv?: CsvMapping | undefined
  /** What a text is in that has no byte order mark. */
  encoding?: SaidEncoding | undefined
  /** Also streams that name no sensor of a pen, of XDF. */
  allStreams?: boolean | undefined
  limits?: LineLimits | undefined
  /** A folder for what has to be unpacked: made when it is needed, and removed by who ordered. */
  scratch: string
  bounds: Bounds
}

/** How much the process that reads a file may take before it is ended. */
export interface Bounds {
  /** Of what it builds in JavaScript. */
  heapMb: number
  /** Of all its memory: samples lie outside of the heap. */
  processMb: number
  /**
   * Silence for so long while a Parquet file is taken apart, and for `msPerMegabyte` of the group it is at, is that of
   * a damaged one.
   */
  quietMs: number
  msPerMegabyte: number
}

/** What is asked of a reader: the columns of a CSV table, or the next recordings. */
export type Ask = 'columns' | 'next'

export type ToReader = { order: Order } | { ask: Ask }

/** What a reader tells. `columns`, `entries` and `failed` answer what was asked. */
export type FromReader =
  | { kind: 'ready' }
  | { kind: 'columns'; columns: CsvColumns }
  | { kind: 'entries'; entries: Entry[]; done: boolean }
  | { kind: 'failed'; error: ErrorShape }
  /** A group of rows of so many bytes is taken apart now. */
  | { kind: 'group'; bytes: number }
  | { kind: 'too large' }
  | { kind: 'log'; entry: LogEntry }
