import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import type { Api } from '../../shared/api.ts'
import type { RecorderState } from '../../shared/api/recordings.ts'
import { KalamosError } from '../../shared/errors.ts'
import { DEVICE_HELP, onDeviceEnd, openDevice, type DeviceChoice } from './device.ts'
import { print, throwIfCancelled, until, type CommonOptions, type Terminal } from './terminal.ts'
import { decimal, oneOf, verb, type Tools } from './verb.ts'

type Options = CommonOptions &
  DeviceChoice & { writer: string; handedness: 'right' | 'left' | 'unknown'; prompts?: string; promptFile?: string; advance: 'pause' | 'key' }

/** After a replay has played its last frame, its last word may still be ending. */
const LAST_WORD_MS = 2000

/** `record`: a prompted session in the terminal. */
export function recordVerb({ terminal, withApp }: Tools): Command {
  return verb('record', 'Record a prompted session. Enter ends a word, r asks for the last one again, s skips, q stops.', [
    'record --device serial:/dev/ttyACM0 --profile ximu3 --writer w01 --prompts first-minutes',
    'record --device replay:digits.ndjson.gz --speed 10 --writer w01 --prompt-file digits.txt --json',
  ])
    .requiredOption('--device <device>', DEVICE_HELP)
    .requiredOption('--writer <name>', 'pseudonym of the writer; made where it is new')
    .option('--handedness <hand>', 'of a new writer', oneOf(['right', 'left', 'unknown']), 'unknown')
    .option('--prompts <list>', 'a list of prompts that ships with the app')
    .option('--prompt-file <file>', 'a text file with one prompt a line')
    .option('--advance <how>', 'pause: a word ends after a rest; key: only Enter ends it', oneOf(['pause', 'key']), 'pause')
    .option('--profile <id>', 'the device profile to open it with')
    .option('--speed <times>', 'of a replay, against real time', decimal(0.1, 1000), 1)
    .action((options: Options) =>
      withApp(options, async ({ api }) => {
        const prompts = await promptsOf(api, options)
        const writer = await findOrCreateWriter(api, options)
        const device = await openDevice(api, options)
        const state = await recordSession(api, terminal, { deviceId: device.id, writerId: writer.id, prompts, advance: options.advance })
        const { sessionId, recordedIds, skipped, lostFrames } = state
        const result = { sessionId, recordings: recordedIds.length, prompts: prompts.length, skipped: skipped.length, lostFrames, recordingIds: recordedIds }
        print(terminal, options, result, `Session ${sessionId}: ${recordedIds.length} of ${prompts.length} prompts recorded, ${skipped.length} skipped, ${lostFrames} frames lost.`)
        throwIfCancelled(terminal.signal)
      }),
    )
}

interface Order {
  deviceId: string
  writerId: number
  prompts: string[]
  advance: 'pause' | 'key'
}

async function recordSession(api: Api, terminal: Terminal, order: Order): Promise<RecorderState> {
  let shown = -1
  let state = await api.request('record.start', order)
  const show = (): void => {
    if (state.problem) terminal.err(`${state.problem.message} ${state.problem.hint}\n`)
    if (state.index === shown || state.phase === 'done') return
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
    void obeyKeys(api, terminal, follow, settle)
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

async function obeyKeys(api: Api, terminal: Terminal, follow: (state: RecorderState) => void, stop: () => void): Promise<void> {
  for await (const key of terminal.keys() ?? []) {
    if (key === 'q') return stop()
    const request = key === '\r' || key === '\n' ? 'record.next' : key === 'r' ? 'record.redo' : key === 's' ? 'record.skip' : null
    if (request === null) continue
    try {
      follow(await api.request(request, {}))
    } catch (error) {
      terminal.err(`${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
}

async function promptsOf(api: Api, { prompts, promptFile }: Options): Promise<string[]> {
  if (promptFile !== undefined) return readPrompts(promptFile)
  const lists = await api.request('prompts.lists', {})
  const list = lists.find(({ id, name }) => id === prompts || name === prompts)
  if (list) return list.prompts
  throw new KalamosError(
    'not-found',
    prompts === undefined ? 'Nothing says what is to be written.' : `There is no list of prompts called ${prompts}.`,
    `Give --prompt-file <file>, or --prompts with one of ${lists.map(({ id }) => id).join(', ')}.`,
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
