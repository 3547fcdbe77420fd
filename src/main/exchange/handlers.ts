import { extname } from 'node:path'
import type { Handlers, ValidInput } from '../../shared/api.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { Events } from '../process/events.ts'
import { log } from '../log/index.ts'
import type { Fork } from '../process/fork.ts'
import type { Store } from '../store/index.ts'
import { browse } from './browse.ts'
import { exportRecordings, previewExport } from './export.ts'
import { detectFormat, listFormats } from './formats.ts'
import { comingWith, foldsNow, freezeFolds, keepFoldsUp } from './freeze.ts'
import { importRecordings } from './import.ts'
import { previewImport } from './preview.ts'
import { writeReport, type ImportReport } from './report.ts'

type Exchange = Extract<keyof Handlers, `exchange.${string}`>

/** Shows a dialog of the system in which a person chooses a path; gives null where they choose none. */
export type ChoosePath = (wish: ValidInput<'exchange.choose'>) => Promise<string | null>

export interface ExchangeDeps {
  store: Store
  events: Events
  /** Starts the processes that read files of others. */
  fork?: Fork | undefined
  /** Where the entry point has such dialogs. */
  choosePath?: ChoosePath | undefined
}

/**
 * Recordings in and out of the store; one import or export at a time. `close` stops what is running or being looked at,
 * and waits until nothing of it is left.
 */
export function openExchange({ store, events, fork, choosePath }: ExchangeDeps): {
  handlers: Pick<Handlers, Exchange>
  close: () => Promise<void>
} {
  let running:
    { path: string; doing: 'import' | 'export'; abort: AbortController; settled: Promise<unknown> } | undefined
  let last: ImportReport | undefined
  const looks = new Map<AbortController, Promise<unknown>>()

  async function look<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController()
    const looking = work(abort.signal)
    looks.set(
      abort,
      looking.catch(() => undefined),
    )
    try {
      return await looking
    } finally {
      looks.delete(abort)
    }
  }

  const leaveLooks = (): void => looks.forEach((_looking, abort) => abort.abort())

  async function alone<T>(
    doing: 'import' | 'export',
    path: string,
    work: (signal: AbortSignal, progress: (share: number, recordings: number) => void) => Promise<T>,
  ): Promise<T> {
    if (running !== undefined) {
      throw new KalamosError(
        'conflict',
        `${running.path} is being ${running.doing === 'import' ? 'imported' : 'exported'}.`,
        'Wait until it is done, or cancel it.',
      )
    }
    const abort = new AbortController()
    const settled = work(abort.signal, (share, recordings) =>
      events.emit('exchange.progress', { doing, path, share, recordings }),
    )
    running = { path, doing, abort, settled: settled.catch(() => undefined) }
    try {
      return await settled
    } finally {
      running = undefined
    }
  }

  // One after the other: two that read the folds at once would forget each other's writers.
  let keeping: Promise<unknown> = Promise.resolve()
  function keep<T>(work: () => Promise<T>): Promise<T> {
    const kept = keeping.then(work)
    // What keeps the folds from being read is told by every list of recordings.
    keeping = kept.catch(() => undefined)
    return kept
  }

  let session: number | null = null
  const leaveSessions = events.on('record.changed', (state) => {
    if (state === null || state.sessionId === session) return
    session = state.sessionId
    keep(() => keepFoldsUp(store, comingWith(store, state.sessionId))).catch(() => undefined)
  })

  const handlers: Pick<Handlers, Exchange> = {
    'exchange.formats': () => listFormats(),
    'exchange.detect': ({ path }) => look(async (signal) => ({ format: await detectFormat(path, signal) })),
    'exchange.preview': ({ format, path, csv, encoding, allStreams, writerPrefix }) =>
      look((signal) => previewImport(store, format, path, { csv, encoding, allStreams, writerPrefix, signal, fork })),
    'exchange.cancelPreview': () => {
      leaveLooks()
      return {}
    },
    'exchange.browse': ({ path }) => browse(path),
    'exchange.choose': async (wish) => {
      if (choosePath === undefined)
        throw new KalamosError(
          'unavailable',
          'A browser cannot show the file dialogs of this machine.',
          'Type the path, or use "Browse".',
        )
      return { path: await choosePath(wish) }
    },
    'exchange.folds': () => foldsNow(store),
    'exchange.freeze': async ({ holdout }) => {
      const now = await keep(() => freezeFolds(store, holdout))
      events.emit('recordings.changed', { total: store.recordings.count({}) })
      return now
    },
    'exchange.report': ({ path }) => writeReport(last, path),
    'exchange.import': async ({ format, path, writerPrefix, sameWriters, encoding, strict, csv, allStreams }) => {
      try {
        let refusals: ImportReport['refusals'] = []
        const result = await alone('import', path, (signal, progress) =>
          importRecordings(store, format, path, {
            csv,
            encoding,
            allStreams,
            fork,
            ...(writerPrefix === undefined ? {} : { writerPrefix }),
            ...(sameWriters === undefined ? {} : { sameWriters }),
            ...(strict === undefined ? {} : { strict }),
            signal,
            progress: ({ share, imported }) => progress(share, imported),
            leftOut: (all) => (refusals = all),
          }),
        )
        last = { source: path, at: Date.now(), result, refusals }
        log('exchange').info('recordings came in', {
          format,
          extension: endingOf(path),
          recordings: result.imported,
          refused: result.refusedCount,
        })
        await keep(() => keepFoldsUp(store))
        return result
      } finally {
        events.emit('recordings.changed', { total: store.recordings.count({}) })
      }
    },
    'exchange.previewExport': ({ format, filter, ids }) => previewExport(store, format, { filter, ids }),
    'exchange.export': async ({ format, path, filter, ids, licence, notes, holdout, spreadsheet }) => {
      const result = await alone('export', path, (signal, progress) =>
        exportRecordings(store, format, path, {
          filter,
          ids,
          notes,
          ...(licence === undefined ? {} : { licence }),
          ...(holdout === undefined ? {} : { holdout }),
          spreadsheet,
          signal,
          progress: ({ share, exported }) => progress(share, exported),
        }),
      )
      log('exchange').info('recordings went out', { format, extension: endingOf(path), recordings: result.exported })
      return result
    },
    'exchange.cancel': () => {
      running?.abort.abort()
      return {}
    },
  }
  const close = async (): Promise<void> => {
    running?.abort.abort()
    leaveLooks()
    leaveSessions()
    await Promise.all([running?.settled, keeping, ...looks.values()])
  }
  return { handlers, close }
}

/** All that the log may have of a file's name, which can be a person's: its ending, where that is a usual one. */
function endingOf(path: string): string {
  const ending = extname(path).toLowerCase()
  return /^\.(?:csv|gz|h5|json|ndjson|npz|parquet|pkl|tsv|txt|xdf|zip)$/.test(ending) ? ending : 'other'
}
