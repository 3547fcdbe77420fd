import type { Handlers } from '../../shared/api.ts'
import type { ErasureReport } from '../../shared/api/writers.ts'
import type { Events } from '../events.ts'
import { forgetWriters } from '../ml/embedding/file.ts'
import { eraseWriter } from '../store/erase.ts'
import type { Store } from '../store/index.ts'
import { exportWriter } from './export.ts'
import { writeErasure } from './report.ts'

/** What was fitted to a writer goes with the writer. */
interface Versions {
  forget(writerId: number): { modelIds: readonly number[]; erase: () => void }
}

/** What somebody who writes may ask for: a copy of everything, and its deletion with a report. */
export function writerDataHandlers({ store, events, versions }: { store: Store; events: Events; versions?: Versions }): Pick<Handlers, 'writers.delete' | 'writers.report' | 'writers.export' | 'writers.consents'> {
  const erasures = new Map<number, ErasureReport>()
  return {
    'writers.delete': ({ id }) => {
      const fitted = versions?.forget(id)
      const { models, ...erased } = eraseWriter(store, id)
      fitted?.erase()
      forgetWriters(store.files)
      const report = { ...erased, models: models.filter((model) => !fitted?.modelIds.includes(model.id)) }
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
