import type { Command } from 'commander'
import type { SaidEncoding } from '../../shared/encoding.ts'
import { print, type CommonOptions } from './terminal.ts'
import { encodingOption, verb, type Tools } from './verb.ts'

/** `protocols`: what sessions can run by; with a file, reads one and keeps it as the next version. */
export function protocolsVerb({ terminal, withApp }: Tools): Command {
  return verb('protocols', 'List the protocols of sessions, or read one from a YAML file. Faults are named with their line.', [
    'protocols',
    'protocols study.yaml --json',
  ])
    .argument('[file]', 'a protocol in YAML; files with prompts that it names lie beside it')
    .addOption(encodingOption())
    .action((file: string | undefined, options: CommonOptions & { encoding?: SaidEncoding }) =>
      withApp(options, async ({ api }) => {
        const all = file === undefined ? await api.request('protocols.list', {}) : [await api.request('protocols.import', { path: file, ...(options.encoding === undefined ? {} : { encoding: options.encoding }) })]
        const told = all.map(({ id, version, name, builtIn, sessions }) => ({ id, version, name, builtIn, sessions }))
        const lines = told.map(({ id, version, name, builtIn, sessions }) => `${id}  ${builtIn ? 'ready-made' : `version ${version}`}  ${name}, ${sessions} sessions`)
        print(terminal, options, told, lines.join('\n'))
      }),
    )
}
