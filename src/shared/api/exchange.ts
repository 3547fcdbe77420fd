import * as v from 'valibot'
import { Said } from '../messages/message.ts'
import { Channel } from './devices.ts'
import { command, count, done, encoding, event, id, name, nothing, path, query } from './contract.ts'
import { RecordingFilter } from './recordings.ts'
import { Simulated } from './simulated.ts'

/** The file formats that recordings come in and go out as. */
export const FORMAT_NAMES = ['digipen', 'onhw', 'rewi', 'ndjson', 'csv', 'parquet', 'npz', 'xdf'] as const
export const FormatName = v.picklist(FORMAT_NAMES)
export type FormatName = v.InferOutput<typeof FormatName>

export const Format = v.object({
  name: FormatName,
  title: v.string(),
  about: v.string(),
  /** What to name when importing or exporting. */
  place: v.picklist(['file', 'folder']),
  /** How its files are called, with the dot; empty for folders. */
  endings: v.array(v.string()),
  imports: v.boolean(),
  exports: v.boolean(),
  /** What it cannot hold; empty where an export comes back to the last bit. */
  loses: v.array(v.string()),
})
export type Format = v.InferOutput<typeof Format>

/** Something that was left out, and why. */
export const Refusal = v.object({ where: Said, reason: Said })

/** What one step of the clock of a table is; `clock`: a time of day, with or without its date. */
export const TIME_UNITS = ['s', 'ms', 'us', 'ns', 'clock'] as const
export type TimeUnit = (typeof TIME_UNITS)[number]

/** What a person should know of something that is taken all the same. */
export const Note = v.object({ where: Said, note: Said })

/**
 * Which column of a table is what. Channels are columns by the name of the file; units are those of this app or common
 * others.
 */
export const CsvMapping = v.strictObject({
  delimiter: v.optional(v.picklist([',', ';', '\t', '|', ' '])),
  /** What stands before the fraction: files of some countries write 0,5. */
  decimal: v.optional(v.picklist(['.', ','])),
  channels: v.array(v.strictObject({ column: v.string(), name, unit: v.string() })),
  /** A new recording begins where this column changes; without it, the table is one recording. */
  recording: v.optional(v.string()),
  label: v.optional(v.string()),
  writer: v.optional(v.string()),
  /** The pen's clock, and what one step of it is; a unit that nobody knows is asked for. */
  time: v.optional(v.strictObject({ column: v.string(), unit: v.optional(v.picklist(TIME_UNITS)) })),
  /** Where the table does not say it. */
  writerName: v.optional(name),
  labelText: v.optional(v.string()),
  device: v.optional(v.string()),
  rateHz: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(100_000))),
  /** What is not said here is guessed from the heading; false: it is not there. */
  guess: v.optional(v.boolean()),
})
export type CsvMapping = v.InferOutput<typeof CsvMapping>

/** The columns of a table as they are, with what could be guessed of them. */
export const CsvColumns = v.object({
  delimiter: v.string(),
  decimal: v.picklist(['.', ',']),
  columns: v.array(v.object({ name: v.string(), examples: v.array(v.string()) })),
  mapping: CsvMapping,
  /** True where this is a table that Kalamos wrote: nothing needs to be mapped. */
  own: v.boolean(),
})
export type CsvColumns = v.InferOutput<typeof CsvColumns>

/** A recording as it would come in, without its samples. */
export const ForeseenRecording = v.object({
  where: Said,
  writer: v.string(),
  ...Simulated,
  label: v.nullable(v.string()),
  device: v.string(),
  frames: count,
  lostFrames: count,
  rateHz: v.number(),
  channels: v.array(Channel),
  /** True where it is in the store already, so that it would not come in again. */
  known: v.boolean(),
  /** A few frames across it, for a small picture: `[points, channels]`, row by row. Empty of all but the first. */
  sketch: v.array(v.number()),
})
export type ForeseenRecording = v.InferOutput<typeof ForeseenRecording>

export const ImportPreview = v.object({
  format: FormatName,
  /** The first recordings. */
  recordings: v.array(ForeseenRecording),
  /** The first of what would be left out. */
  refused: v.array(Refusal),
  /** The first of what should be known of the others. */
  notes: v.optional(v.array(Note)),
  /** What was looked at, in numbers. */
  seen: v.object({
    recordings: count,
    known: count,
    refused: count,
    frames: count,
    labels: count,
    unlabelled: count,
    /**
     * `known`: recordings that are here already as theirs; `here`: how many a writer of that name has here, null where
     * there is none.
     */
    writers: v.array(
      v.object({ name: v.string(), ...Simulated, recordings: count, known: count, here: v.nullable(count) }),
    ),
    /** Put before the names, it makes them names that nobody has here. */
    freePrefix: v.string(),
    signals: v.array(v.object({ rateHz: v.number(), channels: v.array(Channel), recordings: count })),
  }),
  /** How much of the file was looked at, 0 to 1. */
  share: v.number(),
  /** Only of CSV. */
  csv: v.nullable(CsvColumns),
})
export type ImportPreview = v.InferOutput<typeof ImportPreview>

/** Something in a folder of the machine where Kalamos runs. */
export const Place = v.object({ name: v.string(), path: v.string(), kind: v.picklist(['file', 'folder']) })
export type Place = v.InferOutput<typeof Place>

const writerPrefix = v.optional(v.pipe(v.string(), v.maxLength(50)))
/** Whether a person said that streams without a pen's sensors are one's all the same; of XDF. */
const allStreams = v.optional(v.boolean())

export const FoldsNow = v.object({
  writers: count,
  words: count,
  /** Those whom no training may touch. */
  holdout: v.array(v.string()),
  /** The share of writers that is held out as they come; null where folds are only drawn by an export. */
  share: v.nullable(v.number()),
  /** Models that had seen somebody before they were held out. */
  models: v.array(v.object({ id, name: v.string() })),
})

export const exchange = {
  'exchange.formats': query(nothing, v.array(Format)),
  /** The format that a file or folder most likely is in; null where nothing fits. */
  'exchange.detect': query(v.strictObject({ path }), v.object({ format: v.nullable(FormatName) })),
  /** The first recordings of a file as they would come in; changes nothing. */
  'exchange.preview': query(
    v.strictObject({ format: FormatName, path, writerPrefix, encoding, csv: v.optional(CsvMapping), allStreams }),
    ImportPreview,
  ),
  /** Stops looking at files, whoever asked; `exchange.detect` and `exchange.preview` are refused with `cancelled`. */
  'exchange.cancelPreview': command(nothing, done),
  /**
   * What lies in a folder, folders first; the home folder where none is named. Of a path that is none, the folder it
   * would be in.
   */
  'exchange.browse': query(
    v.strictObject({ path: v.optional(path) }),
    v.object({ folder: v.string(), parent: v.nullable(v.string()), places: v.array(Place), more: count }),
  ),
  /**
   * Lets the person choose a path in a dialog of the system, which begins at `path`; null where they choose none.
   * `new`: of a file or folder to be made. Throws `unavailable` where the entry point has no such dialogs.
   */
  'exchange.choose': command(
    v.strictObject({ what: v.picklist(['file', 'folder', 'new']), path: v.optional(path) }),
    v.object({ path: v.nullable(v.string()) }),
  ),
  /**
   * Reads a file into the store; what is there already is not taken twice. Cancelled or failed, nothing of it stays. A
   * writer of a name that is here is a `conflict`, unless `sameWriters` says that they are one, or recordings of theirs
   * are here already.
   */
  'exchange.import': command(
    v.strictObject({
      format: FormatName,
      path,
      writerPrefix,
      sameWriters: v.optional(v.boolean()),
      encoding,
      strict: v.optional(v.boolean()),
      csv: v.optional(CsvMapping),
      allStreams,
    }),
    v.object({
      imported: count,
      duplicates: count,
      refused: v.array(Refusal),
      refusedCount: count,
      notes: v.optional(v.array(Note)),
    }),
  ),
  /** Who and what is in the folds; nobody before they are frozen or exported. */
  'exchange.folds': query(nothing, FoldsNow),
  /**
   * Freezes the folds of all that is here, and holds a share of the writers out; from then on whoever comes gets a
   * place at once.
   */
  'exchange.freeze': command(v.strictObject({ holdout: v.pipe(v.number(), v.minValue(0), v.maxValue(0.5)) }), FoldsNow),
  /** Writes what the last import left out, and why, into a new text file: one place a line. */
  'exchange.report': command(v.strictObject({ path }), v.object({ path: v.string(), lines: count })),
  /** How many recordings an export would write, and how many it would leave out for which reason. */
  'exchange.previewExport': query(
    v.strictObject({
      format: FormatName,
      filter: RecordingFilter,
      ids: v.optional(v.pipe(v.array(id), v.minLength(1))),
    }),
    v.object({ recordings: count, leftOut: v.array(v.object({ reason: Said, recordings: count })) }),
  ),
  /** Writes recordings into a new file or folder, with a data sheet. Cancelled or failed, nothing of it stays. */
  'exchange.export': command(
    v.strictObject({
      format: FormatName,
      path,
      filter: RecordingFilter,
      /** Only these of what the filter leaves. */
      ids: v.optional(v.pipe(v.array(id), v.minLength(1))),
      /** What others may do with the data; goes into the data sheet. */
      licence: v.optional(v.pipe(v.string(), v.maxLength(2000))),
      /** What else others should know of the data; goes into the data sheet. */
      notes: v.optional(v.pipe(v.string(), v.maxLength(20_000))),
      /** Of REWI: the share of writers that no training may touch. */
      holdout: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(0.5))),
      /** Of CSV: texts that a spreadsheet would take for formulas begin with an apostrophe. */
      spreadsheet: v.optional(v.boolean()),
    }),
    v.object({
      exported: count,
      frames: count,
      bytes: count,
      files: v.array(v.string()),
      refused: v.array(Refusal),
      refusedCount: count,
    }),
  ),
  /** Stops the import or export that is running. */
  'exchange.cancel': command(nothing, done),
}

export const exchangeEvents = {
  /** How far the running import or export is, 0 to 1, and how many recordings that made. */
  'exchange.progress': event(
    v.object({ doing: v.picklist(['import', 'export']), path: v.string(), share: v.number(), recordings: count }),
  ),
}
