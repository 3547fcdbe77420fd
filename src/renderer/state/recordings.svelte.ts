import { SvelteSet } from 'svelte/reactivity'
import type { Api, Output } from '../../shared/api.ts'
import type { Recording, RecordingFilter, RecordingSignal, Session } from '../../shared/api/recordings.ts'
import type { Topic } from './topic.ts'

export const PAGE_SIZE = 50

/** The stored recordings, one page at a time, with what is selected and what is looked at. */
export class Recordings implements Topic {
  readonly #api: Api
  #asked = 0
  #reload: ReturnType<typeof setTimeout> | undefined
  filter = $state.raw<RecordingFilter>({})
  page = $state(0)
  rows = $state.raw<Recording[]>([])
  total = $state(0)
  /** Recordings in the whole store, whatever the filter; null until the host said so. */
  stored = $state<number | null>(null)
  sessions = $state.raw<Session[]>([])
  loaded = $state(false)
  loading = $state(false)
  detail = $state.raw<RecordingSignal | null>(null)
  readonly selected = new SvelteSet<number>()

  readonly pages = $derived(Math.max(1, Math.ceil(this.total / PAGE_SIZE)))
  readonly filtered = $derived(Object.values(this.filter).some((value) => value !== undefined && value !== ''))

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    const [sessions, any] = await Promise.all([
      this.#api.request('sessions.list', {}),
      this.#api.request('recordings.list', { filter: {}, offset: 0, limit: 1 }),
    ])
    this.sessions = sessions
    this.stored = any.total
    await this.load()
  }

  /** Recordings come one by one while somebody writes: the page is loaded again at most four times a second. */
  listen(): () => void {
    return this.#api.on('recordings.changed', ({ total }) => {
      this.stored = total
      if (this.#reload !== undefined) return
      this.#reload = setTimeout(() => {
        this.#reload = undefined
        void this.refresh()
      }, 250)
    })
  }

  async show(filter: RecordingFilter, page = 0): Promise<void> {
    this.filter = filter
    this.page = page
    this.selected.clear()
    await this.load()
  }

  /** Loads the page asked for; an answer that a later question has overtaken is dropped. */
  async load(): Promise<void> {
    const asked = ++this.#asked
    this.loading = true
    try {
      const found = await this.#api.request('recordings.list', { filter: this.filter, offset: this.page * PAGE_SIZE, limit: PAGE_SIZE })
      if (asked !== this.#asked) return
      this.total = found.total
      this.rows = found.recordings
      this.loaded = true
      if (this.rows.length === 0 && this.page > 0) await this.show(this.filter, Math.max(0, Math.ceil(found.total / PAGE_SIZE) - 1))
    } finally {
      if (asked === this.#asked) this.loading = false
    }
  }

  async open(id: number): Promise<void> {
    this.detail = await this.#api.request('recordings.get', { id })
  }

  close(): void {
    this.detail = null
  }

  async relabel(id: number, label: string): Promise<void> {
    const recording = await this.#api.request('recordings.relabel', { id, label })
    this.rows = this.rows.map((row) => (row.id === id ? recording : row))
    if (this.detail?.recording.id === id) this.detail = { ...this.detail, recording }
  }

  async delete(ids: number[]): Promise<void> {
    await this.#api.request('recordings.delete', { ids })
    if (this.detail !== null && ids.includes(this.detail.recording.id)) this.detail = null
    for (const id of ids) this.selected.delete(id)
    await this.refresh()
  }

  async undo(): Promise<string | null> {
    const { undone } = await this.#api.request('recordings.undo', {})
    await this.refresh()
    return undone
  }

  async importNdjson(path: string): Promise<Output<'exchange.import'>> {
    const report = await this.#api.request('exchange.import', { format: 'ndjson', path })
    await this.refresh()
    return report
  }
}
