import type { Api } from '../../shared/api.ts'
import type { Preferences as Wanted } from '../../shared/api/system.ts'
import { spoken } from '../text/language.svelte.ts'
import type { Topic } from './topic.ts'

/** How the window is wanted, as the host remembers it; every window that is open follows. */
export class Preferences implements Topic {
  readonly #api: Api
  lookForUpdates = $state(false)
  theme = $state<Wanted['theme']>('system')
  logLevel = $state<Wanted['logLevel']>('info')

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    this.#follow(await this.#api.request('system.preferences', {}))
  }

  listen(): () => void {
    return this.#api.on('system.preferencesChanged', (wanted) => this.#follow(wanted))
  }

  async speak(language: Wanted['language']): Promise<void> {
    spoken.choice = language
    await this.#api.request('system.setPreferences', { language })
  }

  async look(forUpdates: boolean): Promise<void> {
    await this.#api.request('system.setPreferences', { lookForUpdates: forUpdates })
  }

  async paint(theme: Wanted['theme']): Promise<void> {
    this.theme = theme
    await this.#api.request('system.setPreferences', { theme })
  }

  async log(logLevel: Wanted['logLevel']): Promise<void> {
    this.logLevel = logLevel
    await this.#api.request('system.setPreferences', { logLevel })
  }

  /** As if nothing had ever been chosen. */
  async reset(): Promise<void> {
    await this.#api.request('system.resetPreferences', {})
  }

  #follow({ language, lookForUpdates, theme, logLevel }: Wanted): void {
    spoken.choice = language
    this.lookForUpdates = lookForUpdates
    this.theme = theme
    this.logLevel = logLevel
  }
}
