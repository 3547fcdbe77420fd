import type { CsvMapping, Format, FormatName } from '../../shared/api/exchange.ts'
import { FORMAT_NAMES } from '../../shared/api/exchange.ts'
import type { SaidEncoding } from '../../shared/encoding.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { LineLimits } from './bounded-lines.ts'
import { csv } from './csv/format.ts'
import { digipen } from './digipen/format.ts'
import { ndjson } from './ndjson/format.ts'
import { npz } from './npz/format.ts'
import { onhw } from './onhw/format.ts'
import { parquet } from './parquet/format.ts'
import type { Entry, RecordingSink, WriteContext } from './recording.ts'
import { rewi } from './rewi/format.ts'
import { soundEntries } from './sound.ts'
import { checkWanted } from './turns.ts'
import { xdf } from './xdf/format.ts'

export interface ReadOptions {
  /** Which column is what, of CSV. */
  csv?: CsvMapping | undefined
  /** What a text is in that has no byte order mark; UTF-8 where nobody says it. */
  encoding?: SaidEncoding | undefined
  /** Takes streams, too, whose channels name no sensor of a pen; of XDF. */
  anyStream?: boolean | undefined
  limits?: LineLimits | undefined
  /** Aborting stops the reader; it throws `cancelled`. */
  signal?: AbortSignal
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
  /** Why this recording cannot be held at all; null where it can. Asked of every recording before anything is written. */
  unfit?: (recording: { channels: readonly { name: string }[]; rateHz: number; label: string | null }) => string | null
  /**
   * Reads a file or folder. What is hostile may keep it busy or fill the memory: `readEntries` runs it where it can be ended.
   * Throws where it is of the wrong kind, damaged or hostile.
   */
  read(path: string, options: ReadOptions): AsyncIterable<Entry>
  write?(context: WriteContext, options: WriteOptions): Promise<RecordingSink>
  /** Whether a path looks like this format; asked in the order of the list, the most particular first. */
  looksLike(path: string, signal?: AbortSignal): Promise<boolean>
}

const FORMATS: Record<FormatName, FormatCodec> = { digipen, onhw, rewi, ndjson, csv, parquet, npz, xdf }

/** A format by its name; whatever it reads has times and rates that can be relied on. */
export function formatNamed(name: FormatName): FormatCodec {
  const codec = FORMATS[name]
  return { ...codec, read: (path, options) => soundEntries(codec.read(path, options)) }
}

export function listFormats(): Format[] {
  return FORMAT_NAMES.map((name) => FORMATS[name].about)
}

/** The format that a file or folder is most likely in. Throws `not-found` where there is nothing, `cancelled`. */
export async function detectFormat(path: string, signal?: AbortSignal): Promise<FormatName | null> {
  for (const name of FORMAT_NAMES) {
    checkWanted(path, signal)
    if (await FORMATS[name].looksLike(path, signal)) return name
  }
  return null
}

/** The writer of a format. Throws `invalid-input` for one that can only be read. */
export function writerOf(name: FormatName): NonNullable<FormatCodec['write']> {
  const { write, about } = FORMATS[name]
  if (write !== undefined) return write
  const others = FORMAT_NAMES.filter((other) => FORMATS[other].about.exports)
  throw new KalamosError('invalid-input', `${about.title} can be imported, not exported.`, `Export as one of ${others.join(', ')}.`)
}
