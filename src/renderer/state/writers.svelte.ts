import type { Api, Output } from '../../shared/api.ts'
import type { ErasureReport, Handedness, Writer } from '../../shared/api/writers.ts'
import type { Topic } from './topic.ts'

/** Those who write, under pseudonyms. */
export class Writers implements Topic {
  readonly #api: Api
  all = $state.raw<Writer[]>([])
  loaded = $state(false)
  /** Whether the dialog with all of them is open. */
  managing = $state(false)
  /** Whom this window deleted last, and what went with them, until somebody has seen it. */
  erased = $state.raw<{ id: number; report: ErasureReport } | null>(null)

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    this.all = await this.#api.request('writers.list', {})
    this.loaded = true
  }

  /** Writers come with recordings too: through an import, or a virtual pen. */
  listen(): () => void {
    return this.#api.on('recordings.changed', () => void this.refresh())
  }

  /** Corrects the pseudonym or the handedness. */
  async update(id: number, name: string, handedness: Handedness): Promise<Writer> {
    const writer = await this.#api.request('writers.update', { id, name, handedness })
    await this.refresh()
    return writer
  }

  /** What a writer agreed to, and when: oldest first. */
  consents(id: number): Promise<Output<'writers.consents'>> {
    return this.#api.request('writers.consents', { id })
  }

  /** Trainings that learn from a writer now: they are stopped when the writer is deleted. */
  learning(id: number): Promise<Output<'writers.learning'>> {
    return this.#api.request('writers.learning', { id })
  }

  /** Deletes a writer with everything of theirs, for good. */
  async erase(id: number): Promise<void> {
    this.erased = { id, report: await this.#api.request('writers.delete', { id }) }
    await this.refresh()
  }

  /** Writes what went with a writer who was deleted into a new text file. */
  report(id: number, path: string): Promise<Output<'writers.report'>> {
    return this.#api.request('writers.report', { id, path })
  }

  /** Writes everything that is stored of a writer into a new folder. */
  export(id: number, path: string): Promise<Output<'writers.export'>> {
    return this.#api.request('writers.export', { id, path })
  }

  async create(name: string, handedness: Handedness, virtual = false): Promise<Writer> {
    const writer = await this.#api.request('writers.create', { name, handedness, virtual })
    await this.refresh()
    return writer
  }
}
