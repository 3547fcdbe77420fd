import type { Api } from '../../shared/api.ts'
import type { RecordingFilter } from '../../shared/api/recordings.ts'
import type { Overview as Figures } from '../../shared/api/review.ts'

/** What there is in the store, in figures for pictures; loaded when it is looked at. */
export class Overview {
  readonly #api: Api
  #asked = 0
  filter = $state.raw<RecordingFilter>({})
  figures = $state.raw<Figures | null>(null)

  constructor(api: Api) {
    this.#api = api
  }

  /** An answer that a later question has overtaken is dropped. */
  async show(filter: RecordingFilter): Promise<void> {
    const asked = ++this.#asked
    this.filter = filter
    const figures = await this.#api.request('review.overview', { filter })
    if (asked === this.#asked) this.figures = figures
  }
}
