import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { DialogText } from '../../../src/main/entrypoints/electron/dialog-text.ts'
import type { Closing } from '../../../src/main/entrypoints/electron/closing.ts'
import type { Language } from '../../../src/shared/api/system.ts'
import type * as Fake from '../../electron-fake/index.ts'
import { freshElectron } from './fresh-electron.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

interface ClosingApp {
  electron: typeof Fake
  closing: Closing
  /** Lets what is being closed be closed. */
  finish(): void
  /** The code with which the app ended; undefined while it has not. */
  code(): number | undefined
  /** What is on the screen. */
  said(): string
}

/** An app that was asked to quit, and takes its time. */
async function closingApp({
  language = 'en',
  isHung = false,
}: { language?: Language; isHung?: boolean } = {}): Promise<ClosingApp> {
  const electron = await freshElectron()
  const { closeBeforeQuitting } = await import('../../../src/main/entrypoints/electron/closing.ts')
  const { DIALOG_TEXTS } = await import('../../../src/main/entrypoints/electron/dialog-text.ts')
  await electron.app.whenReady()
  process.argv = ['electron', '.', '--database', '/data/pens.db']
  const work = Promise.withResolvers<undefined>()
  const closing = closeBeforeQuitting(
    () => work.promise,
    (): DialogText => DIALOG_TEXTS[language],
  )
  electron.app.on('window-all-closed', () => electron.app.quit())
  let code: number | undefined
  electron.app.on('quit', (_event, given: number) => (code = given))
  const window = new electron.BrowserWindow()
  window.close()
  return {
    electron,
    closing,
    finish: () => isHung || work.resolve(undefined),
    code: () => code,
    said: () =>
      electron.BrowserWindow.getAllWindows()
        .map(({ webContents }) => decodeURIComponent(webContents.getURL()))
        .join(),
  }
}

test('what closes at once needs no word', async () => {
  const { electron, finish, code } = await closingApp()
  finish()
  await vi.advanceTimersByTimeAsync(0)
  expect(code()).toBe(0)
  expect(electron.BrowserWindow.getAllWindows()).toEqual([])
})

test.each([
  ['en', 'Kalamos is saving and closing'],
  ['de', 'Kalamos speichert und schließt'],
] as const)('a small window says in %s what takes a while, until it is done', async (language, words) => {
  const { electron, finish, code, said } = await closingApp({ language })
  await vi.advanceTimersByTimeAsync(1000)
  expect(code()).toBeUndefined()
  expect(said()).toContain(words)
  expect(electron.BrowserWindow.getAllWindows()[0]!.isVisible()).toBe(true)
  finish()
  await vi.advanceTimersByTimeAsync(0)
  expect(code()).toBe(0)
  expect(electron.BrowserWindow.getAllWindows()).toEqual([])
})

test('closing the small window, or quitting again, does not hurry anything', async () => {
  const { electron, finish, code } = await closingApp()
  await vi.advanceTimersByTimeAsync(1000)
  electron.BrowserWindow.getAllWindows()[0]!.close()
  electron.app.quit()
  expect(code()).toBeUndefined()
  finish()
  await vi.advanceTimersByTimeAsync(0)
  expect(code()).toBe(0)
})

test('who starts Kalamos meanwhile gets it once it has closed, and is told so', async () => {
  const { electron, closing, finish, code, said } = await closingApp()
  await vi.advanceTimersByTimeAsync(1000)
  expect(closing.isUnderWay).toBe(true)
  closing.reopen(null)
  await vi.advanceTimersByTimeAsync(0)
  expect(said()).toContain('It opens again afterwards.')
  expect(electron.app.relaunches).toEqual([])
  finish()
  await vi.advanceTimersByTimeAsync(0)
  expect(code()).toBe(0)
  expect(electron.app.relaunches).toEqual([{ args: ['.', '--database', '/data/pens.db'] }])
})

test('the last start counts: it may want another database', async () => {
  const { electron, closing, finish } = await closingApp()
  closing.reopen('/data/other.db')
  finish()
  await vi.advanceTimersByTimeAsync(0)
  expect(electron.app.relaunches).toEqual([{ args: ['.', '--database', '/data/other.db'] }])
})

test('a hang ends after thirty seconds, and a start that waits comes then', async () => {
  const { electron, closing, code } = await closingApp({ isHung: true })
  closing.reopen(null)
  await vi.advanceTimersByTimeAsync(29_000)
  expect(code()).toBeUndefined()
  await vi.advanceTimersByTimeAsync(1000)
  expect(code()).toBe(0)
  expect(electron.BrowserWindow.getAllWindows()).toEqual([])
  expect(electron.app.relaunches).toHaveLength(1)
})

test('an AppImage is started again as a whole: the program inside it is gone by then', async () => {
  vi.stubEnv('APPIMAGE', '/home/ada/Kalamos.AppImage')
  const { electron, closing, finish } = await closingApp()
  closing.reopen(null)
  finish()
  await vi.advanceTimersByTimeAsync(0)
  expect(electron.app.relaunches).toMatchObject([{ execPath: '/home/ada/Kalamos.AppImage' }])
  vi.unstubAllEnvs()
})
