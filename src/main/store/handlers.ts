import type { Handlers } from '../../shared/api.ts'
import type { Events } from '../process/events.ts'
import { shownSignal } from './shown.ts'
import type { Store } from './store.ts'

/** The store's part of the contract: writers, sessions, recordings. */
export function storeHandlers({ store, events }: { store: Store; events: Events }) {
  const { writers, sessions, recordings } = store
  const changed = () => events.emit('recordings.changed', { total: recordings.count({}) })
  return {
    'writers.list': () => writers.list(),
    'writers.create': (writer) => writers.create(writer),
    'writers.update'({ id, ...change }) {
      const { name } = writers.get(id)
      const writer = writers.update(id, change)
      store.holdout.rename(name, writer.name)
      // Lists of recordings show who wrote.
      changed()
      return writer
    },
    'sessions.list': () => sessions.list(),
    'recordings.list': ({ filter, offset, limit }) => recordings.list(filter, offset, limit),
    'recordings.get': ({ id, raw }) => ({
      recording: recordings.get(id),
      ...shownSignal(raw ? recordings.rawSignal(id) : recordings.signal(id)),
    }),
    'recordings.relabel': ({ id, label }) => {
      const recording = recordings.relabel(id, label)
      changed()
      return recording
    },
    'recordings.delete': ({ ids }) => {
      recordings.delete(ids)
      changed()
      return {}
    },
    'recordings.undo': () => {
      const undone = recordings.undo()
      if (undone !== null) changed()
      return { undone }
    },
  } satisfies Partial<Handlers>
}
