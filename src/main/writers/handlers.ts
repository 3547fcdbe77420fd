import type { Handlers } from '../../shared/api.ts'
import type { Events } from '../events.ts'
import { eraseWriter } from '../store/erase.ts'
import type { Store } from '../store/index.ts'
import { exportWriter } from './export.ts'

/** What somebody who writes may ask for: a copy of everything, and its deletion. */
export function writerDataHandlers({ store, events }: { store: Store; events: Events }): Pick<Handlers, 'writers.delete' | 'writers.export' | 'writers.consents'> {
  return {
    'writers.delete': ({ id }) => {
      const report = eraseWriter(store, id)
      events.emit('recordings.changed', { total: store.recordings.count({}) })
      return report
    },
    'writers.export': ({ id, path }) => exportWriter(store, id, path),
    'writers.consents': ({ id }) => {
      store.writers.get(id)
      return store.sittings.consents(id)
    },
  }
}
