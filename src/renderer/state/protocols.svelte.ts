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
  #removed = $state.raw<StoredProtocol[]>([])
  /** Those that come with the app in another language than that of the window stand last. */
  readonly all = $derived(
    this.#stored.toSorted((a, b) => Number(isForeign(a, spoken.now)) - Number(isForeign(b, spoken.now))),
  )

  /** Every id that a new protocol cannot have. */
  readonly ids: readonly string[] = $derived([...this.#stored, ...this.#removed].map(({ id }) => id))

  /** Texts that were changed and not saved, by what they are of. */
  readonly #drafts = new SvelteMap<string, string>()

  constructor(api: Api) {
    this.#api = api
  }

  /** Those that were taken out of the list. */
  get removed(): readonly StoredProtocol[] {
    return this.#removed
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
    const [stored, removed] = await Promise.all([
      this.#api.request('protocols.list', {}),
      this.#api.request('protocols.removed', {}),
    ])
    this.#stored = stored
    this.#removed = removed
  }

  listen(): () => void {
    return this.#api.on('protocols.changed', () => void this.refresh())
  }

  check(source: string, draftOf: string): Promise<Output<'protocols.check'>> {
    return this.#api.request('protocols.check', { source, of: madeFrom(draftOf) })
  }

  versions(id: string): Promise<StoredProtocol[]> {
    return this.#api.request('protocols.versions', { id })
  }

  preview(source: string): Promise<Output<'protocols.preview'>> {
    return this.#api.request('protocols.preview', { source })
  }

  /** Saves the next version; the draft that it came of is done with. */
  async save(source: string, draftOf: string): Promise<StoredProtocol> {
    const saved = await this.#api.request('protocols.save', { source, of: madeFrom(draftOf) })
    this.#drafts.delete(draftOf)
    await this.refresh()
    return saved
  }

  /** Reads a protocol, and the files that it names, from a file on the machine where the host runs. */
  async import(
    path: string,
    { nextVersion, encoding }: { nextVersion: boolean; encoding?: SaidEncoding | undefined },
  ): Promise<StoredProtocol> {
    const imported = await this.#api.request('protocols.import', {
      path,
      nextVersion,
      ...(encoding === undefined ? {} : { encoding }),
    })
    await this.refresh()
    return imported
  }

  async restore(id: string, version: number): Promise<StoredProtocol> {
    const restored = await this.#api.request('protocols.restore', { id, version })
    await this.refresh()
    return restored
  }

  async remove(id: string): Promise<void> {
    await this.#api.request('protocols.remove', { id })
    this.#drafts.delete(id)
    await this.refresh()
  }
}

function madeFrom(draftOf: string): string | null {
  return draftOf === NEW_PROTOCOL ? null : draftOf
}

/** The German ones that come with the app have `-de` at the end of their ids. */
function isForeign({ id, builtIn }: StoredProtocol, language: Language): boolean {
  return builtIn && id.endsWith('-de') !== (language === 'de')
}
