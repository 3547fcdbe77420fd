import type { Api, Input, Output } from '../../shared/api.ts'
import type { Format } from '../../shared/api/exchange.ts'
import type { RecordingFilter } from '../../shared/api/recordings.ts'
import type { Selection } from '../../shared/api/review.ts'
import { childPath } from './paths.ts'
import type { Topic } from './topic.ts'

/** How far a running import or export is. */
export interface Transfer {
  doing: 'import' | 'export'
  path: string
  share: number
  recordings: number
}

/** Recordings on their way in and out: which formats there are, what runs, and which dialog is open. */
export class Exchange implements Topic {
  readonly api: Api
  formats = $state.raw<Format[]>([])
  /** What is running, here or in another window; null where nothing is. */
  transfer = $state.raw<Transfer | null>(null)
  importOpen = $state(false)
  exportOpen = $state(false)
  /** What an export is asked to take. */
  wanted = $state.raw<{ filter: RecordingFilter; ids: number[] }>({ filter: {}, ids: [] })

  constructor(api: Api) {
    this.api = api
  }

  async refresh(): Promise<void> {
    this.formats = await this.api.request('exchange.formats', {})
  }

  listen(): () => void {
    return this.api.on('exchange.progress', (now) => (this.transfer = now))
  }

  openImport(): void {
    this.importOpen = true
  }

  /** Opens the dialog for these recordings: those that are selected one by one, and those of the filter that is set. */
  openExport(filter: RecordingFilter, selection: Selection | null): void {
    this.wanted = { filter, ids: selection !== null && 'ids' in selection ? selection.ids : [] }
    this.exportOpen = true
  }

  /** Runs an import or export; what runs is shown until it ends, however it ends. */
  async during<T>(doing: Transfer['doing'], path: string, work: () => Promise<T>): Promise<T> {
    this.transfer = { doing, path, share: 0, recordings: 0 }
    try {
      return await work()
    } finally {
      this.transfer = null
    }
  }

  async cancel(): Promise<void> {
    await this.api.request('exchange.cancel', {})
  }

  /** A new place for something of this name, in the home folder. */
  async newPlace(name: string): Promise<string> {
    return childPath((await this.browse('')).folder, name)
  }

  /** The path that the person chooses in a dialog of the system; null where they choose none. */
  async choose(what: Input<'exchange.choose'>['what'], path: string): Promise<string | null> {
    return (await this.api.request('exchange.choose', path === '' ? { what } : { what, path })).path
  }

  browse(path: string): Promise<Output<'exchange.browse'>> {
    return this.api.request('exchange.browse', path === '' ? {} : { path })
  }
}
