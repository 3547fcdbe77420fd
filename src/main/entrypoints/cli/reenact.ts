import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { Command } from 'commander'
import { KalamosError } from '../../../shared/errors.ts'
import { writeItems, type CorpusSink } from '../../corpus/corpus.ts'
import { DigipenFolderSink } from '../../corpus/digipen-folder.ts'
import { MEASURED_SETS, measureHands, storedHands } from '../../corpus/pen-paths/hands.ts'
import { readPenPaths } from '../../corpus/pen-paths/read.ts'
import { chosenPaths, countOf, reenactedWords, type ReenactedSpec } from '../../corpus/reenacted.ts'
import { REAL_RECORDINGS } from '../../corpus/reality.ts'
import { reenactedReport, type ReenactedReport } from '../../corpus/reenacted-report.ts'
import { databaseSink } from '../../corpus/store-sink.ts'
import { isDatabase } from './simulate-command.ts'
import type { Terminal } from './terminal.ts'
import { whole, type Tools } from './verb.ts'

interface Options {
  data?: string
  out?: string
  report?: boolean
  fit?: string
  poses: number
  seed: number
  writers?: number
  perWriter?: number
  json?: boolean
}

/** Refused lines that are named one by one; the others are counted. */
const NAMED = 20

/** `reenact`: recordings of simulated pens along the paths of people's pens. It writes where `--out` says. */
export function reenactVerb({ terminal }: Tools): Command {
  const most = Number.MAX_SAFE_INTEGER
  return new Command('reenact')
    .description(
      'Make recordings along the pen paths of people, measured by a tablet, marked as re-enacted everywhere.',
    )
    .option('--data <file>', 'pen paths, one JSON object a line, gzipped or not')
    .option('--out <place>', 'a database (a file ending in .db) or a new folder')
    .option('--report', 'compare with published figures of real pens, and with what tablets measured')
    .option('--fit <folder>', 'print how people hold, press and lift a pen, fitted on the sets in a folder, as JSON')
    .option('--poses <number>', 'in how many ways each person holds a pen', whole(1, 100), 3)
    .option('--seed <number>', 'the same seed gives the same recordings', whole(0, 0x7fffffff), 7)
    .option('--writers <number>', 'at most so many of the writers', whole(1, most))
    .option('--per-writer <number>', 'at most so many words of each', whole(1, most))
    .option('--json', 'print the result as JSON on stdout, and nothing else there')
    .helpOption('-h, --help', 'this text')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run -s kalamos -- reenact --data unipen-words.ndjson.gz --out people.db\n  npm run -s ' +
        'kalamos -- reenact --data words.ndjson --poses 1 --writers 5 --per-writer 20 --report\n',
    )
    .action(async (options: Options) => {
      if (options.fit !== undefined) {
        terminal.out(storedHands((await measureHands(options.fit, { signal: terminal.signal })).fitted))
        return
      }
      const result = await reenacted(options, terminal)
      if (options.json === true) terminal.out(`${JSON.stringify(result, null, 2)}\n`)
      else for (const line of linesOf(result)) terminal.out(`${line}\n`)
    })
}

interface Result extends Partial<ReenactedReport> {
  recordings?: number
  writers: number
  poses: number
  refused: number
  out?: string
}

/** Throws `invalid-input` where nothing is to be done, what `readPenPaths` and the sinks throw, and `cancelled`. */
async function reenacted(
  { data, out, report, json: _, fit: __, ...drawn }: Options,
  terminal: Terminal,
): Promise<Result> {
  const { signal } = terminal
  if (data === undefined || (out === undefined && report !== true)) {
    throw new KalamosError(
      'invalid-input',
      data === undefined ? 'There are no pen paths to re-enact: --data is not given.' : NOTHING_TO_DO,
      'Name a file of pen paths with --data, and a database or a new folder with --out, or ask for --report.',
    )
  }
  const { paths, refused } = await readPenPaths(data, { signal })
  for (const { where, reason } of refused.slice(0, NAMED)) terminal.err(`${where} ${reason}\n`)
  if (refused.length > NAMED) terminal.err(`${refused.length - NAMED} more lines cannot be re-enacted.\n`)
  const spec: ReenactedSpec = { ...drawn, data: basename(data).replace(/\.ndjson(\.gz)?$/, '') }
  const chosen = chosenPaths(paths, spec)
  const result: Result = { writers: chosen.size, poses: spec.poses, refused: refused.length }
  if (out !== undefined) {
    const sink = isDatabase(out) ? databaseSink(out) : new DigipenFolderSink(out)
    result.recordings = await written(chosen, spec, sink, terminal)
    result.out = resolve(out)
  }
  if (report === true) {
    const sets = existsSync(join(REAL_RECORDINGS, `${MEASURED_SETS.tilt}.ndjson.gz`))
    if (!sets) terminal.err('skipped: real recordings not found (held-out writers)\n')
    const hands = sets ? (await measureHands(REAL_RECORDINGS, { signal })).heldOut : null
    Object.assign(result, reenactedReport(reenactedWords(chosen, spec), [...chosen.values()].flat(), hands))
  }
  return result
}

const NOTHING_TO_DO = 'There is nothing to do: neither --out nor --report is given.'

async function written(
  chosen: ReturnType<typeof chosenPaths>,
  spec: ReenactedSpec,
  sink: CorpusSink,
  { signal, err }: Terminal,
): Promise<number> {
  const total = countOf(chosen, spec)
  const words = [...new Set([...chosen.values()].flat().flatMap(({ label }) => label ?? []))]
  let tenth = -1
  const onProgress = ({ done }: { done: number }): void => {
    const now = Math.floor((done / total) * 10)
    if (now !== tenth) err(`${done} of ${total} words\n`)
    tenth = now
  }
  const about = { seed: spec.seed, words, reenacted: spec.data }
  return writeItems(reenactedWords(chosen, spec, sink.options), total, about, sink, { signal, onProgress })
}

function linesOf({ recordings, writers, out, statistics = [], compared = [] }: Result): string[] {
  return [
    ...(out === undefined ? [] : [`${recordings} re-enacted recordings of ${writers} people are in ${out}.`]),
    ...statistics.map(
      ({ within, name, value, unit, target, tolerance }) =>
        `${within ? 'within ' : 'OUTSIDE'}  ${name}: re-enacted ${value.toFixed(2)} ${unit}, target ${target} ± ` +
        `${Number(tolerance.toFixed(2))}`,
    ),
    ...compared.map(
      ({ name, target, value, unit }) =>
        `compare  ${name}: measured ${target.toFixed(2)}, re-enacted ${value.toFixed(2)} ${unit}`,
    ),
  ]
}
