import { readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Protocol, ProtocolFault, StoredProtocol } from '../../shared/api/protocols.ts'
import type { SaidEncoding } from '../../shared/encoding.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say, type Said } from '../../shared/messages/index.ts'
import { readForeign } from '../files/foreign-file.ts'
import { resource } from '../files/paths.ts'
import { decodeText } from '../files/text/decode.ts'
import type { Store } from '../store/index.ts'
import type { ProtocolVersion } from '../store/protocols.ts'
import { mustReadProtocol, readProtocol, type Wrong } from './read.ts'
import { resolvePrompts } from './resolve.ts'

/** No protocol is longer: what is said of a study fits into a few pages, and lists of prompts can lie beside it. */
const MOST_BYTES = 1024 * 1024

interface ReadyMade {
  source: string
  protocol: Protocol
}

/** A protocol by whom its id is known. */
interface Holder {
  id: string
  name: string
  source: string
  removed: boolean
}

interface Saving {
  /** The protocol that the text was made from; null for a new one. */
  of?: string | null
  /** Where the files lie that it names; null for a text that was written in the app. */
  folder?: string | null
  /** What faults call it. */
  name?: string
  /** What the files are in that it names, where somebody says it. */
  encoding?: SaidEncoding | undefined
}

let readyMade: Map<string, ReadyMade> | undefined

/** The protocols that come with the app, by id, with their prompts in them. */
export function readyMadeProtocols(): ReadonlyMap<string, ReadyMade> {
  readyMade ??= new Map(
    readdirSync(resource('protocols'))
      .filter((file) => file.endsWith('.yaml'))
      .sort()
      .map((file) => {
        const source = readFileSync(resource('protocols', file), 'utf8')
        const protocol = resolvePrompts(mustReadProtocol(source, file), null)
        return [protocol.id, { source, protocol }]
      }),
  )
  return readyMade
}

/** The protocols that come with the app, with the user's own over and beside them. */
export class ProtocolLibrary {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  list(): StoredProtocol[] {
    const sessions = this.#store.protocols.sessions()
    const own = new Map(
      this.#store.protocols
        .newest()
        .filter(({ removed }) => !removed)
        .map((version) => [version.id, version]),
    )
    const shipped = [...readyMadeProtocols()].map(([id, made]) => {
      const version = own.get(id)
      own.delete(id)
      return version === undefined
        ? asShipped(made, sessions.get(id) ?? 0)
        : this.#stored(version, sessions.get(id) ?? 0)
    })
    return [...shipped, ...[...own.values()].map((version) => this.#stored(version, sessions.get(version.id) ?? 0))]
  }

  /** Throws `not-found`. */
  get(id: string, version?: number): StoredProtocol {
    const stored = this.#store.protocols.get(id, version)
    const sessions = this.#store.protocols.sessions().get(id) ?? 0
    if (stored !== undefined && (version !== undefined || !stored.removed)) return this.#stored(stored, sessions)
    const made = readyMadeProtocols().get(id)
    if (made !== undefined && (version === undefined || version === 0)) return asShipped(made, sessions)
    const known = this.list().map((protocol) => protocol.id)
    throw new KalamosError(
      'not-found',
      version === undefined ? say('protocol.no-protocol', { id }) : say('protocol.no-version', { id, version }),
      say('general.there-are', { wordLists: known.join(', ') }),
    )
  }

  /**
   * Every version of one, the newest first; last how it came with the app, where no version of its own is the same.
   * Throws `not-found`.
   */
  versions(id: string): StoredProtocol[] {
    const sessions = this.#store.protocols.sessionsByVersion(id)
    const own = this.#store.protocols.versions(id)
    const made = readyMadeProtocols().get(id)
    if (own.length === 0 && made === undefined) this.get(id)
    const came = made === undefined || own.some(({ source }) => source === made.source) ? [] : [asShipped(made, 0)]
    return [...own.map((version) => this.#stored(version, sessions.get(version.version) ?? 0)), ...came]
  }

  /** The newest version of each that was taken out of the list. */
  removed(): StoredProtocol[] {
    const sessions = this.#store.protocols.sessions()
    return this.#store.protocols
      .newest()
      .filter(({ id, removed }) => removed && !readyMadeProtocols().has(id))
      .map((version) => this.#stored(version, sessions.get(version.id) ?? 0))
  }

  /**
   * Looks for all that would keep a text from being saved. The protocol is there where its values can be shown, faults
   * or not. `of` as in `Saving`.
   */
  check(source: string, of: string | null): { protocol: Protocol | null; faults: readonly ProtocolFault[] } {
    const { faults } = readProtocol(source, (protocol) => {
      const holder = this.#otherHolder(protocol.id, source, of)
      const unread = this.#filesKept(protocol, null).blocks.flatMap(({ prompts }, i): Wrong[] =>
        prompts.file === undefined
          ? []
          : [
              {
                path: ['blocks', i, 'prompts'],
                what: say('protocol.file-read-only-protocol'),
              },
            ],
      )
      return [...(holder === undefined ? [] : [{ path: ['id'], what: taken(holder) }]), ...unread]
    })
    return { protocol: readProtocol(source).protocol, faults }
  }

  /**
   * Saves a text as the next version of the protocol that it was made from, or as a new one.
   * Throws `conflict` where its id belongs to another protocol, `invalid-input` or `not-found`; then nothing is saved.
   */
  save(source: string, { of = null, folder = null, name = 'The protocol', encoding }: Saving = {}): StoredProtocol {
    const read = mustReadProtocol(source, name)
    const holder = this.#otherHolder(read.id, source, of)
    if (holder !== undefined)
      throw new KalamosError(
        'conflict',
        say('protocol.id', { taken: taken(holder) }),
        say('protocol.give-another-id-make'),
      )
    const { id } = this.#store.protocols.save(source, resolvePrompts(this.#filesKept(read, folder), folder, encoding))
    return this.get(id)
  }

  /**
   * Reads a protocol from its file. It is the next version of the one with its id where that has its name too, or where
   * `nextVersion` says so. What is said of its encoding counts for the files that it names, too. Throws what `save` and
   * `decodeText` throw.
   */
  import(
    path: string,
    { nextVersion = false, encoding }: { nextVersion?: boolean; encoding?: SaidEncoding | undefined } = {},
  ): StoredProtocol {
    let bytes: Uint8Array
    try {
      bytes = readForeign(path, MOST_BYTES)
    } catch (error) {
      if (error instanceof KalamosError && error.code !== 'not-found') throw error
      throw new KalamosError(
        'not-found',
        say('protocol.protocol-cannot-read', { path }),
        say('protocol.name-yaml-file'),
        { cause: error },
      )
    }
    const source = decodeText(path, bytes, encoding)
    const { id, name } = mustReadProtocol(source, path)
    const isNext = nextVersion || this.#holder(id)?.name === name
    return this.save(source, { of: isNext ? id : null, folder: dirname(path), name: path, encoding })
  }

  /** Makes a version the newest one, and brings a removed protocol back into the list. Throws `not-found`. */
  restore(id: string, version: number): StoredProtocol {
    const { source, protocol } = this.get(id, version)
    this.#store.protocols.save(source, protocol)
    return this.get(id)
  }

  /**
   * Takes it out of the list; one that comes with the app goes back to how it came. Throws `not-found`, or `conflict`
   * where nothing can be removed.
   */
  remove(id: string): void {
    const { builtIn, name } = this.get(id)
    if (builtIn)
      throw new KalamosError('conflict', say('protocol.comes-app', { name }), say('protocol.costs-nothing-leave-list'))
    this.#store.protocols.remove(id)
  }

  /** The version to record with: one that comes with the app is kept in the database from then on. */
  pin(id: string): { version: number; protocol: Protocol } {
    const { source, protocol } = this.get(id)
    const stored = this.#store.protocols.get(id)
    if (stored !== undefined && !stored.removed) return { version: stored.version, protocol: stored.protocol }
    const pinned = this.#store.protocols.save(source, protocol)
    return { version: pinned.version, protocol: pinned.protocol }
  }

  /** Who has an id now, or had it before it was removed. */
  #holder(id: string): Holder | undefined {
    const own = this.#store.protocols.get(id)
    const made = readyMadeProtocols().get(id)
    if (own !== undefined && !(own.removed && made !== undefined))
      return { id, name: own.protocol.name, source: own.source, removed: own.removed }
    return made === undefined ? undefined : { id, name: made.protocol.name, source: made.source, removed: false }
  }

  /** Who has an id that a text would take away from it; the same text again takes nothing away. */
  #otherHolder(id: string, source: string, of: string | null): Holder | undefined {
    const holder = this.#holder(id)
    return holder === undefined || id === of || holder.source === source ? undefined : holder
  }

  /** Files that the version before had read are not asked for again where their block still names them. */
  #filesKept(protocol: Protocol, folder: string | null): Protocol {
    if (folder !== null) return protocol
    const before = this.#store.protocols.get(protocol.id)
    if (before === undefined) return protocol
    const named = mustReadProtocol(before.source, say('protocol.version-before'))
    const known = new Map(
      named.blocks.flatMap((block, i) =>
        block.prompts.file === undefined ? [] : [[block.prompts.file, before.protocol.blocks[i]!.prompts] as const],
      ),
    )
    return {
      ...protocol,
      blocks: protocol.blocks.map((block) => ({
        ...block,
        prompts: known.get(block.prompts.file ?? '') ?? block.prompts,
      })),
    }
  }

  #stored({ id, version, source, protocol, savedAt }: ProtocolVersion, sessions: number): StoredProtocol {
    return {
      id,
      version,
      name: protocol.name,
      about: protocol.about ?? null,
      builtIn: readyMadeProtocols().get(id)?.source === source,
      savedAt,
      source,
      protocol,
      sessions,
    }
  }
}

function taken({ id, name, removed }: Holder): Said {
  return removed ? say('protocol.belonged-removed-restored', { id, name }) : say('protocol.belongs', { id, name })
}

function asShipped({ source, protocol }: ReadyMade, sessions: number): StoredProtocol {
  return {
    id: protocol.id,
    version: 0,
    name: protocol.name,
    about: protocol.about ?? null,
    builtIn: true,
    savedAt: null,
    source,
    protocol,
    sessions,
  }
}
