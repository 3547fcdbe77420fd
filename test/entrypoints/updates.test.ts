import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createApp, type App } from '../../src/main/app/app.ts'
import type { Question } from '../../src/main/entrypoints/electron/update-text.ts'
import { Updates, type Surroundings, type Updater } from '../../src/main/entrypoints/electron/updates.ts'
import type { Payload } from '../../src/shared/api.ts'
import type { RunState } from '../../src/shared/api/training.ts'

const DAY_MS = 24 * 3_600_000

/** electron-updater as it behaves towards the app, with a release at GitHub or none. Notes down what is asked of it. */
class FakeUpdater extends EventEmitter {
  autoDownload = true
  autoInstallOnAppQuit = true
  logger: Updater['logger'] = null
  readonly asked: string[] = []
  released: string | null = '0.2.0'
  failure: Error | null = null

  checkForUpdates = async () => {
    this.asked.push('check')
    if (this.failure) throw this.failure
    return { isUpdateAvailable: this.released !== null, updateInfo: { version: this.released ?? '0.1.0' } } as Awaited<
      ReturnType<Updater['checkForUpdates']>
    >
  }
  downloadUpdate = async (): Promise<string[]> => {
    this.asked.push('download')
    return []
  }
  quitAndInstall = (): void => {
    this.asked.push('install')
    if (this.failure) this.emit('error', this.failure)
  }
}

let folder: string
let kalamos: App
let updater: FakeUpdater
let questions: Question[]
let answers: boolean[]
let left: string[]
let notices: Payload<'system.notice'>[]
let updates: Updates
let loaded: number

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kalamos-updates-'))
  kalamos = await createApp({ databasePath: join(folder, 'pens.db'), entryPoint: 'window', updatesItself: true })
  // The app's own timers stay real: days of them would take long.
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval', 'clearInterval'] })
  ;[updater, questions, answers, left, notices, loaded] = [new FakeUpdater(), [], [], [], [], 0]
  kalamos.listen('system.notice', (notice) => void notices.push(notice))
})
afterEach(async () => {
  updates.stop()
  vi.useRealTimers()
  await kalamos.close()
  rmSync(folder, { recursive: true })
})

/** Starts the app with what the person will answer, in their order. */
async function start(over: Partial<Surroundings> = {}): Promise<void> {
  updates = new Updates({
    kalamos,
    load: async () => (loaded++, updater),
    ask: async (question) => (questions.push(question), answers.shift() ?? false),
    language: () => 'en',
    leave: async () => void left.push('closed'),
    reopen: () => left.push('opened again'),
    ...over,
  })
  await updates.round()
}

const switchOn = () => kalamos.request('system.setPreferences', { lookForUpdates: true })

/** Lets time go by, and what it set off come to its end. */
async function later(ms: number): Promise<void> {
  vi.advanceTimersByTime(ms)
  await updates.round()
}

describe('updates', () => {
  test('are off until a person switches them on: until then nothing of the updater is even loaded', async () => {
    await start()
    await later(3 * DAY_MS)
    expect(loaded).toBe(0)
    expect(updater.asked).toEqual([])
    await switchOn()
    await later(0)
    expect(updater.asked).toEqual(['check'])
  })

  test('are looked for at the start and once a day, and not any more once they are switched off', async () => {
    updater.released = null
    await switchOn()
    await start()
    expect(updater.asked).toEqual(['check'])
    await later(DAY_MS / 2)
    expect(updater.asked).toEqual(['check'])
    await later(DAY_MS / 2)
    expect(updater.asked).toEqual(['check', 'check'])
    await kalamos.request('system.setPreferences', { lookForUpdates: false })
    await later(5 * DAY_MS)
    expect(updater.asked).toEqual(['check', 'check'])
    expect(questions).toEqual([])
  })

  test('are downloaded and installed one after the other, each only after a yes, once everything is closed', async () => {
    await switchOn()
    answers = [true, true]
    await start()
    expect(questions.map(({ message, yes }) => [message, yes])).toEqual([
      ['Kalamos 0.2.0 is there.', 'Download'],
      ['Kalamos 0.2.0 is downloaded.', 'Install now'],
    ])
    expect(updater.asked).toEqual(['check', 'download', 'install'])
    expect(left).toEqual(['closed'])
    expect([updater.autoDownload, updater.autoInstallOnAppQuit]).toEqual([false, false])
  })

  test('that were not wanted are not downloaded, and not asked about again before the next start', async () => {
    await switchOn()
    await start()
    await later(3 * DAY_MS)
    expect(updater.asked).toEqual(['check', 'check'])
    expect(questions).toHaveLength(1)
    updater.released = '0.3.0'
    await later(DAY_MS)
    expect(questions).toHaveLength(2)
  })

  test('that were downloaded and put off are not installed', async () => {
    await switchOn()
    answers = [true, false]
    await start()
    await later(3 * DAY_MS)
    expect(updater.asked).not.toContain('install')
    expect(questions).toHaveLength(2)
  })

  test('are left alone while something is recorded, and come when that has ended', async () => {
    const { id: writerId } = await kalamos.request('writers.create', {
      name: 'w01',
      handedness: 'right',
      virtual: true,
    })
    const { id: deviceId } = await kalamos.request('devices.addVirtual', { seed: 1, handedness: 'right' })
    await kalamos.request('devices.open', { deviceId })
    const record = () => kalamos.request('record.start', { deviceId, writerId, prompts: ['ab'] })
    await record()
    await switchOn()
    await start()
    await updates.round()
    expect(updater.asked).toEqual([])
    await kalamos.request('record.stop', {})
    answers = [true, true]
    // The next recording begins while the update is downloaded.
    updater.downloadUpdate = async () => (await record(), updater.asked.push('download'), [])
    await updates.round()
    expect(updater.asked).toEqual(['check', 'download'])
    expect(questions).toHaveLength(1)
    await kalamos.request('record.stop', {})
    await updates.round()
    expect(updater.asked).toEqual(['check', 'download', 'install'])
  })

  test.each<RunState>(['queued', 'preparing', 'running'])('are left alone while a training is %s', async (state) => {
    const asked = kalamos.request.bind(kalamos) as (name: string, input: unknown) => Promise<unknown>
    kalamos.request = (async (name: string, input: unknown) =>
      name === 'runs.list' ? [{ state: 'finished' }, { state }] : asked(name, input)) as App['request']
    await switchOn()
    await start()
    await later(DAY_MS)
    expect(updater.asked).toEqual([])
  })

  test('that cannot be looked for are a calm line, and are looked for the next day', async () => {
    updater.failure = new Error('net::ERR_NAME_NOT_RESOLVED\nand where in the program')
    await switchOn()
    await start()
    expect(notices).toEqual([
      {
        level: 'info',
        message: 'Kalamos could not be updated: net::ERR_NAME_NOT_RESOLVED',
        hint: 'It looks again tomorrow, or when it is started again.',
      },
    ])
    updater.failure = null
    await later(DAY_MS)
    expect(questions).toHaveLength(1)
  })

  test('that cannot be installed open the app again as it was', async () => {
    await switchOn()
    answers = [true, true]
    await start({ leave: async () => ((updater.failure = new Error('no rights')), void left.push('closed')) })
    expect(left).toEqual(['closed', 'opened again'])
  })

  test('are asked about in the language of the window', async () => {
    await switchOn()
    await start({ language: () => 'de' })
    expect(questions[0]).toMatchObject({ message: 'Kalamos 0.2.0 ist da.', yes: 'Herunterladen', no: 'Jetzt nicht' })
  })
})

test('electron-updater gives its updater as the window takes it', async () => {
  expect(Object.getOwnPropertyDescriptor((await import('electron-updater')).default, 'autoUpdater')?.get).toBeTypeOf(
    'function',
  )
})

describe('what the window wants', () => {
  test('changes in the one thing that is wished, and stays in the others', async () => {
    await start()
    expect(await kalamos.request('system.preferences', {})).toEqual({
      language: 'system',
      lookForUpdates: false,
      theme: 'system',
      logLevel: 'info',
    })
    await switchOn()
    await kalamos.request('system.setPreferences', { language: 'de' })
    expect(await kalamos.request('system.preferences', {})).toEqual({
      language: 'de',
      lookForUpdates: true,
      theme: 'system',
      logLevel: 'info',
    })
  })

  test('is understood as an older version kept it', async () => {
    await start()
    kalamos.store.settings.set('window', { language: 'de' })
    expect(await kalamos.request('system.preferences', {})).toEqual({
      language: 'de',
      lookForUpdates: false,
      theme: 'system',
      logLevel: 'info',
    })
  })
})
