import type { Command } from 'commander'
import type { Api } from '../../shared/api.ts'
import type { RecordingFilter } from '../../shared/api/recordings.ts'
import type { Writer } from '../../shared/api/writers.ts'
import { KalamosError } from '../../shared/errors.ts'
import { whole } from './verb.ts'

export interface FilterOptions {
  writer?: string
  session?: number
}

/** Adds the options that choose recordings. */
export function filterOptions(command: Command): Command {
  return command
    .option('--writer <name>', 'only recordings of this writer')
    .option('--session <id>', 'only recordings of this session', whole(1, Number.MAX_SAFE_INTEGER))
}

/** The filter of the contract for these options. Throws `not-found` for a writer that is not there. */
export async function filterOf(api: Api, { writer, session }: FilterOptions): Promise<RecordingFilter> {
  return {
    ...(writer === undefined ? {} : { writerId: (await findWriter(api, writer)).id }),
    ...(session === undefined ? {} : { sessionId: session }),
  }
}

/** The writer of a name. Throws `not-found` with the writers there are. */
export async function findWriter(api: Api, name: string): Promise<Writer> {
  const writers = await api.request('writers.list', {})
  const found = writers.find((writer) => writer.name === name)
  if (found) return found
  throw new KalamosError('not-found', `There is no writer ${name}.`, `There are ${writers.map((writer) => writer.name).join(', ') || 'none yet'}.`)
}
