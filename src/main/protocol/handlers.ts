import type { Handlers } from '../../shared/api.ts'
import type { Events } from '../process/events.ts'
import { letterCounts } from './balance.ts'
import type { ProtocolLibrary } from './library.ts'
import { planFor } from './plan.ts'
import { mustReadProtocol } from './read.ts'
import { resolvePrompts } from './resolve.ts'

/** The protocols' part of the contract. */
export function protocolHandlers({ library, events }: { library: ProtocolLibrary; events: Events }) {
  const told = <T extends { id: string }>(changed: T): T => {
    events.emit('protocols.changed', { id: changed.id })
    return changed
  }
  return {
    'protocols.list': () => library.list(),
    'protocols.get': ({ id, version }) => library.get(id, version),
    'protocols.versions': ({ id }) => library.versions(id),
    'protocols.removed': () => library.removed(),
    'protocols.check': ({ source, of }) => {
      const { protocol, faults } = library.check(source, of)
      return { protocol, faults: [...faults] }
    },
    'protocols.preview': ({ source, writer }) => {
      const plan = planFor(resolvePrompts(mustReadProtocol(source, 'The protocol'), null), writer)
      return { plan, letters: letterCounts(plan.prompts.flatMap(({ label }) => label ?? [])) }
    },
    'protocols.save': ({ source, of }) => told(library.save(source, { of })),
    'protocols.import': ({ path, nextVersion, encoding }) => told(library.import(path, { nextVersion, encoding })),
    'protocols.restore': ({ id, version }) => told(library.restore(id, version)),
    'protocols.remove': ({ id }) => {
      library.remove(id)
      told({ id })
      return {}
    },
  } satisfies Partial<Handlers>
}
