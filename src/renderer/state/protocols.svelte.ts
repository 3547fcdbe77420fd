import { SvelteMap } from 'svelte/reactivity'
import type { Api, Output } from '../../shared/api.ts'
import type { StoredProtocol } from '../../shared/api/protocols.ts'
import type { SaidEncoding } from '../../shared/encoding.ts'
import type { Language } from '../../shared/api/system.ts'
import { spoken } from '../text/language.svelte.ts'
import type { Topic } from './topic.ts'

/** Stands for a protocol that was never saved. Ids have no capitals. */
export const NEW_PROTOCOL = 'NEW'

/** How sessions can run: the protocols that come with the app, and the user's own. */
export class Protocols implements Topic {
  readonly #api: Api
  #stored = $state.raw<StoredProtocol[]>([])
  /** Those that come with the app in another language than that of the window stand last. */
  readonly all = $derived(this.#stored.toSorted((a, b) => Number(isForeign(a, spoken.now)) - Number(isForeign(b, spoken.now))))

  /** Texts that were changed and not saved, by what they are of. */
  readonly #drafts = new SvelteMap<string, string>()

  constructor(api: Api) {
    this.#api = api
  }

  /** What was written of a protocol and not saved yet; `NEW_PROTOCOL` for one that has no id in the list. */
  draft(of: string): string | undefined {
    return this.#drafts.get(of)
  }

  /** Keeps a text that is not saved while the window lives; one that is as it was saved is no draft. */
  keepDraft(of: string, text: string, saved: string): void {
    if (text === saved) this.#drafts.delete(of)
    else this.#drafts.set(of, text)
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

  /** Saves the next version; the draft that it came of is done with. */
  async save(source: string, draftOf: string): Promise<StoredProtocol> {
    const saved = await this.#api.request('protocols.save', { source })
    this.#drafts.delete(draftOf)
    await this.refresh()
    return saved
  }

  /** Reads a protocol, and the files that it names, from a file on the machine where the host runs. */
  async import(path: string, encoding?: SaidEncoding): Promise<StoredProtocol> {
    const imported = await this.#api.request('protocols.import', { path, ...(encoding === undefined ? {} : { encoding }) })
    await this.refresh()
    return imported
  }

  async remove(id: string): Promise<void> {
    await this.#api.request('protocols.remove', { id })
    this.#drafts.delete(id)
    await this.refresh()
  }
}

/** The German ones that come with the app have `-de` at the end of their ids. */
function isForeign({ id, builtIn }: StoredProtocol, language: Language): boolean {
  return builtIn && id.endsWith('-de') !== (language === 'de')
}
