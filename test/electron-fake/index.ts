import { EventEmitter } from 'node:events'
import { desktop, overlap, type Area, type Display, type MessageBox, type PathDialog } from './desktop.ts'
import type { FakeWindow } from './window.ts'

/**
 * Electron as far as the app uses it, without a screen. It is strict where the real one is: destroyed windows throw,
 * what must be called before the app is ready throws after, quitting can be held up, the window system may refuse. Its
 * utility processes are real ones.
 */

export { app } from './app.ts'
export { desktop } from './desktop.ts'
export { windows } from './life.ts'
export { ask, listen } from './page.ts'
export { ipcMain } from './ipc.ts'
export { protocol } from './protocol.ts'
export { started, utilityProcess } from './utility.ts'
export { FakeWindow as BrowserWindow, type FakeWindow } from './window.ts'

export interface Item {
  label?: string
  role?: string
  accelerator?: string
  click?: () => void
  submenu?: Item[]
}

export const Menu = {
  shown: [] as Item[],
  buildFromTemplate: (template: Item[]): Item[] => template,
  setApplicationMenu(menu: Item[]): void {
    Menu.shown = menu
  },
}

export const dialog = {
  asked: [] as MessageBox[],
  errors: [] as string[],
  showErrorBox: (title: string, text: string): void => void dialog.errors.push(`${title}: ${text}`),
  async showMessageBox(_window: object, options: MessageBox): Promise<{ response: number; checkboxChecked: boolean }> {
    dialog.asked.push(options)
    await Promise.resolve()
    return { response: desktop.choose(options), checkboxChecked: false }
  },
  async showOpenDialog(window: FakeWindow, options: PathDialog): Promise<{ canceled: boolean; filePaths: string[] }> {
    const path = await choosePath(window, options)
    return { canceled: path === null, filePaths: path === null ? [] : [path] }
  },
  async showSaveDialog(window: FakeWindow, options: PathDialog): Promise<{ canceled: boolean; filePath: string }> {
    const path = await choosePath(window, options)
    return { canceled: path === null, filePath: path ?? '' }
  },
}

/** A window that is gone throws, as does the real dialog. */
async function choosePath(window: FakeWindow, options: PathDialog): Promise<string | null> {
  window.getBounds()
  await Promise.resolve()
  return desktop.choosePath(options)
}

export const powerSaveBlocker = {
  blocking: new Map<number, string>(),
  started: 0,
  start(type: string): number {
    powerSaveBlocker.blocking.set(++powerSaveBlocker.started, type)
    return powerSaveBlocker.started
  },
  stop: (id: number): boolean => powerSaveBlocker.blocking.delete(id),
  isStarted: (id: number): boolean => powerSaveBlocker.blocking.has(id),
}

export const screen = {
  getAllDisplays: (): Display[] => desktop.displays,
  /** The display that shares most with an area; the first where none does. */
  getDisplayMatching: (area: Area): Display =>
    desktop.displays.toSorted((a, b) => overlap(b.workArea, area) - overlap(a.workArea, area))[0]!,
}

export const session = {
  defaultSession: Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: () => undefined,
    setPermissionCheckHandler: () => undefined,
    setDevicePermissionHandler: () => undefined,
  }),
}

export const nativeTheme = { shouldUseDarkColors: false }
export const shell = { showItemInFolder: (): void => undefined }
