import type { Command } from 'commander'
import type { Api } from '../../../shared/api.ts'
import { ORIGINS, type RecordingFilter } from '../../../shared/api/recordings.ts'
import type { Writer } from '../../../shared/api/writers.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { oneOf, whole } from './verb.ts'

export interface FilterOptions {
  writer?: string
  session?: number
  pen?: string
  file?: string
  tag?: string
  origin?: RecordingFilter['origin']
}

/** Adds the options that choose recordings. */
export function filterOptions(command: Command): Command {
  return command
    .option('--writer <name>', 'only recordings of this writer')
    .option('--session <id>', 'only recordings of this session', whole(1, Number.MAX_SAFE_INTEGER))
    .option('--pen <name>', 'only recordings of the pen or device of this name')
    .option('--file <name>', 'only recordings imported from the file or folder of this name')
    .option('--tag <tag>', 'only recordings with this tag')
    .option(
      '--origin <origin>',
      'real (what people wrote), recorded (here), imported, re-enacted (a person’s path, simulated sensors), or ' +
        'virtual',
      oneOf(ORIGINS),
    )
}

/**
 * The filter of the contract for these options. Throws `not-found` for a writer, pen, file or tag that is not there.
 */
export async function filterOf(
  api: Api,
  { writer, session, pen, file, tag, origin }: FilterOptions,
): Promise<RecordingFilter> {
  const known =
    pen === undefined && file === undefined && tag === undefined ? undefined : await api.request('review.choices', {})
  if (pen !== undefined)
    mustBe(
      'pen',
      pen,
      known?.devices.map(({ name }) => name),
    )
  if (file !== undefined)
    mustBe(
      'imported file',
      file,
      known?.files.map(({ name }) => name),
    )
  if (tag !== undefined)
    mustBe(
      'tag',
      tag,
      known?.tags.map((one) => one.tag),
    )
  return {
    ...(writer === undefined ? {} : { writerId: (await findWriter(api, writer)).id }),
    ...(session === undefined ? {} : { sessionId: session }),
    ...(pen === undefined ? {} : { device: pen }),
    ...(file === undefined ? {} : { file }),
    ...(tag === undefined ? {} : { tag }),
    ...(origin === undefined ? {} : { origin }),
  }
}

function mustBe(kind: string, name: string, known: readonly string[] = []): void {
  if (!known.includes(name))
    throw new KalamosError(
      'not-found',
      `There is no ${kind} ${name} among the recordings.`,
      `There are ${known.join(', ') || 'none yet'}.`,
    )
}

/** The writer of a name. Throws `not-found` with the writers there are. */
export async function findWriter(api: Api, name: string): Promise<Writer> {
  const writers = await api.request('writers.list', {})
  const found = writers.find((writer) => writer.name === name)
  if (found) return found
  throw new KalamosError(
    'not-found',
    `There is no writer ${name}.`,
    `There are ${writers.map((writer) => writer.name).join(', ') || 'none yet'}.`,
  )
}
