import type { Api } from '../../shared/api.ts'
import type { CalibrationState } from '../../shared/api/calibration.ts'
import type { Topic } from './topic.ts'

/** The guided calibration that is running, if one is. */
export class Calibration implements Topic {
  readonly #api: Api
  now = $state.raw<CalibrationState | null>(null)

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    this.now = await this.#api.request('calibration.state', {})
  }

  listen(): () => void {
    return this.#api.on('calibration.changed', (state) => (this.now = state))
  }

  async start(deviceId: string): Promise<void> {
    this.now = await this.#api.request('calibration.start', { deviceId })
  }

  async skip(): Promise<void> {
    this.now = await this.#api.request('calibration.skip', {})
  }

  /** Gives back the name of the profile that was saved. */
  async save(): Promise<string> {
    return (await this.#api.request('calibration.save', {})).name
  }

  async cancel(): Promise<void> {
    await this.#api.request('calibration.cancel', {})
    this.now = null
  }
}
