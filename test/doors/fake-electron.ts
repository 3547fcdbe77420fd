import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { tmpdir } from 'node:os'
import { CHANNELS } from '../../src/shared/channels.ts'
import { PAGE_URL } from '../../src/main/window/scheme.ts'

/**
 * Electron as far as the window door uses it, without a screen: events are sent by hand, and what is drawn is not drawn.
 * Its utility processes are real ones, so that trainings run.
 */

class FakeApp extends EventEmitter {
  enableSandbox = (): void => undefined
  requestSingleInstanceLock = (): boolean => true
  whenReady = (): Promise<void> => Promise.resolve()
  getPath = (): string => tmpdir()
  getName = (): string => 'Kalamos'
  getPreferredSystemLanguages = (): string[] => ['en']
  exit(code: number): void {
    this.emit('quit', {}, code)
  }
  /** As Electron does: whoever listens to `will-quit` may hold it up. */
  quit(): void {
    let held = false
    this.emit('will-quit', { preventDefault: () => (held = true) })
    if (!held) this.emit('quit', {}, 0)
  }
}

class FakeContents extends EventEmitter {
  readonly mainFrame = { url: PAGE_URL }
  setWindowOpenHandler = (): void => undefined
  getURL = (): string => PAGE_URL
  isDestroyed = (): boolean => false
  /** What the host tells the page. */
  send(channel: string, name: string, payload: unknown): void {
    if (channel === CHANNELS.event) this.emit('told', name, payload)
  }
}

/** Emits `opened` with each window. */
export const windows = new EventEmitter()

class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents()
  static getAllWindows = (): FakeWindow[] => []
  isDestroyed = (): boolean => false
  isMaximized = (): boolean => false
  getNormalBounds = (): object => ({ x: 0, y: 0, width: 800, height: 600 })
  maximize = (): void => undefined
  show = (): void => undefined
  loadURL(): Promise<void> {
    windows.emit('opened', this)
    return Promise.resolve()
  }
}
export type { FakeWindow }

export const app = new FakeApp()
export const BrowserWindow = FakeWindow
export const dialog = { showErrorBox: (title: string, text: string): void => void app.emit('error-box', `${title}: ${text}`) }
export const protocol = { registerSchemesAsPrivileged: (): void => undefined, handle: (): void => undefined }
export const session = { defaultSession: Object.assign(new EventEmitter(), { setPermissionRequestHandler: () => undefined, setPermissionCheckHandler: () => undefined, setDevicePermissionHandler: () => undefined }) }
export const Menu = { setApplicationMenu: (): void => undefined, buildFromTemplate: (template: unknown): unknown => template }
export const nativeTheme = { shouldUseDarkColors: false }
export const screen = { getAllDisplays: () => [{ id: 1, workArea: { x: 0, y: 0, width: 800, height: 600 } }], getDisplayMatching: () => ({ id: 1 }) }
export const shell = { showItemInFolder: (): void => undefined }

type Handle = (event: object, ...args: unknown[]) => Promise<unknown>
const handlers = new Map<string, Handle>()
export const ipcMain = Object.assign(new EventEmitter(), { handle: (channel: string, handle: Handle) => void handlers.set(channel, handle) })

export const utilityProcess = {
  fork(path: string, args: string[]) {
    const child = fork(path, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] })
    return Object.assign(child, { postMessage: (message: object) => void (child.connected && child.send(message, () => undefined)) })
  },
}

/** Asks as the page of a window does. */
export async function ask(window: FakeWindow, name: string, input: unknown): Promise<unknown> {
  const { webContents } = window
  return handlers.get(CHANNELS.request)!({ sender: webContents, senderFrame: webContents.mainFrame }, name, input)
}

/** Listens as the page of a window does. */
export function listen(window: FakeWindow, name: string, listener: (payload: unknown) => void): void {
  const { webContents } = window
  webContents.on('told', (told: string, payload: unknown) => told === name && listener(payload))
  ipcMain.emit(CHANNELS.subscribe, { sender: webContents, senderFrame: webContents.mainFrame }, name)
}
