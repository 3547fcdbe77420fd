import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import type { SaidEncoding } from '../../../shared/encoding.ts'
import { root } from '../../files/paths.ts'
import { simulateVerb as simulate } from './simulate-command.ts'
import { databaseSink } from '../../corpus/store-sink.ts'
import { encodingOption, whole, type Tools } from './verb.ts'

interface Options {
  words?: string
  encoding?: SaidEncoding
  writers?: number
  perWriter?: number
  seed?: number
  out?: string
  report?: string | boolean
  json?: boolean
}

/**
 * `simulate`: corpora of a virtual pen in virtual hands. It writes where `--out` says, and never into the user's own
 * database unasked.
 */
export function simulateVerb({ terminal }: Tools): Command {
  const most = Number.MAX_SAFE_INTEGER
  return new Command('simulate')
    .description('Make recordings with a virtual pen, marked as virtual everywhere, and compare them with real pens.')
    .option('--words <file>', 'a file with one word per line, or "builtin"')
    .addOption(encodingOption())
    .option('--writers <number>', 'number of virtual writers', whole(1, most))
    .option('--per-writer <number>', 'recordings per writer', whole(1, most))
    .option('--seed <number>', 'the same seed gives the same corpus', whole(0, most))
    .option('--out <place>', 'a database (a file ending in .db) or a new folder')
    .option('--report [page]', 'compare with published figures of real pens, and write them as a page')
    .option('--json', 'print the result as JSON on stdout, and nothing else there')
    .helpOption('-h, --help', 'this text')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run -s kalamos -- simulate --writers 5 --per-writer 100 --out virtual.db\n  npm run ' +
        '-s kalamos -- simulate --report --json\n',
    )
    .action(async (options: Options) => {
      const data = join(root, '../..', 'shared', 'data')
      let tenth = -1
      await simulate(options, {
        print: (text) => terminal.out(`${text}\n`),
        onProgress: ({ done, total }) => {
          const now = Math.floor((done / total) * 10)
          if (now !== tenth) terminal.err(`${done} of ${total} words\n`)
          tenth = now
        },
        signal: terminal.signal,
        openDatabase: databaseSink,
        ...(existsSync(data) ? { realRecordings: data } : {}),
      })
    })
}
