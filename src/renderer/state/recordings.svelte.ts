import { SvelteSet } from 'svelte/reactivity'
import type { Api, Output } from '../../shared/api.ts'
import type { RecordingFilter, Session } from '../../shared/api/recordings.ts'
import type { ReviewRow, Selection, Sort } from '../../shared/api/review.ts'
import { together, type Topic } from './topic.ts'

export const PAGE_SIZE = 50
export const NEWEST_FIRST: Sort = { by: 'id', descending: true }

export type Choices = Output<'review.choices'>

/**
 * Where a page begins: so many rows in, or beside a row of another page. The latter is as quick at the end of a long
 * list as at its start.
 */
type Place = { offset: number } | { after: string } | { before: string }

/** The stored recordings, one page at a time, with what is selected. */
export class Recordings implements Topic {
  readonly #api: Api
  #asked = 0
  #reload: ReturnType<typeof setTimeout> | undefined
  #place: Place = { offset: 0 }
  #edges: { first: string | null; last: string | null } = { first: null, last: null }
  filter = $state.raw<RecordingFilter>({})
  sort = $state.raw<Sort>(NEWEST_FIRST)
  page = $state(0)
  rows = $state.raw<ReviewRow[]>([])
  total = $state(0)
  /** There are more than `total` recordings. */
  capped = $state(false)
  /** Recordings in the whole store, whatever the filter; null until the host said so. */
  stored = $state<number | null>(null)
  sessions = $state.raw<Session[]>([])
  choices = $state.raw<Choices>({ tags: [], exclusions: [], protocols: [], models: [], devices: [], files: [] })
  /** Grows when recordings come, go or are edited. */
  changes = $state(0)
  loaded = $state(false)
  loading = $state(false)
  /** How far a model is with reading what the filter leaves; null while none does. */
  reading = $state.raw<{ modelId: number; done: number; total: number } | null>(null)
  readonly selected = new SvelteSet<number>()
  /** How many there are where all that match the filter are selected, on whatever page; null where they are not. */
  #all = $state<number | null>(null)

  readonly pages = $derived(Math.max(1, Math.ceil(this.total / PAGE_SIZE)))
  /** Whether no page follows; where not all were counted, a page that is not full is the last one. */
  readonly atEnd = $derived(this.capped ? this.rows.length < PAGE_SIZE : this.page + 1 >= this.pages)
  readonly allSelected = $derived(this.#all !== null)
  readonly selectedCount = $derived(this.#all ?? this.selected.size)

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    const [sessions, any, choices] = await Promise.all([
      this.#api.request('sessions.list', {}),
      this.#api.request('recordings.list', { filter: {}, offset: 0, limit: 1 }),
      this.#api.request('review.choices', {}),
    ])
    this.sessions = sessions
    this.stored = any.total
    this.choices = choices
    await this.load()
  }

  /** Recordings come one by one while somebody writes: the page is loaded again at most four times a second. */
  listen(): () => void {
    return together(
      this.#api.on('recordings.changed', ({ total }) => {
        this.stored = total
        this.#refreshSoon()
      }),
      this.#api.on('review.edited', () => this.#refreshSoon()),
      this.#api.on('review.reading', (at) => (this.reading = at)),
    )
  }

  #refreshSoon(): void {
    if (this.#reload !== undefined) return
    this.#reload = setTimeout(() => {
      this.#reload = undefined
      this.changes++
      void this.refresh()
    }, 250)
  }

  /** From the first page on, with nothing selected: nobody deletes what they do not see. */
  async show(filter: RecordingFilter): Promise<void> {
    this.filter = filter
    if (filter.reading === undefined && this.sort.by === 'confidence') this.sort = NEWEST_FIRST
    this.unselect()
    await this.#go({ offset: 0 }, 0)
  }

  /** By the same column again, the other way round. */
  async sortBy(by: Sort['by']): Promise<void> {
    this.sort = { by, descending: this.sort.by === by && !this.sort.descending }
    await this.#go({ offset: 0 }, 0)
  }

  async turn(to: 'first' | 'previous' | 'next' | 'last'): Promise<void> {
    const { first, last } = this.#edges
    if (to === 'next' && last !== null) await this.#go({ after: last }, this.page + 1)
    else if (to === 'previous' && first !== null && this.page > 1) await this.#go({ before: first }, this.page - 1)
    else if (to === 'last') await this.#go({ offset: (this.pages - 1) * PAGE_SIZE }, this.pages - 1)
    else await this.#go({ offset: 0 }, 0)
  }

  async #go(place: Place, page: number): Promise<void> {
    this.#place = place
    this.page = page
    await this.load()
  }

  /** Loads the page asked for; an answer that a later question has overtaken is dropped. */
  async load(): Promise<void> {
    const asked = ++this.#asked
    this.loading = true
    try {
      const found = await this.#api.request('review.list', {
        filter: this.filter,
        sort: this.sort,
        limit: PAGE_SIZE,
        ...this.#place,
      })
      if (asked !== this.#asked) return
      this.total = found.total
      this.capped = found.capped
      this.rows = found.rows
      this.#edges = { first: found.first, last: found.last }
      this.loaded = true
      if (this.allSelected) {
        const all = await this.#countAll()
        if (asked === this.#asked && this.allSelected) this.#all = all
      }
      if (this.rows.length === 0 && this.page > 0) await this.turn('last')
    } finally {
      if (asked === this.#asked) this.loading = false
    }
  }

  /** Selects rows or takes them out; who takes one out of all keeps the others of the page. */
  select(ids: readonly number[], on: boolean): void {
    if (this.allSelected) {
      this.#all = null
      for (const { id } of this.rows) this.selected.add(id)
    }
    for (const id of ids) {
      if (on) this.selected.add(id)
      else this.selected.delete(id)
    }
  }

  isSelected(id: number): boolean {
    return this.allSelected || this.selected.has(id)
  }

  /** Who changes or deletes all of them is told exactly how many those are. */
  async selectAll(): Promise<void> {
    const { filter } = this
    const all = await this.#countAll()
    if (filter !== this.filter) return
    this.selected.clear()
    this.#all = all
  }

  /** To the end, and with those that the filter leaves and a list by confidence does not show. */
  async #countAll(): Promise<number> {
    if (!this.capped && this.sort.by !== 'confidence') return this.total
    return (await this.#api.request('recordings.list', { filter: this.filter, offset: 0, limit: 1 })).total
  }

  unselect(): void {
    this.selected.clear()
    this.#all = null
  }

  /** What is selected, as an edit takes it; null where nothing is. */
  get selection(): Selection | null {
    if (this.allSelected) return { filter: this.filter }
    return this.selected.size === 0 ? null : { ids: [...this.selected] }
  }

  /** Lets a model read whatever the filter leaves, so that it can be filtered and sorted by how sure the model is. */
  async readAll(modelId: number): Promise<{ read: number; refused: number }> {
    this.reading = { modelId, done: 0, total: this.total }
    try {
      const { reading: _, ...rest } = this.filter
      return await this.#api.request('review.readAll', { modelId, which: { filter: rest } })
    } finally {
      this.reading = null
      await this.refresh()
    }
  }

  async cancelReading(): Promise<void> {
    await this.#api.request('review.cancelReading', {})
  }
}
