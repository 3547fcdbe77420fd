import type { Command } from 'commander'
import { join, resolve } from 'node:path'
import { EXPERIMENT_NAMES } from '../../experiments/names.ts'
import { root } from '../../files/paths.ts'
import type { CommonOptions } from './terminal.ts'
import { verb, whole, type Tools } from './verb.ts'

interface Options extends CommonOptions {
  seeds?: number
  resume?: boolean
  quick?: boolean
  data?: string
  base?: string
  out?: string
  threads?: number
}

/** `experiment`: the studies of the cross-modal method, and the page that tells of them. */
export function experimentVerb({ terminal }: Tools): Command {
  const names = EXPERIMENT_NAMES.join(', ')
  return verb('experiment', `Run a study (${names}), or write the report of all of them (report).`, [
    'experiment synthetic --quick',
    'experiment letters --seeds 3 --resume',
    'experiment report --out docs/experiments.md',
  ])
    .argument('<name>', `${names}, or report`)
    .option('--seeds <number>', 'how often each network is trained', whole(1, 100))
    .option('--resume', 'continue from the trials in the database instead of starting again')
    .option('--quick', 'minutes instead of hours: shows that it runs, not how good it is')
    .option('--data <folder>', 'where the recordings are, for studies of real people')
    .option('--base <card>', 'the model to adapt, for studies of adaptation; by default the one that ships')
    .option('--out <place>', 'folder for tables and plots; with report, the page')
    .option('--threads <number>', 'processor cores to compute on', whole(1, 64))
    .action(async (name: string, options: Options) => {
      const { experimentVerb: experiment } = await import('./experiment-command.ts')
      await experiment(
        { ...options, name, database: resolve(options.database) },
        {
          print: (text) => terminal.out(text),
          tell: (text) => terminal.err(text),
          signal: terminal.signal,
          realRecordings: join(root, '../..', 'shared', 'data'),
        },
      )
    })
}
