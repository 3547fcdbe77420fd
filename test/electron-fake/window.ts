import { EventEmitter } from 'node:events'
import { FakeContents } from './contents.ts'
import { desktop, type Area } from './desktop.ts'
import { life, windows } from './life.ts'
import { mortal } from './mortal.ts'

interface Options extends Partial<Area> {
  show?: boolean
  title?: string
  webPreferences?: object
}

let made = 0

/** A window that is drawn nowhere. Destroyed, it throws whatever is asked of it. */
export class FakeWindow extends EventEmitter {
  static getAllWindows = (): FakeWindow[] => [...life.windows] as FakeWindow[]

  readonly id = ++made
  readonly options: Options
  /** How often it was asked to be shown. */
  shows = 0
  /** Whether it was on the screen before there was a page in it. */
  shownEmpty = false
  readonly webContents: FakeContents
  readonly #contents = new FakeContents()
  readonly #self: FakeWindow
  #bounds: Area
  #visible: boolean
  #ready = false
  #maximised = false
  #minimised = false
  #destroyed = false

  constructor(options: Options = {}) {
    super()
    if (!life.isReady) throw new Error('Cannot create BrowserWindow before app is ready')
    const { x = 0, y = 0, width = 800, height = 600, show = true } = options
    this.options = options
    this.#bounds = desktop.placesWindows ? { x, y, width, height } : { x: 0, y: 0, width, height }
    this.#visible = show
    this.webContents = mortal(this.#contents)
    this.#self = mortal<FakeWindow>(this)
    life.windows.push(this.#self)
    life.created(this.webContents)
    this.#contents.on('did-finish-load', () => this.#makeReady())
    windows.emit('made', this.#self)
    return this.#self
  }

  isDestroyed = (): boolean => this.#destroyed
  isVisible = (): boolean => this.#visible
  isMaximized = (): boolean => this.#maximised
  isMinimized = (): boolean => this.#minimised
  getBounds = (): Area => ({ ...this.#bounds })
  getNormalBounds = (): Area => ({ ...this.#bounds })
  setBounds(bounds: Partial<Area>): void {
    const { x, y } = this.#bounds
    this.#bounds = { ...this.#bounds, ...bounds, ...(desktop.placesWindows ? {} : { x, y }) }
    this.emit('resize')
  }
  /** Shows the window too, as in Electron. */
  maximize(): void {
    this.#maximised = true
    this.#appear()
    this.emit('maximize')
  }
  minimize(): void {
    this.#minimised = true
  }
  restore(): void {
    this.#minimised = false
  }
  show(): void {
    this.shows++
    this.#appear()
  }
  focus(): void {
    this.emit('focus')
  }
  removeMenu = (): void => undefined
  async loadURL(url: string): Promise<void> {
    this.shownEmpty ||= this.#visible && this.#contents.loaded.length === 0
    await this.#contents.load(url)
    if (!this.#destroyed) windows.emit('opened', this.#self)
  }
  close(): void {
    let held = false
    this.emit('close', { preventDefault: () => (held = true) })
    if (held) windows.emit('held')
    else this.destroy()
  }
  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.#contents.destroy()
    life.windows = life.windows.filter((window) => window !== this.#self)
    this.emit('closed')
    if (life.windows.length === 0) life.lastClosed()
  }

  /** What the page does with `window.open`. Gives the window that it got, if any. */
  openFromPage(url: string): FakeWindow | undefined {
    const answer = this.#contents.openHandler?.({ url })
    if (answer?.action !== 'allow') return undefined
    const opened = new FakeWindow(answer.overrideBrowserWindowOptions)
    this.#contents.emit('did-create-window', opened, { url })
    void opened.loadURL(url)
    return opened
  }

  #appear(): void {
    if (this.#visible) return
    this.#visible = true
    this.emit('show')
    this.#makeReady()
  }

  #makeReady(): void {
    if (this.#ready || (!this.#visible && !desktop.readiesHiddenWindows)) return
    this.#ready = true
    setImmediate(() => this.#destroyed || this.emit('ready-to-show'))
  }
}
