import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterFile } from '../cleaning.ts'

/** What came of a run of the whole app, by the names of the steps. */
export interface Journey {
  /**
   * Modules that were loaded when the window stood there, and when a word was read; the parts behind `node_modules/`.
   */
  loadedAtStart: string[]
  loadedAfterReading: string[]
  info: unknown
  findings: { name: string; ok: boolean; detail: string }[]
  run: unknown
  readings: unknown
  /** How often the system was kept from sleeping, and for how many reasons it still is after the training. */
  awake: { times: number; now: number }
  image: unknown
  prompt: string
  exitCode: number
}

/**
 * Runs an installed app from its main bundle to its end, under the fake Electron: opens the window, asks, trains,
 * reads, draws, opens the writer's window, quits. `resources` holds the folder `app.asar`, extracted, and
 * `app.asar.unpacked`. `database` holds recordings to train on. Throws with what the app said where it did not come to
 * its end.
 */
export async function travel(resources: string, database: string): Promise<Journey> {
  const execArgv = [
    '--preserve-symlinks',
    '--preserve-symlinks-main',
    '--import',
    new URL('./register.ts', import.meta.url).href,
  ]
  const child = fork(new URL('./journey.ts', import.meta.url), ['--database', database], {
    execArgv,
    env: { ...process.env, KALAMOS_RESOURCES: resources },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
  let said = ''
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  let journey: Journey | undefined
  child.on('message', (message) => (journey = message as Journey))
  await once(child, 'close')
  if (journey === undefined) throw new Error(`the app did not come to its end:\n${said}`)
  return journey
}

/**
 * The folders of an installed app, made of a built checkout by links: all of it is in the archive, and all of it
 * beside.
 */
export function linkedLayout(checkout: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-installed-'))
  afterFile(() => rmSync(folder, { recursive: true, force: true }))
  const resources = join(folder, 'resources')
  mkdirSync(resources)
  for (const name of ['app.asar', 'app.asar.unpacked']) symlinkSync(checkout, join(resources, name), 'dir')
  return resources
}
