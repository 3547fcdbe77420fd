import { EventEmitter } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { desktop } from './desktop.ts'
import { life, windows } from './life.ts'

interface Relaunch {
  args?: string[]
  execPath?: string
}

/**
 * The app's life as Electron lets it go: `quit` may be held up, `exit` may not. Where the real one ends the process,
 * this one emits `quit`.
 */
class FakeApp extends EventEmitter {
  /** What was asked to be started once this app has ended. */
  readonly relaunches: Relaunch[] = []
  /** What this start handed over to the one that is open. */
  handedOver: unknown
  readonly #paths = new Map<string, string>([['appData', process.env['APPDATA'] ?? tmpdir()]])
  #quitting = false
  #ended = false

  get isPackaged(): boolean {
    return desktop.isPackaged
  }
  readonly commandLine = {
    hasSwitch: (name: string): boolean =>
      process.argv.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`)),
  }

  constructor() {
    super()
    life.created = (contents) => void this.emit('web-contents-created', {}, contents)
    life.lastClosed = () => this.#lastClosed()
    windows.on('held', () => (this.#quitting = false))
  }

  getName = (): string => 'Kalamos'
  getVersion = (): string => '0.1.0'
  getPath(name: string): string {
    if (name === 'userData') return this.#paths.get(name) ?? join(this.getPath('appData'), this.getName())
    return this.#paths.get(name) ?? tmpdir()
  }
  setPath(name: string, path: string): void {
    if (name === 'userData' && life.isReady) throw new Error('too late: the profile is in use once the app is ready')
    this.#paths.set(name, path)
  }
  getPreferredSystemLanguages = (): string[] => desktop.languages
  enableSandbox(): void {
    if (life.isReady) throw new Error('app.enableSandbox() can only be called before app is ready')
  }
  isReady = (): boolean => life.isReady
  async whenReady(): Promise<void> {
    await Promise.resolve()
    life.isReady = true
  }
  requestSingleInstanceLock(data: unknown = {}): boolean {
    if (!desktop.isFirst) this.handedOver = structuredClone(data)
    return desktop.isFirst
  }
  /** Somebody starts the app again while it is open; Chromium changes the order of the arguments and adds its own. */
  startAgain(data: unknown, args: string[] = [], folder = '/'): void {
    this.emit(
      'second-instance',
      {},
      ['electron', '--allow-file-access-from-files', ...args],
      folder,
      structuredClone(data),
    )
  }
  relaunch(options: Relaunch = {}): void {
    this.relaunches.push(options)
  }

  quit(): void {
    if (this.#quitting || this.#ended) return
    if (this.#isHeldUp('before-quit')) return
    this.#quitting = true
    if (life.windows.length === 0) return this.#shutDown()
    for (const window of [...life.windows]) {
      if (!window.isDestroyed()) window.close()
    }
  }
  exit(code = 0): void {
    if (this.#ended) return
    this.#ended = true
    for (const window of [...life.windows]) window.destroy()
    this.emit('quit', {}, code)
  }

  #lastClosed(): void {
    if (this.#ended) return
    if (this.#quitting) this.#shutDown()
    else if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
    else this.quit()
  }

  #shutDown(): void {
    if (this.#isHeldUp('will-quit')) {
      this.#quitting = false
      return
    }
    this.#ended = true
    this.emit('quit', {}, 0)
  }

  #isHeldUp(event: string): boolean {
    let held = false
    this.emit(event, { preventDefault: () => (held = true) })
    return held
  }
}

export const app = new FakeApp()
