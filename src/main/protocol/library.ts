import { readdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Protocol, StoredProtocol } from '../../shared/api/protocols.ts'
import type { SaidEncoding } from '../../shared/encoding.ts'
import { KalamosError } from '../../shared/errors.ts'
import { readForeign } from '../foreign-file.ts'
import { resource } from '../paths.ts'
import { decodeText } from '../text/decode.ts'
import type { Store } from '../store/index.ts'
import type { ProtocolVersion } from '../store/protocols.ts'
import { mustReadProtocol } from './read.ts'
import { resolvePrompts } from './resolve.ts'

/** No protocol is longer: what is said of a study fits into a few pages, and lists of prompts can lie beside it. */
const MOST_BYTES = 1024 * 1024

interface ReadyMade {
  source: string
  protocol: Protocol
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
    const own = new Map(this.#store.protocols.newest().filter(({ removed }) => !removed).map((version) => [version.id, version]))
    const shipped = [...readyMadeProtocols()].map(([id, made]) => {
      const version = own.get(id)
      own.delete(id)
      return version === undefined ? asShipped(made, sessions.get(id) ?? 0) : this.#stored(version, sessions.get(id) ?? 0)
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
    throw new KalamosError('not-found', `There is no protocol ${id}${version === undefined ? '' : `, version ${version}`}.`, `There are ${known.join(', ')}.`)
  }

  /** Saves a text as the next version. `folder` is where the files it names lie; null for a text that was written in the app. Throws `invalid-input` or `not-found`; then nothing is saved. */
  save(source: string, folder: string | null = null, name = 'The protocol', encoding?: SaidEncoding): StoredProtocol {
    const protocol = this.#filesKept(mustReadProtocol(source, name), folder)
    const { id } = this.#store.protocols.save(source, resolvePrompts(protocol, folder, encoding))
    return this.get(id)
  }

  /** Reads a protocol from its file; what is said of its encoding counts for the files that it names, too. Throws what `save` and `decodeText` throw. */
  import(path: string, encoding?: SaidEncoding): StoredProtocol {
    let bytes: Uint8Array
    try {
      bytes = readForeign(path, MOST_BYTES)
    } catch (error) {
      if (error instanceof KalamosError && error.code !== 'not-found') throw error
      throw new KalamosError('not-found', `The protocol ${path} cannot be read.`, 'Name a YAML file.', { cause: error })
    }
    return this.save(decodeText(path, bytes, encoding), dirname(path), path, encoding)
  }

  /** Takes it out of the list; one that comes with the app goes back to how it came. Throws `not-found`, or `conflict` where nothing can be removed. */
  remove(id: string): void {
    const { builtIn, name } = this.get(id)
    if (builtIn) throw new KalamosError('conflict', `“${name}” comes with the app.`, 'It costs nothing to leave it in the list.')
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

  /** Files that the version before had read are not asked for again where their block still names them. */
  #filesKept(protocol: Protocol, folder: string | null): Protocol {
    if (folder !== null) return protocol
    const before = this.#store.protocols.get(protocol.id)
    if (before === undefined) return protocol
    const named = mustReadProtocol(before.source, 'The version before')
    const known = new Map(named.blocks.flatMap((block, i) => (block.prompts.file === undefined ? [] : [[block.prompts.file, before.protocol.blocks[i]!.prompts] as const])))
    return { ...protocol, blocks: protocol.blocks.map((block) => ({ ...block, prompts: known.get(block.prompts.file ?? '') ?? block.prompts })) }
  }

  #stored({ id, version, source, protocol, savedAt }: ProtocolVersion, sessions: number): StoredProtocol {
    return { id, version, name: protocol.name, about: protocol.about ?? null, builtIn: readyMadeProtocols().get(id)?.source === source, savedAt, source, protocol, sessions }
  }
}

function asShipped({ source, protocol }: ReadyMade, sessions: number): StoredProtocol {
  return { id: protocol.id, version: 0, name: protocol.name, about: protocol.about ?? null, builtIn: true, savedAt: null, source, protocol, sessions }
}
