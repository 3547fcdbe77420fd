import type { Handlers } from '../../shared/api.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { Events } from '../events.ts'
import type { Store } from '../store/index.ts'
import { importNdjson } from './ndjson-import.ts'

/** Import into the store; one file at a time. */
export function exchangeHandlers({ store, events }: { store: Store; events: Events }): Pick<Handlers, 'recordings.importNdjson' | 'recordings.cancelImport'> {
  let running: { path: string; abort: AbortController } | undefined
  return {
    'recordings.importNdjson': async ({ path, writerPrefix }) => {
      if (running !== undefined) throw new KalamosError('conflict', `${running.path} is being imported.`, 'Wait until it is done, or cancel it.')
      running = { path, abort: new AbortController() }
      try {
        return await importNdjson(store, path, {
          ...(writerPrefix === undefined ? {} : { writerPrefix }),
          signal: running.abort.signal,
          progress: ({ share, imported }) => events.emit('recordings.importing', { path, share, imported }),
        })
      } finally {
        running = undefined
        events.emit('recordings.changed', { total: store.recordings.count({}) })
      }
    },
    'recordings.cancelImport': () => {
      running?.abort.abort()
      return {}
    },
  }
}
