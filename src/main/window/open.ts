import { join } from 'node:path'
import { BrowserWindow, Menu, app, dialog, nativeTheme, screen, shell } from 'electron'
import type { Language } from '../../shared/api/system.ts'
import { after, inBackground } from '../background.ts'
import { menuTemplate } from './menu.ts'
import { MENU_TEXTS } from './menu-text.ts'
import { CONFINED } from './options.ts'
import { fitPlace, keepPlace, readPlace } from './place.ts'
import { PAGE_URL } from './scheme.ts'

const KEEP_AFTER_MS = 500
const CRASH_LOOP_MS = 10_000

/** Opens the window of the app, where it was last time if that screen is still there. */
export function openWindow(): BrowserWindow {
  const placeFile = join(app.getPath('userData'), 'window.json')
  const place = fitPlace(readPlace(placeFile), screen.getAllDisplays().map((display) => display.workArea))
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    ...(place === null ? {} : { x: place.x, y: place.y, width: place.width, height: place.height }),
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'Kalamos',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#ffffff',
    webPreferences: CONFINED,
  })
  if (place?.maximised) window.maximize()
  window.once('ready-to-show', () => window.show())
  rememberPlace(window, placeFile)
  surviveCrashes(window)
  placePrompt(window)
  load(window, PAGE_URL)
  return window
}

/** A page that cannot be loaded is logged; the window says so itself. */
function load(window: BrowserWindow, url: string): void {
  inBackground('door', 'the page could not be loaded', () => window.loadURL(url))
}

/** Puts the menu into a language; it may be called again when another one is wanted. */
export function showMenu(window: BrowserWindow, databasePath: string, language: Language): void {
  const actions = {
    go: (page: string) => load(window, `${PAGE_URL}#/${page}`),
    showDatabase: () => shell.showItemInFolder(databasePath),
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, MENU_TEXTS[language])))
}

/** The writer's window goes to a screen of its own where there is one, and there is one of it. */
function placePrompt(window: BrowserWindow): void {
  let shown: BrowserWindow | undefined
  window.webContents.on('did-create-window', (prompt) => {
    if (shown !== undefined && !shown.isDestroyed()) shown.close()
    shown = prompt
    prompt.removeMenu()
    const here = screen.getDisplayMatching(window.getBounds())
    const other = screen.getAllDisplays().find(({ id }) => id !== here.id)
    if (other === undefined) return
    prompt.setBounds(other.workArea)
    prompt.maximize()
  })
}

function rememberPlace(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined
  const keep = (): void => {
    clearTimeout(timer)
    if (!window.isDestroyed()) keepPlace(file, { ...window.getNormalBounds(), maximised: window.isMaximized() })
  }
  const keepSoon = (): void => {
    clearTimeout(timer)
    timer = after(KEEP_AFTER_MS, 'door', 'the place of the window could not be kept', keep)
  }
  window.on('resize', keepSoon)
  window.on('move', keepSoon)
  window.on('close', keep)
}

/** A page that crashed is loaded again: what it showed is in the host, which goes on recording. */
function surviveCrashes(window: BrowserWindow): void {
  let last = 0
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    const isLoop = Date.now() - last < CRASH_LOOP_MS
    last = Date.now()
    if (!isLoop) return window.webContents.reload()
    dialog.showErrorBox('The window of Kalamos keeps crashing', `Reason: ${reason}. Everything recorded is in ${app.getName()}'s database. Start Kalamos again, or open it in the browser with "npm start -- --browser".`)
    app.quit()
  })
}
