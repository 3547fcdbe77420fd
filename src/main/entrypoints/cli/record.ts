import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Api, Input } from '../../../shared/api.ts'
import type { SaidEncoding } from '../../../shared/encoding.ts'
import type { RecorderState } from '../../../shared/api/recordings.ts'
import { writesVirtually } from '../../../shared/api/devices.ts'
import { KalamosError } from '../../../shared/errors.ts'
import { after } from '../../process/background.ts'
import { readForeign } from '../../files/foreign-file.ts'
import { decodeText, linesOf } from '../../files/text/decode.ts'
import { SessionSteps } from './session-step.ts'
import { DEVICE_HELP, onDeviceEnd, openDevice, type DeviceChoice } from './device.ts'
import { findModel } from './evaluate.ts'
import { print, throwIfCancelled, until, type CommonOptions, type Terminal } from './terminal.ts'
import { obeyKeys } from './session-keys.ts'
import { SessionLines } from './session-lines.ts'
import { decimal, encodingOption, oneOf, verb, whole, type Tools } from './verb.ts'

type Options = CommonOptions &
  DeviceChoice & {
    writer?: string
    resume?: number
    handedness: 'right' | 'left' | 'unknown'
    prompts?: string
    promptFile?: string
    encoding?: SaidEncoding
    protocol?: string
    surface?: string
    model?: string
    advance: 'pause' | 'key'
  }

/** After a replay has played its last frame, its last word may still be ending. */
const LAST_WORD_MS = 2000
const PROMPT_BYTES_MAX = 4 * 1024 * 1024

/** `record`: a prompted session in the terminal. */
export function recordVerb({ terminal, withApp }: Tools): Command {
  return verb(
    'record',
    'Record a prompted session. Enter ends a word, r repeats the last one, s skips, b takes a break, n writes a ' +
      'note, q stops.',
    [
      'record --device serial:/dev/ttyACM0 --profile ximu3 --writer w01 --prompts first-minutes',
      'record --device replay:digits.ndjson.gz --speed 10 --writer w01 --prompt-file digits.txt --json',
      'record --device serial:/dev/ttyACM0 --writer w01 --protocol study.yaml --surface "80 g paper"',
      'record --device serial:/dev/ttyACM0 --resume 12',
    ],
  )
    .requiredOption('--device <device>', DEVICE_HELP)
    .option('--writer <name>', 'pseudonym of the writer; created if new')
    .option('--resume <session>', 'continue an interrupted session, by its number', whole(1, Number.MAX_SAFE_INTEGER))
    .option('--handedness <hand>', 'of a new writer', oneOf(['right', 'left', 'unknown']), 'unknown')
    .option('--prompts <list>', 'a list of prompts that ships with the app')
    .option('--prompt-file <file>', 'a text file with one prompt per line')
    .addOption(encodingOption())
    .option('--protocol <file or id>', 'the protocol: a YAML file, or the id of one in the list')
    .option('--surface <text>', 'what is written on')
    .option(
      '--advance <how>',
      'without a protocol: pause: a word ends after a rest; key: only Enter ends it',
      oneOf(['pause', 'key']),
      'pause',
    )
    .option('--model <id or name>', 'a model that checks whether each word is what its label says; by default none')
    .option('--profile <id>', 'the device profile to open it with')
    .option('--speed <times>', 'speed of a replay; 1 is real time', decimal(0.1, 1000), 1)
    .action((options: Options) =>
      withApp(options, async ({ api }) => {
        const begin = await sessionOf(api, options)
        const model = options.model === undefined ? undefined : await findModel(api, options.model)
        const { id: deviceId } = await openDevice(api, options, terminal.signal)
        const state = await recordSession(api, terminal, deviceId, () =>
          begin({ deviceId, ...(model === undefined ? {} : { modelId: model.id }) }),
        )
        const { sessionId, prompts, protocol, recordedIds, skipped, lostFrames, tally } = state
        const result = {
          sessionId,
          protocol,
          recordings: recordedIds.length,
          prompts: prompts.length,
          skipped: skipped.length,
          lostFrames,
          tally,
          recordingIds: recordedIds,
        }
        print(
          terminal,
          options,
          result,
          `Session ${sessionId}: ${recordedIds.length} of ${prompts.length} prompts recorded, ${skipped.length} ` +
            `skipped, ${lostFrames} frames lost; ${tally.good} good, ${tally.check} to check, ${tally.redo} to ` +
            'redo.',
        )
        throwIfCancelled(terminal.signal)
      }),
    )
}

async function recordSession(
  api: Api,
  terminal: Terminal,
  deviceId: string,
  begin: () => Promise<RecorderState>,
): Promise<RecorderState> {
  let state = await begin()
  const sessionSteps = new SessionSteps(api, terminal)
  const lines = new SessionLines((text) => terminal.err(`${text}\n`))
  const show = (): void => {
    lines.verdicts(state)
    sessionSteps.show(state)
    lines.prompt(state)
  }
  show()
  await until(terminal.signal, (settle, fail) => {
    let last: NodeJS.Timeout | undefined
    const follow = (next: RecorderState | null): void => {
      if (next) state = next
      show()
      if (next === null || state.phase === 'done') settle()
    }
    obeyKeys(api, terminal, { state: () => state, sessionSteps, follow, stop: settle }).catch(fail)
    return [
      api.on('record.changed', follow),
      onDeviceEnd(api, deviceId, () => (last = after(LAST_WORD_MS, 'entrypoint', 'a session could not end', settle))),
      () => clearTimeout(last),
    ]
  })
  state = (await api.request('record.state', {})) ?? state
  await api.request('record.stop', {})
  return state
}

/**
 * How the session is begun: anew for a writer, or where an interrupted one stopped. Throws `invalid-input` where
 * neither or both are said, and what finding throws.
 */
async function sessionOf(
  api: Api,
  options: Options,
): Promise<(on: { deviceId: string; modelId?: number }) => Promise<RecorderState>> {
  const { resume, writer: name, surface } = options
  if (resume !== undefined) {
    const said = [name, options.protocol, options.prompts, options.promptFile, surface].some(
      (option) => option !== undefined,
    )
    if (said)
      throw new KalamosError(
        'invalid-input',
        'A resumed session already has its writer, prompts and surface.',
        'Give only --device and --resume.',
      )
    return (on) => api.request('record.resume', { sessionId: resume, ...on })
  }
  if (name === undefined)
    throw new KalamosError('invalid-input', 'No writer was given.', 'Give --writer <name>, or --resume <session>.')
  const what = await whatIsWritten(api, options)
  return async (on) => {
    const device = (await api.request('devices.list', {})).find(({ id }) => id === on.deviceId)
    const virtual = device !== undefined && writesVirtually(device)
    const writer = await findOrCreateWriter(api, name, { handedness: options.handedness, virtual })
    return api.request('record.start', {
      ...on,
      writerId: writer.id,
      ...what,
      ...(surface === undefined ? {} : { surface }),
    })
  }
}

/**
 * By a protocol, which is read first where it is a file, or by plain prompts. Throws `invalid-input` where both are
 * said.
 */
async function whatIsWritten(
  api: Api,
  options: Options,
): Promise<Pick<Input<'record.start'>, 'protocolId' | 'prompts' | 'advance'>> {
  const { protocol, prompts, promptFile, encoding, advance } = options
  if (protocol === undefined) return { prompts: await promptsOf(api, options), advance }
  if (prompts !== undefined || promptFile !== undefined) {
    throw new KalamosError(
      'invalid-input',
      'A protocol already says what is to be written.',
      'Leave out --prompts and --prompt-file, or --protocol.',
    )
  }
  const file = resolve(protocol)
  return {
    protocolId:
      existsSync(file) || /\.ya?ml$/i.test(protocol)
        ? (await api.request('protocols.import', { path: file, ...(encoding === undefined ? {} : { encoding }) })).id
        : protocol,
  }
}

async function promptsOf(api: Api, { prompts, promptFile, encoding }: Options): Promise<string[]> {
  if (promptFile !== undefined) return readPrompts(promptFile, encoding)
  const lists = await api.request('prompts.lists', {})
  const list = lists.find(({ id, name }) => id === prompts || name === prompts)
  if (list) return list.prompts
  throw new KalamosError(
    'not-found',
    prompts === undefined
      ? 'It was not given what is to be written.'
      : `There is no list of prompts called ${prompts}.`,
    `Give --protocol <file>, --prompt-file <file>, or --prompts with one of ${lists.map(({ id }) => id).join(', ')}.`,
  )
}

function readPrompts(file: string, encoding: SaidEncoding | undefined): string[] {
  try {
    return linesOf(decodeText(file, readForeign(file, PROMPT_BYTES_MAX), encoding))
  } catch (error) {
    if (error instanceof KalamosError && error.code !== 'not-found') throw error
    throw new KalamosError(
      'not-found',
      `The prompts cannot be read from ${file}.`,
      'Give a text file with one prompt per line.',
      { cause: error },
    )
  }
}

async function findOrCreateWriter(
  api: Api,
  name: string,
  { handedness, virtual }: { handedness: Options['handedness']; virtual: boolean },
): Promise<{ id: number }> {
  const known = (await api.request('writers.list', {})).find((writer) => writer.name === name)
  return known ?? api.request('writers.create', { name, handedness, virtual })
}
