import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { createApp } from '../../src/main/app/app.ts'
import { readLog } from '../../src/main/log/read.ts'
import { endInOrder } from '../../src/main/process/uncaught.ts'
import { openStore } from '../../src/main/store/index.ts'
import { temporaryFolder } from '../store/fixtures.ts'

const cli = fileURLToPath(new URL('../../src/main/entrypoints/cli.ts', import.meta.url))

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

interface Recording {
  child: ChildProcess
  database: string
  log: string
  /** What it said on stderr. */
  said: () => string
  /** Resolves once it has begun to say what is to be written. */
  prompted: Promise<unknown>
}

/** Records with a virtual pen in the terminal, as a process of its own. `beside` is a module that runs in it. */
function record(beside = ''): Recording {
  const folder = temporaryFolder()
  mkdirSync(folder, { recursive: true })
  const module = join(folder, 'beside.mjs')
  writeFileSync(module, beside)
  const database = join(folder, 'pens.db')
  const args = [
    '--import',
    pathToFileURL(module).href,
    cli,
    'record',
    '--device',
    'virtual:3',
    '--writer',
    'w01',
    '--prompts',
    'first-minutes',
    '--database',
    database,
  ]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, XDG_DATA_HOME: folder, APPDATA: folder, HOME: folder },
  })
  children.push(child)
  let said = ''
  child.stderr!.on('data', (text: Buffer) => (said += text.toString()))
  const log = join(
    folder,
    process.platform === 'darwin' ? 'Library/Application Support/kalamos' : 'kalamos',
    'logs',
    'kalamos.log',
  )
  return { child, database, log, said: () => said, prompted: once(child.stderr!, 'data') }
}

/** The recordings that a session left, by what became of them. */
function left(database: string): { states: string[]; frames: number } {
  const store = openStore(database, { readOnly: true })
  try {
    const recordings = store.recordings.list({}, 0, 100).recordings
    return {
      states: recordings.map(({ state }) => state),
      frames: recordings.reduce((sum, { frames }) => sum + frames, 0),
    }
  } finally {
    store.close()
  }
}

/** Waits until the first word is being written. */
async function writing(database: string): Promise<void> {
  await expect.poll(() => left(database).frames, { timeout: 20_000, interval: 100 }).toBeGreaterThan(0)
}

describe('an error that reached nobody', { timeout: 60_000 }, () => {
  it.each([
    ['thrown in a timer', 'throw new TypeError("x")', 'an error reached nobody: TypeError'],
    ['a rejected promise', 'void Promise.reject(new Error("x"))', 'a promise was rejected and nobody heard: Error'],
  ])(
    '(%s) ends the process with code 1, after what was recorded is kept, and is in the log with its stack',
    async (_, defect, entry) => {
      const { child, database, log, said, prompted } = record(`process.on('SIGUSR2', () => { ${defect} })`)
      await prompted
      await writing(database)
      child.kill('SIGUSR2')
      expect(await once(child, 'exit')).toEqual([1, null])
      expect(said()).toContain('has to end because of a defect')
      expect(said()).toContain(log)
      const entries = readLog(log, 'error', 500)
      expect(entries[0]!.text).toMatch(new RegExp(`^${entry}\\n\\s+at .*beside\\.mjs`))
      expect(readLog(log, 'info', 500).map(({ text }) => text)).toEqual(
        expect.arrayContaining([expect.stringMatching(/^a session has ended/), 'the app is closed']),
      )
      expect(left(database).states).not.toContain('recording')
    },
  )

  it('lets the windows know, and ends every app of the process in order', async () => {
    const app = await createApp({ databasePath: join(temporaryFolder(), 'pens.db'), entryPoint: 'browser' })
    const told: string[] = []
    app.listen('system.failing', () => told.push('failing'))
    app.listen('record.changed', () => told.push('session ended'))
    const writer = await app.request('writers.create', { name: 'w01', handedness: 'right', virtual: true })
    const { id } = await app.request('devices.addVirtual', { seed: 1, handedness: 'any' })
    await app.request('devices.open', { deviceId: id })
    await app.request('record.start', { deviceId: id, writerId: writer.id, prompts: ['ab'], advance: 'key' })
    await endInOrder()
    expect(told).toEqual(['failing', 'session ended'])
    expect(() => app.store.writers.list()).toThrow()
  })
})

describe('a terminal that is gone', { timeout: 60_000 }, () => {
  it('ends no session by closing stderr: it goes on', async () => {
    const { child, database, prompted } = record()
    await prompted
    child.stderr!.destroy()
    await expect
      .poll(() => left(database).states.filter((state) => state === 'finished').length, {
        timeout: 40_000,
        interval: 200,
      })
      .toBeGreaterThan(0)
    expect(child.exitCode).toBeNull()
    child.kill('SIGTERM')
    await once(child, 'exit')
  })

  it('ends a session in order when it hangs up', async () => {
    const { child, database, log, prompted } = record()
    await prompted
    await writing(database)
    child.kill('SIGHUP')
    const [code] = (await once(child, 'exit')) as [number | null]
    expect(code).toBe(130)
    expect(readLog(log, 'info', 500).map(({ text }) => text)).toContain('the app is closed')
    expect(left(database).states).not.toContain('recording')
  })
})
