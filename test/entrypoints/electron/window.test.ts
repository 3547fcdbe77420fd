import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { expect, test, vi } from 'vitest'
import { defaultDatabase } from '../../../src/main/files/database.ts'
import type { Item } from '../../electron-fake/index.ts'
import { freshElectron } from './fresh-electron.ts'
import { openApp } from './open-app.ts'

/** The entry of the menu with some words. */
function entry(menu: Item[], label: string): Item {
  const found = menu.flatMap(({ submenu = [] }) => submenu).find((item) => item.label === label)
  if (!found) throw new Error(`the menu has no “${label}”`)
  return found
}

test('a page is gone to within the one that is loaded, which keeps what was typed into it', async () => {
  const { electron, window } = await openApp()
  entry(electron.Menu.shown, 'Train').click!()
  await vi.waitFor(() => expect(window.webContents.getURL()).toBe('kalamos://app/index.html#/train'), 10_000)
  expect(window.webContents.loaded).toEqual(['kalamos://app/index.html'])
})

test('on macOS the app stays when its window is closed, and opens one again from its icon or its menu', async () => {
  const { electron, window } = await openApp({ platform: 'darwin' })
  const opened = (): string[] => electron.BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL())
  window.close()
  expect(opened()).toEqual([])
  electron.app.emit('activate')
  await vi.waitFor(() => expect(opened()).toEqual(['kalamos://app/index.html']), 10_000)
  electron.BrowserWindow.getAllWindows()[0]!.close()
  entry(electron.Menu.shown, 'Adapt').click!()
  await vi.waitFor(() => expect(opened()).toEqual(['kalamos://app/index.html#/adapt']), 10_000)
  expect(await electron.ask(electron.BrowserWindow.getAllWindows()[0]!, 'system.info', {})).toMatchObject({
    output: { entryPoint: 'window' },
  })
})

test('elsewhere the app ends with its window', async () => {
  const { window, ended } = await openApp()
  window.close()
  expect(await ended).toBe(0)
})

test('the menu of macOS that bears the name of the app is in German, too', async () => {
  const { electron } = await openApp({ platform: 'darwin', languages: ['de'] })
  const [own] = electron.Menu.shown
  expect(own).toMatchObject({ label: 'Kalamos' })
  expect(own!.submenu!.map(({ role, label }) => [role, label])).toContainEqual(['hideOthers', 'Andere ausblenden'])
  expect(own!.submenu!.filter(({ role }) => role !== undefined).every(({ label }) => label !== undefined)).toBe(true)
})

test('the menu follows the language that is chosen', async () => {
  const { electron, window } = await openApp()
  await electron.ask(window, 'system.setPreferences', { language: 'de' })
  expect(entry(electron.Menu.shown, 'Trainieren')).toBeDefined()
})

test.each([
  [false, 'npm start -- --browser'],
  [true, 'install it again'],
])('a window that keeps crashing says what to do (installed: %s)', async (isPackaged, wayOut) => {
  const { electron, window, ended } = await openApp({ isPackaged })
  window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
  expect(electron.dialog.errors).toEqual([])
  window.webContents.emit('render-process-gone', {}, { reason: 'oom' })
  expect(electron.dialog.errors).toHaveLength(1)
  expect(electron.dialog.errors[0]).toContain(wayOut)
  expect(electron.dialog.errors[0]!.includes('npm')).toBe(!isPackaged)
  expect(await ended).toBe(0)
})

test("Chromium's profile and the database are never in one folder, whatever the case of names is worth", async () => {
  const { electron } = await openApp()
  const profile = relative(electron.app.getPath('appData'), electron.app.getPath('userData'))
  // On macOS and Windows, the folder of the database is in the one that Electron calls appData.
  const own = dirname(defaultDatabase('darwin', {}, '/Users/ada'))
  const fromOwn = relative(own.toLowerCase(), join(dirname(own), profile).toLowerCase())
  expect(fromOwn.startsWith(`..${sep}`)).toBe(true)
})

test.each([
  [['en'], 'Kalamos cannot start: '],
  [['de'], 'Kalamos kann nicht starten: '],
])('what keeps the app from starting is said before it ends (%j)', async (languages, title) => {
  const electron = await freshElectron({ languages })
  process.argv = ['electron', '.', '--database', import.meta.dirname]
  const ended = once(electron.app, 'quit')
  await import('../../../src/main/entrypoints/electron.ts')
  expect((await ended)[1]).toBe(1)
  expect(electron.dialog.errors).toHaveLength(1)
  expect(electron.dialog.errors[0]).toContain(title)
  expect(electron.dialog.errors[0]).toContain(import.meta.dirname)
})

test('a window that was maximised opens so, and not before there is a page in it', async () => {
  const { window } = await openApp({ place: { x: 40, y: 50, width: 1000, height: 700, maximised: true } })
  expect(window.getNormalBounds()).toEqual({ x: 40, y: 50, width: 1000, height: 700 })
  expect([window.isMaximized(), window.isVisible(), window.shownEmpty]).toEqual([true, true, false])
})

test('where the window was is on the disk when the app has ended', async () => {
  const { electron, window, ended } = await openApp()
  const file = join(electron.app.getPath('userData'), 'window.json')
  window.setBounds({ x: 40, y: 50, width: 1000, height: 700 })
  expect(existsSync(file)).toBe(false)
  window.close()
  await ended
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ x: 40, y: 50, width: 1000, height: 700, maximised: false })
})
