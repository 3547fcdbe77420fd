import type { Said } from '../../shared/messages/index.ts'
import type { Api, Output, Payload } from '../../shared/api.ts'
import type { EditState, Selection } from '../../shared/api/review.ts'
import { together, type Topic } from './topic.ts'

export type Edited = Output<'review.trim'>

/**
 * Mending what was recorded: every edit, and how it is taken back. Pages that show recordings follow the event of the
 * host.
 */
export class Edits implements Topic {
  readonly #api: Api
  state = $state.raw<EditState>({ undo: null, redo: null })
  /** How far the judging of recordings is, here or in another window; null while there is none. */
  judging = $state.raw<Payload<'review.judging'> | null>(null)

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    this.state = (await this.#api.request('review.history', { limit: 1 })).state
  }

  listen(): () => void {
    return together(
      this.#api.on('review.edited', (state) => (this.state = state)),
      this.#api.on('review.judging', (at) => (this.judging = at.done < at.total ? at : null)),
    )
  }

  /** Keeps the frames from the first to the last one named. */
  trim(id: number, first: number, last: number): Promise<Edited> {
    return this.#api.request('review.trim', { id, first, end: last + 1 })
  }

  /** The frame named is the first one of the second half. */
  split(id: number, at: number, labels: [string | null, string | null]): Promise<Edited> {
    return this.#api.request('review.split', { id, at, labels })
  }

  merge(ids: [number, number], label: string | null): Promise<Edited> {
    return this.#api.request('review.merge', { ids, label })
  }

  relabel(id: number, label: string): Promise<Edited> {
    return this.#api.request('review.relabel', { id, label })
  }

  /** Null takes the label away. */
  async relabelAll(which: Selection, label: string | null): Promise<number> {
    return (await this.#api.request('review.relabelAll', { which, label })).changed
  }

  /** Null takes the tag away. */
  async tag(which: Selection, tag: string | null): Promise<number> {
    return (await this.#api.request('review.tag', { which, tag })).changed
  }

  async exclude(which: Selection, reason: string): Promise<number> {
    return (await this.#api.request('review.exclude', { which, reason })).changed
  }

  async include(which: Selection): Promise<number> {
    return (await this.#api.request('review.include', { which })).changed
  }

  /** Judges what nobody has judged, or what changed since; resolves to how many that were. */
  async judge(which: Selection): Promise<number> {
    try {
      return (await this.#api.request('review.judge', { which })).judged
    } finally {
      this.judging = null
    }
  }

  async cancelJudging(): Promise<void> {
    await this.#api.request('review.cancelJudging', {})
    this.judging = null
  }

  async delete(which: Selection): Promise<number> {
    return (await this.#api.request('review.delete', { which })).changed
  }

  /** Takes the last edit back and says which it was; null where there is none. */
  async undo(): Promise<Said | null> {
    return (await this.#api.request('review.undo', {})).undone
  }

  async redo(): Promise<Said | null> {
    return (await this.#api.request('review.redo', {})).redone
  }
}
