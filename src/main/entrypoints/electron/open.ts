import { join } from 'node:path'
import { BrowserWindow, app, dialog, nativeTheme, screen } from 'electron'
import { inBackground } from '../../process/background.ts'
import { log } from '../../log/index.ts'
import type { DialogText } from './dialog-text.ts'
import { CONFINED, ICON } from './options.ts'
import type { Page } from './page.ts'
import { fitPlace, readPlace, rememberPlace } from './place.ts'
import { showOnce } from './show.ts'
import { followWritersWindow } from './writers-window.ts'

const CRASH_LOOP_MS = 10_000

/** The operator's window: at most one, which on macOS may be closed while the app goes on. */
export class OperatorWindow {
  readonly #page: Page
  readonly #text: () => DialogText
  #window: BrowserWindow | undefined
  #placeKept: () => Promise<void> = () => Promise.resolve()

  constructor(page: Page, text: () => DialogText) {
    this.#page = page
    this.#text = text
  }

  /** Brings it to the front, or opens it where it is not open. */
  show(): BrowserWindow {
    const open = this.#current()
    if (open === undefined) return this.#open(this.#page.url)
    if (open.isMinimized()) open.restore()
    open.show()
    open.focus()
    return open
  }

  /** Shows a page by its name in the address. The page is not loaded anew: what was typed into it stays. */
  go(page: string): void {
    const hash = `#/${page}`
    const open = this.#current()
    if (open === undefined) return void this.#open(`${this.#page.url}${hash}`)
    this.show()
    inBackground('entrypoint', 'a page could not be shown', () =>
      open.webContents.executeJavaScript(`location.hash = ${JSON.stringify(hash)}`),
    )
  }

  /** Resolves when the place of the window is on the disk. */
  placeKept(): Promise<void> {
    return this.#placeKept()
  }

  #current(): BrowserWindow | undefined {
    return this.#window?.isDestroyed() === false ? this.#window : undefined
  }

  /** Opens it where it was last time, if that screen is still there. */
  #open(url: string): BrowserWindow {
    const placeFile = join(app.getPath('userData'), 'window.json')
    const place = fitPlace(
      readPlace(placeFile),
      screen.getAllDisplays().map((display) => display.workArea),
    )
    const window = new BrowserWindow({
      width: 1280,
      height: 800,
      ...(place === null ? {} : { x: place.x, y: place.y, width: place.width, height: place.height }),
      minWidth: 640,
      minHeight: 480,
      show: false,
      title: 'Kalamos',
      ...ICON,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#ffffff',
      webPreferences: CONFINED,
    })
    this.#window = window
    showOnce(window, { maximised: place?.maximised ?? false })
    this.#placeKept = rememberPlace(window, placeFile)
    surviveCrashes(window, this.#text)
    followWritersWindow(window)
    // What keeps a page from loading is said in the window itself.
    inBackground('entrypoint', 'the page could not be loaded', () => window.loadURL(url))
    return window
  }
}

/** A page that crashed is loaded again: what it showed is in the host, which goes on recording. */
function surviveCrashes(window: BrowserWindow, text: () => DialogText): void {
  let last = -Infinity
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    log('entrypoint').error('the page has crashed', { reason })
    const isLoop = performance.now() - last < CRASH_LOOP_MS
    last = performance.now()
    if (!isLoop) return window.webContents.reload()
    const { title, text: said } = text().crashing
    dialog.showErrorBox(title, said(reason, app.isPackaged))
    app.quit()
  })
}
