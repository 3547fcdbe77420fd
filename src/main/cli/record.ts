import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Api, Input } from '../../shared/api.ts'
import type { RecorderState } from '../../shared/api/recordings.ts'
import { KalamosError } from '../../shared/errors.ts'
import { Interludes } from './interlude.ts'
import { DEVICE_HELP, onDeviceEnd, openDevice, type DeviceChoice } from './device.ts'
import { print, throwIfCancelled, until, type CommonOptions, type Terminal } from './terminal.ts'
import { decimal, oneOf, verb, type Tools } from './verb.ts'

type Options = CommonOptions &
  DeviceChoice & { writer: string; handedness: 'right' | 'left' | 'unknown'; prompts?: string; promptFile?: string; protocol?: string; surface?: string; advance: 'pause' | 'key' }

/** After a replay has played its last frame, its last word may still be ending. */
const LAST_WORD_MS = 2000

/** `record`: a prompted session in the terminal. */
export function recordVerb({ terminal, withApp }: Tools): Command {
  return verb('record', 'Record a prompted session. Enter ends a word, r asks for the last one again, s skips, q stops.', [
    'record --device serial:/dev/ttyACM0 --profile ximu3 --writer w01 --prompts first-minutes',
    'record --device replay:digits.ndjson.gz --speed 10 --writer w01 --prompt-file digits.txt --json',
    'record --device serial:/dev/ttyACM0 --writer w01 --protocol study.yaml --surface "80 g paper"',
  ])
    .requiredOption('--device <device>', DEVICE_HELP)
    .requiredOption('--writer <name>', 'pseudonym of the writer; made where it is new')
    .option('--handedness <hand>', 'of a new writer', oneOf(['right', 'left', 'unknown']), 'unknown')
    .option('--prompts <list>', 'a list of prompts that ships with the app')
    .option('--prompt-file <file>', 'a text file with one prompt a line')
    .option('--protocol <file or id>', 'the protocol to run by: a YAML file, or one of the list')
    .option('--surface <text>', 'what is written on')
    .option('--advance <how>', 'without a protocol; pause: a word ends after a rest; key: only Enter ends it', oneOf(['pause', 'key']), 'pause')
    .option('--profile <id>', 'the device profile to open it with')
    .option('--speed <times>', 'of a replay, against real time', decimal(0.1, 1000), 1)
    .action((options: Options) =>
      withApp(options, async ({ api }) => {
        const what = await whatIsWritten(api, options)
        const writer = await findOrCreateWriter(api, options)
        const device = await openDevice(api, options)
        const state = await recordSession(api, terminal, { deviceId: device.id, writerId: writer.id, ...what, ...(options.surface === undefined ? {} : { surface: options.surface }) })
        const { sessionId, prompts, protocol, recordedIds, skipped, lostFrames } = state
        const result = { sessionId, protocol, recordings: recordedIds.length, prompts: prompts.length, skipped: skipped.length, lostFrames, recordingIds: recordedIds }
        print(terminal, options, result, `Session ${sessionId}: ${recordedIds.length} of ${prompts.length} prompts recorded, ${skipped.length} skipped, ${lostFrames} frames lost.`)
        throwIfCancelled(terminal.signal)
      }),
    )
}

async function recordSession(api: Api, terminal: Terminal, order: Input<'record.start'>): Promise<RecorderState> {
  let shown = -1
  let state = await api.request('record.start', order)
  const interludes = new Interludes(api, terminal)
  const show = (): void => {
    if (state.problem) terminal.err(`${state.problem.message} ${state.problem.hint}\n`)
    interludes.show(state)
    if (state.interlude !== null || state.index === shown || state.phase === 'done') return
    shown = state.index
    terminal.err(`${state.index + 1}/${state.prompts.length}  ${state.prompts[state.index]}\n`)
  }
  show()
  await until(terminal.signal, (settle) => {
    let last: NodeJS.Timeout | undefined
    const follow = (next: RecorderState | null): void => {
      if (next) state = next
      if (next === null || state.phase === 'done') settle()
      else show()
    }
    void obeyKeys(api, terminal, { state: () => state, interludes, follow, stop: settle })
    return [
      api.on('record.changed', follow),
      onDeviceEnd(api, order.deviceId, () => (last = setTimeout(settle, LAST_WORD_MS))),
      () => clearTimeout(last),
    ]
  })
  state = (await api.request('record.state', {})) ?? state
  await api.request('record.stop', {})
  return state
}

interface Obeying {
  state(): RecorderState
  interludes: Interludes
  follow(state: RecorderState): void
  stop(): void
}

async function obeyKeys(api: Api, terminal: Terminal, { state, interludes, follow, stop }: Obeying): Promise<void> {
  for await (const key of terminal.keys() ?? []) {
    const { interlude } = state()
    // An answer in free words may have a q in it.
    if (key === 'q' && interlude?.kind !== 'questions') return stop()
    try {
      const next = interlude === null ? await press(api, key) : await interludes.press(key, interlude)
      if (next !== null) follow(next)
    } catch (error) {
      terminal.err(`${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
}

async function press(api: Api, key: string): Promise<RecorderState | null> {
  const request = key === '\r' || key === '\n' ? 'record.next' : key === 'r' ? 'record.redo' : key === 's' ? 'record.skip' : null
  return request === null ? null : api.request(request, {})
}

/** By a protocol, which is read first where it is a file, or by plain prompts. Throws `invalid-input` where both are said. */
async function whatIsWritten(api: Api, options: Options): Promise<Pick<Input<'record.start'>, 'protocolId' | 'prompts' | 'advance'>> {
  const { protocol, prompts, promptFile, advance } = options
  if (protocol === undefined) return { prompts: await promptsOf(api, options), advance }
  if (prompts !== undefined || promptFile !== undefined) {
    throw new KalamosError('invalid-input', 'A protocol says itself what is to be written.', 'Leave --prompts and --prompt-file out, or --protocol.')
  }
  const file = resolve(protocol)
  return { protocolId: existsSync(file) || /\.ya?ml$/i.test(protocol) ? (await api.request('protocols.import', { path: file })).id : protocol }
}

async function promptsOf(api: Api, { prompts, promptFile }: Options): Promise<string[]> {
  if (promptFile !== undefined) return readPrompts(promptFile)
  const lists = await api.request('prompts.lists', {})
  const list = lists.find(({ id, name }) => id === prompts || name === prompts)
  if (list) return list.prompts
  throw new KalamosError(
    'not-found',
    prompts === undefined ? 'Nothing says what is to be written.' : `There is no list of prompts called ${prompts}.`,
    `Give --protocol <file>, --prompt-file <file>, or --prompts with one of ${lists.map(({ id }) => id).join(', ')}.`,
  )
}

function readPrompts(file: string): string[] {
  try {
    const lines = readFileSync(file, 'utf8').split(/\r?\n/).map((line) => line.trim())
    return lines.filter((line) => line !== '')
  } catch (error) {
    throw new KalamosError('not-found', `The prompts cannot be read from ${file}.`, 'Give a text file with one prompt a line.', { cause: error })
  }
}

async function findOrCreateWriter(api: Api, { writer: name, handedness }: Options): Promise<{ id: number }> {
  const known = (await api.request('writers.list', {})).find((writer) => writer.name === name)
  return known ?? api.request('writers.create', { name, handedness })
}
