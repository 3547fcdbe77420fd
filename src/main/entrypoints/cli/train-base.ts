import { join } from 'node:path'
import { Command } from 'commander'
import { BASE_RECIPE, QUICK_RECIPE } from '../../training/base/recipe.ts'
import { resource, root, version } from '../../files/paths.ts'
import { percent } from './evaluate.ts'
import type { Terminal } from './terminal.ts'

interface Options {
  quick?: boolean
  work: string
  out: string
  json?: boolean
}

/** `train base`: makes the recogniser that ships, from nothing but a seed. */
export function trainBaseVerb(terminal: Terminal): Command {
  return new Command('base')
    .description(
      'Make the model that ships with the app: simulate virtual writers, train on them, measure on unseen ones. ' +
        'Continues where it was interrupted.',
    )
    .option('--quick', 'a few writers and epochs, only to see that it runs')
    .option('--work <folder>', 'corpora and checkpoints', join(root, '.cache', 'base'))
    .option('--out <folder>', 'where base.safetensors and base.json go', resource('models'))
    .option('--json', 'print the result as JSON on stdout, and nothing else there')
    .helpOption('-h, --help', 'this text')
    .action(async (_: Options, command: Command) => {
      // The verb above has some of these options too; what was said of either counts.
      const { quick, work, out, json } = command.optsWithGlobals<Options>()
      const { trainBase } = await import('../../training/base/train-base.ts')
      const report = await trainBase({
        recipe: quick ? QUICK_RECIPE : BASE_RECIPE,
        workFolder: quick ? `${work}-quick` : work,
        outFolder: quick ? `${work}-quick` : out,
        codeVersion: version(),
        progress: (message) => terminal.err(`${message}\n`),
        signal: terminal.signal,
      })
      if (json) return terminal.out(`${JSON.stringify(report, null, 2)}\n`)
      const groups = report.by_group.map(
        ({ group, cer, wer }) => `  ${group}: CER ${percent(cer)}, WER ${percent(wer)}`,
      )
      terminal.out(
        `Unseen virtual words by unseen virtual writers: CER ${percent(report.cer)}, WER ${percent(report.wer)} ` +
          `of ${report.recordings}.\n${groups.join('\n')}\n`,
      )
    })
}
