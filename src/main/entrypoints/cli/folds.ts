import type { Command } from 'commander'
import { print, type CommonOptions } from './terminal.ts'
import { decimal, verb, type Tools } from './verb.ts'

interface Options extends CommonOptions {
  freeze?: number
}

/** `folds`: who is in the folds and who is held out, and freezing them while data is collected. */
export function foldsVerb({ terminal, withRecordings }: Tools): Command {
  return verb(
    'folds',
    'Show who is in the folds and who is held out, or freeze them: from then on every writer gets a place with ' +
      'the first session.',
    ['folds', 'folds --freeze 0.1'],
  )
    .option('--freeze <share>', 'freeze them, and hold this share of the writers out of all training', decimal(0, 0.5))
    .action((options: Options) =>
      withRecordings(options, async ({ api }) => {
        const now =
          options.freeze === undefined
            ? await api.request('exchange.folds', {})
            : await api.request('exchange.freeze', { holdout: options.freeze })
        for (const { name } of now.models)
          terminal.err(`${name} was trained on writers who are held out now: measure it on others.\n`)
        const how =
          now.share === null
            ? 'They are drawn at the first export in the REWI layout; freeze them earlier with --freeze 0.1'
            : `New writers get a place at once; ${Math.round(now.share * 100)} % of the writers are held out`
        print(
          terminal,
          options,
          now,
          `${now.writers} writers and ${now.words} words are in folds; held out: ` +
            `${now.holdout.join(', ') || 'nobody'}. ${how}.`,
        )
      }),
    )
}
