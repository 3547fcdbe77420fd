import type { Api } from '../../shared/api.ts'
import type { Interruption } from '../../shared/api/interruptions.ts'
import type { Topic } from './topic.ts'

/** Trainings that ended because Kalamos did, until a person goes on with them or puts them aside. */
export class Interruptions implements Topic {
  readonly #api: Api
  /** Newest first. */
  all = $state.raw<Interruption[]>([])

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    this.all = await this.#api.request('runs.interrupted', {})
  }

  /** One that goes on, from wherever it was started, is not interrupted any more. */
  listen(): () => void {
    const stop = [
      this.#api.on('runs.changed', ({ id, state }) => state !== 'interrupted' && this.#drop([id])),
      this.#api.on('adapt.deleted', () => void this.refresh()),
    ]
    return () => stop.forEach((end) => end())
  }

  /** Goes on with them, the oldest first. */
  async goOn(interrupted: readonly Interruption[]): Promise<void> {
    try {
      for (const { runId } of [...interrupted].reverse()) await this.#api.request('train.resume', { runId })
    } finally {
      await this.refresh()
    }
  }

  /** Tells them no more; they can still be resumed where they are listed. */
  async dismiss(interrupted: readonly Interruption[]): Promise<void> {
    const runIds = interrupted.map(({ runId }) => runId)
    await this.#api.request('runs.dismiss', { runIds })
    this.#drop(runIds)
  }

  #drop(runIds: readonly number[]): void {
    if (this.all.some(({ runId }) => runIds.includes(runId)))
      this.all = this.all.filter(({ runId }) => !runIds.includes(runId))
  }
}
