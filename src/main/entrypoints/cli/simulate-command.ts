/** The terminal's `simulate`: corpora of virtual words, and the report on how close they come to real pens. */
import { statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { SaidEncoding } from '../../../shared/encoding.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { builtinWords, readWordFile } from '../../words/lists.ts'
import { makeFolders } from '../../files/folders.ts'
import { READABLE, writeWhole } from '../../files/whole-file.ts'
import { checkCorpus, corpus, writeCorpus } from '../../corpus/corpus.ts'
import type { CorpusProgress, CorpusSink, CorpusSpec } from '../../corpus/corpus.ts'
import { DigipenFolderSink } from '../../corpus/digipen-folder.ts'
import { report, reportSample } from '../../corpus/report.ts'
import type { Report } from '../../corpus/report.ts'

export interface SimulateArgs {
  /** A file with one word a line, or `builtin`. */
  words?: string
  encoding?: SaidEncoding
  writers?: number
  perWriter?: number
  seed?: number
  /** A database (a file ending in .db, .sqlite or .kalamos) or a new folder. */
  out?: string
  /**
   * Compare with reality: a path for the page, or true for virtual-pen.html here (in `out`, if that is a folder that
   * exists).
   */
  report?: string | boolean
  json?: boolean
}

/** What the terminal entry point supplies. */
export interface SimulateIo {
  print(text: string): void
  /** Called now and then while a corpus is made. */
  onProgress?(progress: CorpusProgress): void
  signal?: AbortSignal
  /** A sink that writes into the database at a path. Nothing is stored before its `commit`. */
  openDatabase(path: string): CorpusSink
  /** Folder of real recordings for the report. */
  realRecordings?: string
}

export interface SimulateResult {
  recordings?: number
  out?: string
  page?: string
  report?: Report
}

const DEFAULTS = { words: 'builtin', writers: 50, perWriter: 500, seed: 7 } as const

/**
 * Runs `simulate`. Throws `invalid-input`, `not-found`, `conflict` or `not-writable` before anything is written,
 * and `cancelled` when the signal fires, after which nothing of the corpus is left.
 */
export async function simulateVerb(args: SimulateArgs, io: SimulateIo): Promise<SimulateResult> {
  const wantsReport = args.report !== undefined && args.report !== false
  if (args.out === undefined && !wantsReport) {
    throw new KalamosError(
      'invalid-input',
      'There is nothing to do: neither --out nor --report is given.',
      'Name a database or a new folder with --out, or ask for --report.',
    )
  }
  const spec = corpusSpec(args)
  const result: SimulateResult = {}
  if (args.out !== undefined) {
    const sink = isDatabase(args.out) ? io.openDatabase(args.out) : new DigipenFolderSink(args.out)
    result.recordings = await writeCorpus(spec, sink, {
      ...(io.signal === undefined ? {} : { signal: io.signal }),
      onProgress: (progress) => io.onProgress?.(progress),
    })
    result.out = resolve(args.out)
    if (args.json !== true)
      io.print(`${result.recordings} virtual recordings by ${spec.writers} virtual writers are in ${result.out}.`)
  }
  if (wantsReport) Object.assign(result, writeReport(args, io, spec))
  if (args.json === true) io.print(JSON.stringify(printable(result), null, 2))
  return result
}

function corpusSpec(args: SimulateArgs): CorpusSpec {
  const list = args.words ?? DEFAULTS.words
  const spec: CorpusSpec = {
    words: list === 'builtin' ? builtinWords() : readWordFile(list, args.encoding),
    writers: args.writers ?? DEFAULTS.writers,
    perWriter: args.perWriter ?? DEFAULTS.perWriter,
    seed: args.seed ?? DEFAULTS.seed,
  }
  checkCorpus(spec)
  return spec
}

/** Whether a place to write to is a database, by its name. */
export function isDatabase(path: string): boolean {
  return /\.(db|sqlite|sqlite3|kalamos)$/i.test(path)
}

/** The report is on the fixed sample, unless writers, words or a seed are asked for. */
function writeReport(args: SimulateArgs, io: SimulateIo, spec: CorpusSpec): Pick<SimulateResult, 'report' | 'page'> {
  const chosen = args.out === undefined && (args.words ?? args.writers ?? args.perWriter ?? args.seed) !== undefined
  const recordings = chosen ? corpus({ ...spec, perWriter: args.perWriter ?? 20 }) : reportSample()
  const made = report({ recordings, ...(io.realRecordings === undefined ? {} : { realRecordings: io.realRecordings }) })
  const page = typeof args.report === 'string' ? resolve(args.report) : defaultPage(args.out)
  try {
    makeFolders(dirname(page))
    writeWhole(page, made.page, READABLE)
  } catch (error) {
    throw new KalamosError(
      'not-writable',
      `The report ${page} cannot be written.`,
      'Name another file with --report.',
      { cause: error },
    )
  }
  if (args.json !== true) {
    for (const row of made.report.statistics)
      io.print(
        `${row.within ? 'within ' : 'OUTSIDE'}  ${row.name}: ${row.value.toFixed(2)} ${row.unit}, target ` +
          `${row.target} ± ${Number(row.tolerance.toFixed(2))}`,
      )
    for (const row of made.report.comparisons)
      io.print(`compare  ${row.name}: real ${row.real.toFixed(2)}, virtual ${row.virtual.toFixed(2)} ${row.unit}`)
    for (const reason of made.report.missing) io.print(reason)
    io.print(`${made.report.words_per_second} words/s; the page is ${page}`)
  }
  return { report: made.report, page }
}

function defaultPage(out: string | undefined): string {
  const folder =
    out !== undefined && !isDatabase(out) && statSync(out, { throwIfNoEntry: false })?.isDirectory() === true
      ? out
      : '../../simulator'
  return resolve(join(folder, 'virtual-pen.html'))
}

/** The JSON of `--json`: the report's figures at the top, where programs look for them. */
function printable({ report: made, ...rest }: SimulateResult): object {
  return made === undefined ? rest : { ...made, ...rest }
}
