import * as v from 'valibot'
import type { Handlers } from '../../../shared/api.ts'
import type { Interruption } from '../../../shared/api/interruptions.ts'
import type { Run } from '../../../shared/api/training.ts'
import type { Store } from '../../store/index.ts'

const NAME = 'interruptions put aside'
/** A run that is interrupted again has another end. */
const PutAside = v.array(v.object({ runId: v.number(), endedAt: v.nullable(v.number()) }))

/** What was interrupted when Kalamos ended, as the entry points ask for it. */
export function interruptionHandlers({ store }: { store: Store }): Pick<Handlers, 'runs.interrupted' | 'runs.dismiss'> {
  const interrupted = (): Run[] => store.runs.list().filter(({ state }) => state === 'interrupted')
  const aside = (): v.InferOutput<typeof PutAside> => store.settings.get(NAME, PutAside) ?? []
  const isAside = ({ id, endedAt }: Run): boolean => aside().some((one) => one.runId === id && one.endedAt === endedAt)
  return {
    'runs.interrupted': () =>
      interrupted()
        .filter((run) => !isAside(run))
        .map((run) => told(store, run)),
    'runs.dismiss'({ runIds }) {
      const next = interrupted().filter((run) => runIds.includes(run.id) || isAside(run))
      store.settings.set(
        NAME,
        next.map(({ id, endedAt }) => ({ runId: id, endedAt })),
      )
      return {}
    },
  }
}

function told(store: Store, { id, config }: Run): Interruption {
  const adaptation = store.adaptations.ofRun(id)
  return {
    runId: id,
    name: config.name,
    version: adaptation
      ? {
          writerId: adaptation.writerId,
          writerName: store.writers.get(adaptation.writerId).name,
          version: adaptation.version,
        }
      : null,
  }
}
