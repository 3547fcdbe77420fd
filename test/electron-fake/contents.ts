import { EventEmitter } from 'node:events'
import { runInNewContext } from 'node:vm'
import { CHANNELS } from '../../src/shared/channels.ts'
import { desktop } from './desktop.ts'
import { pageAt } from './protocol.ts'

interface OpenHandler {
  (details: { url: string }): { action: string; overrideBrowserWindowOptions?: object }
}

/** What is inside a window: a page, loaded from the app's own protocol where it has that address. */
export class FakeContents extends EventEmitter {
  readonly mainFrame = { url: '' }
  /** Every address that was loaded; a change within the page is none. */
  readonly loaded: string[] = []
  openHandler: OpenHandler | undefined
  #destroyed = false

  isDestroyed = (): boolean => this.#destroyed
  getURL = (): string => this.mainFrame.url
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }
  /** What the host tells the page. */
  send(channel: string, name: string, payload: unknown): void {
    if (channel === CHANNELS.event) this.emit('told', name, payload)
  }
  async load(url: string): Promise<void> {
    this.loaded.push(url)
    this.mainFrame.url = url
    this.emit('did-navigate', {}, url)
    await pageAt(url)
    if (!desktop.finishesLoading || this.#destroyed) return
    this.emit('did-finish-load')
  }
  reload(): void {
    void this.load(this.mainFrame.url)
  }
  /** Code that is of the page's address is run on it. */
  async executeJavaScript(code: string): Promise<unknown> {
    const { mainFrame } = this
    const location = {
      get hash(): string {
        return new URL(mainFrame.url).hash
      },
      set hash(hash: string) {
        mainFrame.url = new URL(hash, mainFrame.url).href
      },
    }
    const before = mainFrame.url
    const result: unknown = runInNewContext(code, { location })
    if (mainFrame.url !== before) this.emit('did-navigate-in-page', {}, mainFrame.url)
    return result
  }
  destroy(): void {
    this.#destroyed = true
    this.emit('destroyed')
  }
}
