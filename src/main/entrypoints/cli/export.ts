import { resolve } from 'node:path'
import { Argument, type Command } from 'commander'
import { FORMAT_NAMES, type FormatName } from '../../../shared/api/exchange.ts'
import { cancelOn } from './exchange.ts'
import { filterOf, filterOptions, type FilterOptions } from './filter.ts'
import { print, type CommonOptions } from './terminal.ts'
import { decimal, verb, type Tools } from './verb.ts'

type Options = CommonOptions &
  FilterOptions & { licence?: string; notes?: string; holdout?: number; spreadsheet?: boolean }

/** `export`: recordings into a new file or folder, with a data sheet. */
export function exportVerb({ terminal, withRecordings }: Tools): Command {
  const command = verb('export', 'Export recordings into a new file or folder, with a data sheet.', [
    'export parquet words.parquet',
    'export ndjson w01.ndjson.gz --writer w01 --licence "CC BY 4.0, Example Lab"',
    'export rewi folds --holdout 0.1',
  ])
    .addArgument(
      new Argument('<format>', 'of the file or folder').choices(FORMAT_NAMES.filter((name) => name !== 'onhw')),
    )
    .argument('<path>', 'the new file or folder')
    .option('--licence <text>', 'what others may do with the data; goes into the data sheet')
    .option('--notes <text>', 'what else others should know about the data; goes into the data sheet')
    .option('--holdout <share>', 'with rewi: the share of writers that is never used for training', decimal(0, 0.5))
    .option(
      '--spreadsheet',
      'with csv: put an apostrophe before texts that a spreadsheet would take for formulas; they then differ ' +
        'from what was recorded',
    )
  return filterOptions(command).action((format: FormatName, path: string, options: Options) =>
    withRecordings(options, async ({ api }) => {
      const { licence, notes, holdout, spreadsheet } = options
      const filter = await filterOf(api, options)
      const result = await cancelOn(api, terminal, () =>
        api.request('exchange.export', {
          format,
          path: resolve(path),
          filter,
          ...(licence === undefined ? {} : { licence }),
          ...(notes === undefined ? {} : { notes }),
          ...(holdout === undefined ? {} : { holdout }),
          ...(spreadsheet === undefined ? {} : { spreadsheet }),
        }),
      )
      for (const { where, reason } of result.refused)
        terminal.err(`${where === '' ? '' : `${where} was left out: it `}${reason}\n`)
      print(
        terminal,
        options,
        result,
        `${result.exported} recordings with ${result.frames} frames in ${result.files[0]}` +
          (result.refusedCount > 0 ? `, ${result.refusedCount} left out` : '') +
          '.',
      )
    }),
  )
}
