import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { showOnce } from '../../../src/main/entrypoints/electron/show.ts'
import { app, BrowserWindow, desktop } from '../../electron-fake/index.ts'

await app.whenReady()

beforeEach(() => {
  Object.assign(desktop, { readiesHiddenWindows: true, finishesLoading: true })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => vi.useRealTimers())

function hidden(options?: { maximised: boolean }): BrowserWindow {
  const window = new BrowserWindow({ show: false })
  showOnce(window as unknown as Electron.BrowserWindow, options)
  return window
}

test('a window is shown once, although it is ready, has loaded, and three seconds have passed', async () => {
  const window = hidden()
  expect(window.isVisible()).toBe(false)
  await window.loadURL('about:blank')
  await new Promise(setImmediate)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(window.isVisible()).toBe(true)
  expect(window.shows).toBe(1)
})

test('a window that is never called ready, as on Wayland, is shown when its page has loaded', async () => {
  desktop.readiesHiddenWindows = false
  const window = hidden()
  await window.loadURL('about:blank')
  expect(window.isVisible()).toBe(true)
})

test('a window whose page does not load either is shown after three seconds', async () => {
  Object.assign(desktop, { readiesHiddenWindows: false, finishesLoading: false })
  const window = hidden()
  await window.loadURL('about:blank')
  await vi.advanceTimersByTimeAsync(2900)
  expect(window.isVisible()).toBe(false)
  await vi.advanceTimersByTimeAsync(200)
  expect([window.isVisible(), window.shows]).toEqual([true, 1])
})

test('a window that was maximised stays hidden until there is something to see', async () => {
  const window = hidden({ maximised: true })
  expect([window.isVisible(), window.isMaximized()]).toEqual([false, false])
  await window.loadURL('about:blank')
  expect([window.isVisible(), window.isMaximized()]).toEqual([true, true])
})

test('a window that was closed before is left alone', async () => {
  desktop.finishesLoading = false
  const window = hidden()
  window.close()
  await expect(vi.advanceTimersByTimeAsync(10_000)).resolves.not.toThrow()
  expect(vi.getTimerCount()).toBe(0)
})
