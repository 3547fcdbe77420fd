import { existsSync } from 'node:fs'
import type { Handlers } from '../../shared/api.ts'
import type { ErasureReport } from '../../shared/api/writers.ts'
import type { Run } from '../../shared/api/training.ts'
import { say } from '../../shared/messages/index.ts'
import type { Events } from '../process/events.ts'
import { forgetWriters } from '../ml/embedding/file.ts'
import { learnsFrom } from '../training/queue/learns-from.ts'
import type { TrainingQueue } from '../training/queue/queue.ts'
import { eraseWriter, type Fitted } from '../store/erase.ts'
import type { Store } from '../store/index.ts'
import { exportWriter } from './export.ts'
import { writeErasure } from './report.ts'

/** What was fitted to a writer goes with the writer. */
interface Versions {
  forget(writerId: number): Fitted
}

/** Trainings, of which those that learn from a writer are stopped before the writer goes. */
type Trainings = Pick<TrainingQueue, 'list' | 'folder' | 'lettingGo'>

const LET_GO = {
  message: say('learning.writer-whom-learned-deleted'),
  hint: say('learning.resume-begins-anew-without'),
} as const

/** What somebody who writes may ask for: a copy of everything, and its deletion with a report. */
export function writerDataHandlers({
  store,
  events,
  versions,
  trainings,
}: {
  store: Store
  events: Events
  versions?: Versions
  trainings?: Trainings
}) {
  const learning = (writerId: number): ((run: Run) => boolean) => {
    const recordings = store.recordings.idsOfWriter(writerId)
    return (run) => learnsFrom(store, run, trainings?.folder(run.id) ?? '', recordings)
  }
  const erasures = new Map<number, ErasureReport>()
  return {
    'writers.learning': ({ id }) =>
      (trainings?.list() ?? []).filter((run) => UNDER_WAY.includes(run.state) && learning(id)(run)).map(named),
    'writers.delete': async ({ id }) => {
      store.writers.refuseRecorded(id)
      const fitted = versions?.forget(id)
      // Earlier versions kept names there; nobody needs them, whatever becomes of the deletion.
      forgetWriters(store.files)
      const erase = () => eraseWriter(store, id, fitted)
      const { value, stopped } =
        trainings === undefined
          ? { value: erase(), stopped: [] }
          : await trainings.lettingGo(learning(id), LET_GO, erase)
      const runs = value.runs.filter((run) => trainings === undefined || existsSync(trainings.folder(run.id)))
      const report = { ...value, runs, stopped: stopped.map(named) }
      erasures.set(id, report)
      events.emit('recordings.changed', { total: store.recordings.count({}) })
      return report
    },
    'writers.report': ({ id, path }) => writeErasure(id, erasures.get(id), path),
    'writers.export': ({ id, path }) => exportWriter(store, id, path),
    'writers.consents': ({ id }) => {
      store.writers.get(id)
      return store.promptedSessions.consents(id)
    },
  } satisfies Partial<Handlers>
}

const UNDER_WAY: readonly Run['state'][] = ['preparing', 'running']

function named({ id, config }: Run): { id: number; name: string } {
  return { id, name: config.name }
}
