import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import type { Api } from '../../../shared/api.ts'
import type { Adaptation, Comparison } from '../../../shared/api/adaptation.ts'
import type { Writer } from '../../../shared/api/writers.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { comparisonText } from './adaptation-report.ts'
import { findModel, percent } from './evaluate.ts'
import { print, table, type CommonOptions, type Terminal } from './terminal.ts'
import { whole } from './verb.ts'

/** What can be asked about the versions of a writer that are there. At most one of them at a time. */
export interface VersionOptions extends CommonOptions {
  list?: boolean
  keep?: number
  discard?: number
  restore?: number
  deactivate?: boolean
  delete?: number
  compare?: number
  with?: string
  export?: number
  to?: string
}

/** What can be asked instead of a new version, by the names of the options. */
export const ACTIONS = ['list', 'keep', 'discard', 'restore', 'deactivate', 'delete', 'compare', 'export'] as const

export function versionOptions(command: Command): Command {
  const action = (flags: string, about: string): Option => new Option(flags, about)
  const numbered = (flags: string, about: string): Option =>
    action(flags, about).argParser(whole(1, Number.MAX_SAFE_INTEGER))
  const options = [
    action('--list', 'only list the versions of the writer'),
    numbered('--keep <version>', 'keep a candidate: it reads the writer from now on'),
    numbered('--discard <version>', 'discard a candidate; its report stays'),
    numbered('--restore <version>', 'let a kept version read the writer again'),
    action('--deactivate', 'let no version read the writer; the versions stay'),
    numbered('--delete <version>', 'delete a version with its report'),
    numbered(
      '--compare <version>',
      'read, with the version and with another model, the words that neither was trained on',
    ),
    numbered('--export <version>', 'write a version’s weights and card into the folder that --to names'),
  ]
  for (const option of options)
    command.addOption(
      option.conflicts([...ACTIONS.filter((name) => name !== option.attributeName()), 'resume', 'accept']),
    )
  return command
    .option('--with <id or name>', 'the model to compare with; by default the one that the version was made from')
    .option('--to <folder>', 'where to export to')
}

/** Does what is asked about versions that are there. Resolves to false where nothing is. */
export async function manageVersions(
  api: Api,
  terminal: Terminal,
  options: VersionOptions,
  writer: Writer,
): Promise<boolean> {
  const say = (value: unknown, text: string): true => (print(terminal, options, value, text), true)
  const find = (version: number): Promise<Adaptation> => findVersion(api, writer, version)
  if (options.list) return await listVersions(api, say, writer)
  if (options.keep !== undefined) {
    const kept = await api.request('adapt.keep', { id: (await find(options.keep)).id })
    return say(kept, acceptedText(kept))
  }
  if (options.discard !== undefined) {
    const discarded = await api.request('adapt.discard', { id: (await find(options.discard)).id })
    return say(discarded, `Version ${discarded.version} of ${writer.name} was discarded; its report stays.`)
  }
  if (options.restore !== undefined) {
    const restored = await api.request('adapt.restore', { id: (await find(options.restore)).id })
    return say(restored, `Version ${restored.version} reads ${writer.name} from now on.`)
  }
  if (options.deactivate) {
    const choice = await api.request('adapt.deactivate', { writerId: writer.id })
    return say(choice, `No version reads ${writer.name} now. Model: ${choice.model?.name ?? 'none'}. ${choice.reason}`)
  }
  if (options.delete !== undefined) {
    const { id, version } = await find(options.delete)
    await api.request('adapt.delete', { id })
    return say({ deleted: version }, `Version ${version} of ${writer.name} was deleted.`)
  }
  if (options.compare !== undefined) return await compareVersion(api, say, options.with, await find(options.compare))
  if (options.export !== undefined) {
    if (options.to === undefined)
      throw new KalamosError('invalid-input', 'No folder to export to was given.', 'Name a folder with --to.')
    const folder = resolve(options.to)
    const { files } = await api.request('adapt.export', { id: (await find(options.export)).id, path: folder })
    return say({ folder, files }, `Written into ${folder}: ${files.join(', ')}`)
  }
  return false
}

export function acceptedText({ version, writerName }: Adaptation): string {
  return `Version ${version} is kept and reads ${writerName} from now on.`
}

/** A version of a writer by its number. Throws `not-found`. */
export async function findVersion(api: Api, writer: Writer, version: number): Promise<Adaptation> {
  const versions = await api.request('adapt.list', { writerId: writer.id })
  const found = versions.find((one) => one.version === version)
  if (found) return found
  const known = versions
    .map((one) => `version ${one.version}`)
    .reverse()
    .join(', ')
  throw new KalamosError(
    'not-found',
    `${writer.name} has no version ${version}.`,
    known === '' ? 'None has been made yet.' : `There is ${known}.`,
  )
}

/** The one figure of a comparison that a list has room for. */
function shortly({ cer, accuracy }: Comparison): string {
  const { before, after } = accuracy ?? cer
  return `${accuracy ? 'right' : 'CER'} ${percent(before.value)} to ${percent(after.value)}`
}

type Say = (value: unknown, text: string) => true

async function listVersions(api: Api, say: Say, writer: Writer): Promise<true> {
  const versions = await api.request('adapt.list', { writerId: writer.id })
  const { reason } = await api.request('adapt.modelFor', { writerId: writer.id })
  const rows = versions.map(({ version, recipe, state, active, words, report }) => [
    String(version),
    recipe,
    active ? `${state}, active` : state,
    String(words),
    report ? shortly(report.own) : '',
  ])
  return say(
    versions,
    `${table(['VERSION', 'RECIPE', 'STATE', 'WORDS', 'RESULT'], rows)}\nReads ${writer.name}: ${reason}`,
  )
}

async function compareVersion(
  api: Api,
  say: Say,
  wanted: string | undefined,
  { writerId, writerName, version, modelId, from }: Adaptation,
): Promise<true> {
  if (modelId === null)
    throw new KalamosError(
      'conflict',
      `Version ${version} of ${writerName} has no model.`,
      'Choose a version that was kept, or a candidate.',
    )
  const other =
    wanted === undefined ? from : await findModel(api, wanted).then(({ id, name }) => ({ modelId: id, name }))
  if (other === null)
    throw new KalamosError(
      'not-found',
      `The model that version ${version} of ${writerName} was made from was deleted.`,
      'Name another one with --with.',
    )
  const compared = await api.request('adapt.compare', { writerId, before: other.modelId, after: modelId })
  return say(compared, comparisonText(compared, other.name, `version ${version}`))
}
