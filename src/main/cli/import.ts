import { resolve } from 'node:path'
import { Command } from 'commander'
import { print, type CommonOptions } from './terminal.ts'
import { verb, type Tools } from './verb.ts'

/** `import`: recordings from files. */
export function importVerb({ terminal, withApp }: Tools): Command {
  const ndjson = verb('ndjson', 'Import sensor recordings, one JSON object a line, plain or gzipped.', ['import ndjson recordings.ndjson.gz'])
    .argument('<file>', 'the file')
    .action((file: string, options: CommonOptions) =>
      withApp(options, async ({ api }) => {
        const result = await api.request('recordings.importNdjson', { path: resolve(file) })
        for (const { line, reason } of result.refused) terminal.err(`Line ${line} was left out: ${reason}\n`)
        print(terminal, options, result, `${result.imported} imported, ${result.duplicates} known already, ${result.refused.length} left out.`)
      }),
    )
  return new Command('import').description('Import recordings from a file.').helpOption('-h, --help', 'this text').addCommand(ndjson)
}
