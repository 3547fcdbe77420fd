import { beforeEach, expect, test, vi } from 'vitest'
import { confineContents } from '../../../src/main/entrypoints/electron/confine.ts'
import { BUILT_PAGE } from '../../../src/main/entrypoints/electron/page.ts'
import { followWritersWindow } from '../../../src/main/entrypoints/electron/writers-window.ts'
import { app, BrowserWindow, desktop } from '../../electron-fake/index.ts'

vi.mock('electron', () => import('../../electron-fake/index.ts'))

await app.whenReady()
const LEFT = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } }
const RIGHT = { id: 2, workArea: { x: 1920, y: 0, width: 3840, height: 2160 } }

beforeEach(() => {
  Object.assign(desktop, { displays: [LEFT, RIGHT], placesWindows: true })
})

/** An operator's window, from which the writer's can be opened. */
function operators(bounds = { x: 100, y: 100, width: 1280, height: 800 }): BrowserWindow {
  const window = new BrowserWindow(bounds)
  confineContents(window.webContents as unknown as Electron.WebContents)
  followWritersWindow(window as unknown as Electron.BrowserWindow)
  return window
}

test("the writer's window fills another screen than the operator's", () => {
  const prompt = operators().openFromPage(BUILT_PAGE.promptUrl)!
  expect(prompt.isMaximized()).toBe(true)
  expect(prompt.getBounds().x).toBeGreaterThanOrEqual(RIGHT.workArea.x)
  const other = operators({ x: 2500, y: 300, width: 1280, height: 800 }).openFromPage(BUILT_PAGE.promptUrl)!
  expect(other.isMaximized()).toBe(true)
  expect(other.getBounds().x).toBeLessThan(RIGHT.workArea.x)
})

test("where the system lets no app place its windows, the writer's stays small instead of covering the operator's", () => {
  desktop.placesWindows = false
  const prompt = operators().openFromPage(BUILT_PAGE.promptUrl)!
  expect(prompt.isMaximized()).toBe(false)
  expect(prompt.getBounds()).toMatchObject({ width: 1024, height: 640 })
})

test('with one screen, the window is left where it is, and smaller than that', () => {
  desktop.displays = [LEFT]
  const prompt = operators().openFromPage(BUILT_PAGE.promptUrl)!
  expect(prompt.isMaximized()).toBe(false)
})

test("there is one writer's window at a time, and it closes with the operator's", () => {
  const window = operators()
  const first = window.openFromPage(BUILT_PAGE.promptUrl)!
  const second = window.openFromPage(BUILT_PAGE.promptUrl)!
  expect([first.isDestroyed(), second.isDestroyed()]).toEqual([true, false])
  second.close()
  const third = window.openFromPage(BUILT_PAGE.promptUrl)!
  window.close()
  expect(third.isDestroyed()).toBe(true)
})
