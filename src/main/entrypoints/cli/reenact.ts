import { basename, resolve } from 'node:path'
import { Command } from 'commander'
import { KalamosError } from '../../../shared/errors.ts'
import { writeItems } from '../../corpus/corpus.ts'
import { DigipenFolderSink } from '../../corpus/digipen-folder.ts'
import { readPenPaths } from '../../corpus/pen-paths/read.ts'
import { chosenPaths, countOf, reenactedWords, type ReenactedSpec } from '../../corpus/reenacted.ts'
import { databaseSink } from '../../corpus/store-sink.ts'
import { isDatabase } from './simulate-command.ts'
import { whole, type Tools } from './verb.ts'

interface Options {
  data: string
  out?: string
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
    .requiredOption('--data <file>', 'pen paths, one JSON object a line, gzipped or not')
    .option('--out <place>', 'a database (a file ending in .db) or a new folder')
    .option('--poses <number>', 'in how many ways each person holds a pen', whole(1, 100), 3)
    .option('--seed <number>', 'the same seed gives the same recordings', whole(0, 0x7fffffff), 7)
    .option('--writers <number>', 'at most so many of the writers', whole(1, most))
    .option('--per-writer <number>', 'at most so many words of each', whole(1, most))
    .option('--json', 'print the result as JSON on stdout, and nothing else there')
    .helpOption('-h, --help', 'this text')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run -s kalamos -- reenact --data unipen-words.ndjson.gz --out people.db\n  npm run -s kalamos -- reenact --data words.ndjson --poses 1 --writers 5 --per-writer 20 --out folder\n',
    )
    .action(async (options: Options) => {
      const { data, out, json = false } = options
      if (out === undefined) {
        throw new KalamosError(
          'invalid-input',
          'There is nothing to do: --out is not given.',
          'Name a database or a new folder with --out.',
        )
      }
      const { paths, refused } = await readPenPaths(data, { signal: terminal.signal })
      for (const { where, reason } of refused.slice(0, NAMED)) terminal.err(`${where} ${reason}\n`)
      if (refused.length > NAMED) terminal.err(`${refused.length - NAMED} more lines cannot be re-enacted.\n`)
      const spec: ReenactedSpec = { ...options, data: basename(data).replace(/\.ndjson(\.gz)?$/, '') }
      const chosen = chosenPaths(paths, spec)
      const total = countOf(chosen, spec)
      const sink = isDatabase(out) ? databaseSink(out) : new DigipenFolderSink(out)
      const labels = [...new Set([...chosen.values()].flat().flatMap(({ label }) => label ?? []))]
      let tenth = -1
      const recordings = await writeItems(
        reenactedWords(chosen, spec, sink.options),
        total,
        { seed: spec.seed, words: labels, reenacted: spec.data },
        sink,
        {
          signal: terminal.signal,
          onProgress({ done }) {
            const now = Math.floor((done / total) * 10)
            if (now !== tenth) terminal.err(`${done} of ${total} words\n`)
            tenth = now
          },
        },
      )
      const result = { recordings, writers: chosen.size, poses: spec.poses, refused: refused.length, out: resolve(out) }
      terminal.out(
        json
          ? `${JSON.stringify(result, null, 2)}\n`
          : `${recordings} re-enacted recordings of ${chosen.size} people are in ${result.out}.\n`,
      )
    })
}
