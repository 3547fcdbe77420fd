import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command, CommanderError } from 'commander'
import { errorShape, KalamosError } from '../../../shared/errors.ts'
import { createApi } from '../../../shared/api.ts'
import { inEnglish } from '../../../shared/messages/index.ts'
import { plain } from '../../../shared/plain.ts'
import { createApp, type App } from '../../app/app.ts'
import { examine } from '../../doctor/examine.ts'
import { defaultDatabase } from '../../files/database.ts'
import { logFolder } from '../../log/log-folder.ts'
import { log, openLog, type OpenLog } from '../../log/index.ts'
import { adaptVerb } from './adapt.ts'
import { backupVerb, restoreVerb } from './backup.ts'
import { devicesVerb } from './devices.ts'
import { doctorVerb } from './doctor.ts'
import { evaluateVerb } from './evaluate.ts'
import { experimentVerb } from './experiment.ts'
import { exportVerb } from './export.ts'
import { foldsVerb } from './folds.ts'
import { importVerb } from './import.ts'
import { judgeVerb } from './judge.ts'
import { protocolsVerb } from './protocols.ts'
import { recogniseVerb } from './recognise.ts'
import { recordVerb } from './record.ts'
import { reenactVerb } from './reenact.ts'
import { selfTestCommand } from './self-test.ts'
import { replayVerb } from './replay.ts'
import { serveVerb } from './serve.ts'
import { simulateVerb } from './simulate.ts'
import type { Terminal } from './terminal.ts'
import { trainVerb } from './train.ts'
import type { Tools } from './verb.ts'

const VERBS = [
  devicesVerb,
  protocolsVerb,
  recordVerb,
  importVerb,
  judgeVerb,
  exportVerb,
  foldsVerb,
  trainVerb,
  adaptVerb,
  evaluateVerb,
  recogniseVerb,
  replayVerb,
  selfTestCommand,
  serveVerb,
  simulateVerb,
  reenactVerb,
  experimentVerb,
  backupVerb,
  restoreVerb,
  doctorVerb,
]

/**
 * Runs one command line of the terminal entry point. Resolves with the exit code: 0, 1 after an error (said on stderr
 * with its way out), 2 where the command line itself is wrong, 130 after Ctrl-C.
 */
export async function runProgram(args: readonly string[], given: Terminal): Promise<number> {
  const terminal = plainTerminal(given)
  const program = new Command('kalamos')
    .description(
      'Record sensor-enhanced pens, train a handwriting recogniser per writer, read words as they are written.',
    )
    .helpOption('-h, --help', 'this text')
    .addHelpText('after', '\nEvery command has a --help of its own.')
  for (const make of VERBS) program.addCommand(make(toolsFor(terminal)))
  confine(program, terminal)
  let opened: OpenLog | undefined
  program.hook('preAction', (_program, command) => {
    opened = openLogFor(command, terminal)
    log('entrypoint').info('a command has begun', { verb: command.name() })
  })
  try {
    if (args.length === 0) program.help({ error: true })
    await program.parseAsync([...args], { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (!(error instanceof KalamosError)) log('entrypoint').error('a command has failed', error)
    const { code, message, hint } = inEnglish(errorShape(error))
    if (error instanceof KalamosError && code !== 'cancelled') log('entrypoint').warn('a command was refused', { code })
    terminal.err(`${message}${hint === undefined ? '' : `\n${hint}`}\n`)
    return code === 'cancelled' ? 130 : 1
  } finally {
    opened?.close()
  }
}

function openLogFor(command: Command, terminal: Terminal): OpenLog {
  const folder = logFolder()
  const { verbose = false } = command.opts<{ verbose?: boolean }>()
  return openLog({
    folder,
    entryPoint: command.name() === 'serve' ? 'browser' : 'terminal',
    verbose,
    ...(verbose ? { echo: (text: string) => terminal.err(text) } : {}),
    failed: (code) => terminal.err(`The log in ${folder} cannot be written (${code}). Kalamos continues without it.\n`),
  })
}

/** What is said to a terminal moves no cursor and sets no title, whatever a file or a pen is called. */
function plainTerminal(given: Terminal): Terminal {
  return {
    signal: given.signal,
    keys: () => given.keys(),
    out: (text) => given.out(plain(text)),
    err: (text) => given.err(plain(text)),
  }
}

function toolsFor(terminal: Terminal): Tools {
  const withApp: Tools['withApp'] = async (options, work) => {
    const databasePath = resolve(options.database)
    const app = await createApp({
      databasePath,
      entryPoint: options.entryPoint ?? 'terminal',
      examine: ({ store }) => examine({ databasePath, isOpenHere: true, newestSession: store.sessions.newestStart() }),
    })
    try {
      return await work({ app, api: apiOf(app), databasePath })
    } finally {
      await app.close()
    }
  }
  return {
    terminal,
    withApp,
    withRecordings: async (options, work) => {
      if (options.database !== defaultDatabase() && !existsSync(options.database)) {
        throw new KalamosError(
          'not-found',
          `There is no database ${resolve(options.database)}.`,
          'Check the path: this command needs a database with recordings.',
        )
      }
      return withApp(options, work)
    },
  }
}

/** The contract as the terminal uses it, which speaks English. */
function apiOf(app: App): ReturnType<typeof createApi> {
  return createApi({
    request: async (name, input) => inEnglish(await app.request(name, input)),
    subscribe: (event, listener) => app.listen(event, (payload) => listener(inEnglish(payload))),
  })
}

/**
 * What holds for every command: none ends the process or writes past the terminal, and each can be verbose. They do not
 * hand this down by themselves.
 */
function confine(command: Command, terminal: Terminal): void {
  command.exitOverride()
  command.configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) })
  command.showHelpAfterError('(--help says more)')
  if (command.parent !== null) command.option('--verbose', 'also print the log on stderr, with all details')
  for (const child of command.commands) confine(child, terminal)
}
