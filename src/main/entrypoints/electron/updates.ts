import type { AppUpdater } from 'electron-updater'
import { saidBy } from '../../../shared/errors.ts'
import { english } from '../../../shared/messages/index.ts'
import type { Language } from '../../../shared/api/system.ts'
import type { App } from '../../app/app.ts'
import { every, guarded, inBackground } from '../../process/background.ts'
import { log } from '../../log/index.ts'
import { UPDATE_TEXTS, type Question } from './update-text.ts'

/** How often it is thought about: what waited for a recording to end comes this soon. */
const ROUND_MS = 10 * 60_000
const DAY_MS = 24 * 3_600_000

/** As much of electron-updater as is used. */
export type Updater = Pick<
  AppUpdater,
  'autoDownload' | 'autoInstallOnAppQuit' | 'logger' | 'checkForUpdates' | 'downloadUpdate' | 'quitAndInstall'
> & {
  once(event: 'error', listener: () => void): unknown
}

export interface Surroundings {
  kalamos: App
  /** Loads electron-updater. Not called before a person wants updates. */
  load: () => Promise<Updater>
  /** Shows a question and resolves with whether it was answered with yes. */
  ask: (question: Question) => Promise<boolean>
  language: () => Language | Promise<Language>
  /** Lets go of database, pens and the right to be the only Kalamos, so that the next one can have them. */
  leave: () => Promise<void>
  /** Opens the app again where it could not be replaced after it had left. */
  reopen: () => void
}

/**
 * Looks for newer versions of an installed app: when it starts, and once a day, where a person has switched that on.
 * It asks before it downloads and before it installs, and does neither while something is recorded or trained.
 */
export class Updates {
  readonly #around: Surroundings
  readonly #stops: (() => void)[]
  #updater: Promise<Updater> | undefined
  #lookedAt = -Infinity
  /** Downloaded, not installed. */
  #ready: string | null = null
  /** Not wanted in this session. */
  #declined: string | null = null
  #hasLeft = false
  #rounds = Promise.resolve()

  constructor(around: Surroundings) {
    this.#around = around
    const round = (): Promise<void> => this.round()
    const timer = every(ROUND_MS, 'app', 'updates could not be looked for', round)
    timer.unref()
    this.#stops = [
      around.kalamos.listen('system.preferencesChanged', guarded('app', 'updates could not be looked for', round)),
      () => clearInterval(timer),
    ]
    inBackground('app', 'updates could not be looked for', round)
  }

  stop(): void {
    for (const stop of this.#stops) stop()
  }

  /** Does what is due, if anything is, after what is being done. Never rejects. */
  round(): Promise<void> {
    this.#rounds = this.#rounds.then(() => this.#next())
    return this.#rounds
  }

  async #next(): Promise<void> {
    try {
      if (this.#hasLeft || !(await this.#isWanted()) || (await this.#isBusy())) return
      if (this.#ready === null && performance.now() - this.#lookedAt >= DAY_MS) await this.#look()
      if (this.#ready !== null) await this.#install(this.#ready)
    } catch (error) {
      log('app').warn('the app could not be updated', error)
      const message = `Kalamos could not be updated: ${english(saidBy(error)).split('\n')[0]}`
      this.#around.kalamos.events.emit('system.notice', {
        level: 'info',
        message,
        hint: 'It looks again tomorrow, or when it is started again.',
      })
    }
  }

  async #look(): Promise<void> {
    this.#lookedAt = performance.now()
    this.#updater ??= this.#load()
    const updater = await this.#updater
    const found = await updater.checkForUpdates()
    if (found === null || !found.isUpdateAvailable) return
    const { version } = found.updateInfo
    if (version === this.#declined) return
    const { download } = UPDATE_TEXTS[await this.#around.language()]
    if (!(await this.#around.ask(download(version)))) return void (this.#declined = version)
    await updater.downloadUpdate()
    this.#ready = version
  }

  /** What was downloaded waits for a quiet moment: it may have taken long. */
  async #install(version: string): Promise<void> {
    if (!(await this.#isWanted()) || (await this.#isBusy())) return
    const { install } = UPDATE_TEXTS[await this.#around.language()]
    if (!(await this.#around.ask(install(version)))) {
      this.#ready = null
      this.#declined = version
      return
    }
    if (await this.#isBusy()) return
    const updater = await this.#updater!
    this.#hasLeft = true
    await this.#around.leave()
    updater.once('error', () => this.#around.reopen())
    updater.quitAndInstall()
  }

  async #load(): Promise<Updater> {
    const updater = await this.#around.load()
    updater.autoDownload = false
    updater.autoInstallOnAppQuit = false
    updater.logger = null
    return updater
  }

  async #isWanted(): Promise<boolean> {
    return (await this.#around.kalamos.request('system.preferences', {})).lookForUpdates
  }

  async #isBusy(): Promise<boolean> {
    const { kalamos } = this.#around
    if ((await kalamos.request('record.state', {})) !== null) return true
    return (await kalamos.request('runs.list', {})).some(
      ({ state }) => state === 'queued' || state === 'preparing' || state === 'running',
    )
  }
}
