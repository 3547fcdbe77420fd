import { InvalidArgumentError, type Command } from 'commander'
import type { Api } from '../../../shared/api.ts'
import type { StoredProtocol } from '../../../shared/api/protocols.ts'
import type { SaidEncoding } from '../../../shared/encoding.ts'
import { print, type CommonOptions } from './terminal.ts'
import { encodingOption, verb, type Tools } from './verb.ts'

type Options = CommonOptions & {
  encoding?: SaidEncoding
  nextVersion?: boolean
  versions?: string
  restore?: { id: string; version: number }
}

/** `protocols`: what sessions can run by; with a file, reads one and keeps it as the next version. */
export function protocolsVerb({ terminal, withApp }: Tools): Command {
  return verb(
    'protocols',
    'List the session protocols, or import one from a YAML file. Errors are reported with their line.',
    ['protocols', 'protocols study.yaml --json', 'protocols --versions pilot', 'protocols --restore pilot@2'],
  )
    .argument('[file]', 'a protocol in YAML; prompt files that it names are in the same folder')
    .addOption(encodingOption())
    .option('--next-version', 'import it even if its id belongs to a protocol with another name')
    .option('--versions <id>', 'list the versions of one protocol, including removed ones')
    .option(
      '--restore <id@version>',
      'make an earlier version the newest one, and bring back a removed protocol',
      idAtVersion,
    )
    .action((file: string | undefined, options: Options) =>
      withApp(options, async ({ api }) => {
        const all = await asked(api, file, options)
        const told = all.map(({ id, version, name, builtIn, sessions }) => ({ id, version, name, builtIn, sessions }))
        const lines = told.map(
          ({ id, version, name, builtIn, sessions }) =>
            `${id}  ${builtIn ? 'ready-made' : `version ${version}`}  ${name}, ${sessions} sessions`,
        )
        print(terminal, options, told, lines.join('\n'))
      }),
    )
}

async function asked(
  api: Api,
  file: string | undefined,
  { nextVersion = false, versions, restore }: Options,
): Promise<StoredProtocol[]> {
  if (restore !== undefined) return [await api.request('protocols.restore', restore)]
  if (versions !== undefined) return api.request('protocols.versions', { id: versions })
  return file === undefined
    ? api.request('protocols.list', {})
    : [await api.request('protocols.import', { path: file, nextVersion })]
}

function idAtVersion(text: string): { id: string; version: number } {
  const [, id, version] = /^([^@]+)@(\d+)$/.exec(text) ?? []
  if (id === undefined || version === undefined)
    throw new InvalidArgumentError('It must be an id and a version, such as pilot@2.')
  return { id, version: Number(version) }
}
