import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import type { Place } from '../../../src/main/entrypoints/electron/place.ts'
import type * as Fake from '../../electron-fake/index.ts'
import { freshElectron } from './fresh-electron.ts'

export interface OpenedApp {
  electron: typeof Fake
  /** The operator's window. */
  window: Fake.FakeWindow
  database: string
  /** Resolves with the code with which the app ends. */
  ended: Promise<number>
}

type Settings = Partial<typeof Fake.desktop> & {
  platform?: NodeJS.Platform
  /** Where the window was when the app was last open. */
  place?: Place
}

/**
 * Opens the whole app in a fake Electron of its own, on a new database, with the command line of `npm start`.
 */
export async function openApp({ platform = 'linux', place, ...settings }: Settings = {}): Promise<OpenedApp> {
  const folder = mkdtempSync(join(tmpdir(), 'kalamos-window-'))
  const database = join(folder, 'pens.db')
  // Native libraries are chosen by the platform, when they are first used.
  new Database(':memory:').close()
  const electron = await freshElectron(settings)
  electron.app.setPath('appData', folder)
  if (place !== undefined) {
    mkdirSync(join(folder, 'kalamos-window'))
    writeFileSync(join(folder, 'kalamos-window', 'window.json'), JSON.stringify(place))
  }
  const before = { argv: process.argv, platform: process.platform }
  process.argv = ['electron', '.', '--database', database]
  Object.defineProperty(process, 'platform', { value: platform })
  const ended = once(electron.app, 'quit').then(([, code]) => code as number)
  const opened = once(electron.windows, 'opened')
  await import('../../../src/main/entrypoints/electron.ts')
  const [window] = (await opened) as [Fake.FakeWindow]
  onTestFinished(async () => {
    electron.app.quit()
    await ended
    process.argv = before.argv
    Object.defineProperty(process, 'platform', { value: before.platform })
    rmSync(folder, { recursive: true })
  })
  return { electron, window, database, ended }
}
