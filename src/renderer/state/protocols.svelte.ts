import type { Api, Output } from '../../shared/api.ts'
import type { StoredProtocol } from '../../shared/api/protocols.ts'
import type { Language } from '../../shared/api/system.ts'
import { spoken } from '../text/language.svelte.ts'
import type { Topic } from './topic.ts'

/** How sessions can run: the protocols that come with the app, and the user's own. */
export class Protocols implements Topic {
  readonly #api: Api
  #stored = $state.raw<StoredProtocol[]>([])
  /** Those that come with the app in another language than that of the window stand last. */
  readonly all = $derived(this.#stored.toSorted((a, b) => Number(isForeign(a, spoken.now)) - Number(isForeign(b, spoken.now))))

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    this.#stored = await this.#api.request('protocols.list', {})
  }

  listen(): () => void {
    return this.#api.on('protocols.changed', () => void this.refresh())
  }

  check(source: string): Promise<Output<'protocols.check'>> {
    return this.#api.request('protocols.check', { source })
  }

  preview(source: string): Promise<Output<'protocols.preview'>> {
    return this.#api.request('protocols.preview', { source })
  }

  async save(source: string): Promise<StoredProtocol> {
    const saved = await this.#api.request('protocols.save', { source })
    await this.refresh()
    return saved
  }

  async remove(id: string): Promise<void> {
    await this.#api.request('protocols.remove', { id })
    await this.refresh()
  }
}

/** The German ones that come with the app have `-de` at the end of their ids. */
function isForeign({ id, builtIn }: StoredProtocol, language: Language): boolean {
  return builtIn && id.endsWith('-de') !== (language === 'de')
}
