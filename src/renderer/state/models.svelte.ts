import type { Api, Output } from '../../shared/api.ts'
import type { EvaluatedOn, Evaluation } from '../../shared/api/evaluation.ts'
import type { RecordingFilter } from '../../shared/api/recordings.ts'
import type { BaseState, Model } from '../../shared/api/training.ts'
import type { Topic } from './topic.ts'

export type Fit = Output<'recognise.fits'>[number]

/** Trained recognisers. */
export class Models implements Topic {
  readonly #api: Api
  all = $state.raw<Model[]>([])
  loaded = $state(false)
  /** Whether the model that ships is among them. */
  base = $state.raw<BaseState>('there')
  /** How far the measurement that is running has come; null while none is. */
  evaluating = $state.raw<{ done: number; total: number } | null>(null)

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    const [all, base] = await Promise.all([this.#api.request('models.list', {}), this.#api.request('models.base', {})])
    this.all = all
    this.base = base
    this.loaded = true
  }

  listen(): () => void {
    const stop = [
      this.#api.on('models.changed', () => void this.refresh()),
      this.#api.on('models.evaluating', (at) => (this.evaluating = at)),
    ]
    return () => stop.forEach((end) => end())
  }

  byId(id: number | null): Model | undefined {
    return this.all.find((model) => model.id === id)
  }

  /** Adds the model that ships. */
  async addBase(): Promise<Model> {
    const model = await this.#api.request('models.addBase', {})
    await this.refresh()
    return model
  }

  async rename(id: number, name: string): Promise<void> {
    const model = await this.#api.request('models.rename', { id, name })
    this.all = this.all.map((one) => (one.id === id ? model : one))
  }

  async delete(id: number): Promise<void> {
    await this.#api.request('models.delete', { id })
    await this.refresh()
  }

  async evaluate(id: number, filter: RecordingFilter, on: EvaluatedOn): Promise<Evaluation> {
    try {
      return await this.#api.request('models.evaluate', { id, filter, on })
    } finally {
      this.evaluating = null
    }
  }

  /** How it was measured before, the newest first. */
  evaluations(id: number): Promise<Evaluation[]> {
    return this.#api.request('models.evaluations', { id })
  }

  async cancelEvaluation(): Promise<void> {
    await this.#api.request('models.cancelEvaluation', {})
  }

  /** Which models can read the device, and why the others cannot. */
  fits(deviceId: string): Promise<Fit[]> {
    return this.#api.request('recognise.fits', { deviceId })
  }
}
