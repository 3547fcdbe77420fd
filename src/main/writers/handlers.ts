import type { Handlers } from '../../shared/api.ts'
import type { ErasureReport } from '../../shared/api/writers.ts'
import type { Events } from '../events.ts'
import { forgetWriters } from '../ml/embedding/file.ts'
import { eraseWriter, type Fitted } from '../store/erase.ts'
import type { Store } from '../store/index.ts'
import { exportWriter } from './export.ts'
import { writeErasure } from './report.ts'

/** What was fitted to a writer goes with the writer. */
interface Versions {
  forget(writerId: number): Fitted
}

/** What somebody who writes may ask for: a copy of everything, and its deletion with a report. */
export function writerDataHandlers({ store, events, versions }: { store: Store; events: Events; versions?: Versions }): Pick<Handlers, 'writers.delete' | 'writers.report' | 'writers.export' | 'writers.consents'> {
  const erasures = new Map<number, ErasureReport>()
  return {
    'writers.delete': ({ id }) => {
      const fitted = versions?.forget(id)
      // Earlier versions kept names there; nobody needs them, whatever becomes of the deletion.
      forgetWriters(store.files)
      const report = eraseWriter(store, id, fitted)
      erasures.set(id, report)
      events.emit('recordings.changed', { total: store.recordings.count({}) })
      return report
    },
    'writers.report': ({ id, path }) => writeErasure(id, erasures.get(id), path),
    'writers.export': ({ id, path }) => exportWriter(store, id, path),
    'writers.consents': ({ id }) => {
      store.writers.get(id)
      return store.sittings.consents(id)
    },
  }
}
