import type { CsvMapping, Format } from '../../shared/api/exchange.ts'
import type { SaidEncoding } from '../../shared/encoding.ts'
import type { LineLimits } from './bounded-lines.ts'
import type { Entry, WriteContext, RecordingSink } from './recording.ts'

export interface ReadOptions {
  /** Which column is what, of CSV. */
  csv?: CsvMapping | undefined
  /** What a text is in that has no byte order mark; UTF-8 where nobody says it. */
  encoding?: SaidEncoding | undefined
  /** Takes streams, too, whose channels name no sensor of a pen; of XDF. */
  allStreams?: boolean | undefined
  limits?: LineLimits | undefined
  /** Where to unpack what cannot be read in place; a folder that need not be there yet. */
  scratch?: string
  /** Told before a group of rows is taken apart: how many bytes it is, unpacked. */
  beforeGroup?: (bytes: number) => void
}
export interface WriteOptions {
  /** The place that the export will have in the end. */
  finalPath: string
  /** Where folds are kept, so that a later export keeps them; of REWI. */
  foldsFile: string | null
  holdout: number
  /** Whether texts must be such that a spreadsheet calculates nothing; of CSV. */
  spreadsheet: boolean
}
/** Everything that Kalamos can do with a format. */

export interface FormatCodec {
  about: Format
  /**
   * Why this recording cannot be held at all; null where it can. Asked of every recording before anything is written.
   */
  unfit?: (recording: { channels: readonly { name: string }[]; rateHz: number; label: string | null }) => string | null
  /**
   * Reads a file or folder. What is hostile may keep it busy or fill the memory: `readEntries` runs it where it can be
   * ended. Throws where it is of the wrong kind, damaged or hostile.
   */
  read(path: string, options: ReadOptions): AsyncIterable<Entry>
  write?(context: WriteContext, options: WriteOptions): Promise<RecordingSink>
  /** Whether a path looks like this format; asked in the order of the list, the most particular first. */
  looksLike(path: string, signal?: AbortSignal): Promise<boolean>
}
