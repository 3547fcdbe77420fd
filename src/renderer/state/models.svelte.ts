import type { Api, Output } from '../../shared/api.ts'
import type { RecordingFilter } from '../../shared/api/recordings.ts'
import type { Model } from '../../shared/api/training.ts'
import type { Topic } from './topic.ts'

export type Evaluation = Output<'models.evaluate'>
export type Fit = Output<'recognise.fits'>[number]

/** Trained recognisers. */
export class Models implements Topic {
  readonly #api: Api
  all = $state.raw<Model[]>([])
  loaded = $state(false)

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    this.all = await this.#api.request('models.list', {})
    this.loaded = true
  }

  listen(): () => void {
    return this.#api.on('models.changed', (all) => (this.all = all))
  }

  byId(id: number | null): Model | undefined {
    return this.all.find((model) => model.id === id)
  }

  async rename(id: number, name: string): Promise<void> {
    const model = await this.#api.request('models.rename', { id, name })
    this.all = this.all.map((one) => (one.id === id ? model : one))
  }

  async delete(id: number): Promise<void> {
    await this.#api.request('models.delete', { id })
    this.all = this.all.filter((model) => model.id !== id)
  }

  evaluate(id: number, filter: RecordingFilter): Promise<Evaluation> {
    return this.#api.request('models.evaluate', { id, filter })
  }

  /** Which models can read the device, and why the others cannot. */
  fits(deviceId: string): Promise<Fit[]> {
    return this.#api.request('recognise.fits', { deviceId })
  }
}
