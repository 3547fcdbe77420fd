import { join } from 'node:path'
import { BrowserWindow, Menu, app, dialog, nativeTheme, screen, shell } from 'electron'
import { root } from '../paths.ts'
import { menuTemplate } from './menu.ts'
import { fitPlace, keepPlace, readPlace } from './place.ts'
import { PAGE_URL } from './scheme.ts'

const KEEP_AFTER_MS = 500
const CRASH_LOOP_MS = 10_000

/** Opens the one window of the app, where it was last time if that screen is still there. */
export function openWindow(databasePath: string): BrowserWindow {
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
    webPreferences: {
      preload: join(root, 'out/preload/index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      // The live plot of a recording goes on behind other windows.
      backgroundThrottling: false,
    },
  })
  if (place?.maximised) window.maximize()
  window.once('ready-to-show', () => window.show())
  rememberPlace(window, placeFile)
  surviveCrashes(window)
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({
        go: (page) => void window.loadURL(`${PAGE_URL}#/${page}`),
        showDatabase: () => shell.showItemInFolder(databasePath),
      }),
    ),
  )
  void window.loadURL(PAGE_URL)
  return window
}

function rememberPlace(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined
  const keep = (): void => {
    clearTimeout(timer)
    if (!window.isDestroyed()) keepPlace(file, { ...window.getNormalBounds(), maximised: window.isMaximized() })
  }
  const keepSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(keep, KEEP_AFTER_MS)
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
