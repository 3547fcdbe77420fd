import type { Api } from '../../shared/api.ts'
import type { SensorCalibrationState } from '../../shared/api/sensor-calibration.ts'
import type { Topic } from './topic.ts'

/** The guided calibration that is running, if one is. */
export class SensorCalibration implements Topic {
  readonly #api: Api
  now = $state.raw<SensorCalibrationState | null>(null)

  constructor(api: Api) {
    this.#api = api
  }

  async refresh(): Promise<void> {
    this.now = await this.#api.request('sensorCalibration.state', {})
  }

  listen(): () => void {
    return this.#api.on('sensorCalibration.changed', (state) => (this.now = state))
  }

  async start(deviceId: string): Promise<void> {
    this.now = await this.#api.request('sensorCalibration.start', { deviceId })
  }

  async skip(): Promise<void> {
    this.now = await this.#api.request('sensorCalibration.skip', {})
  }

  /** Gives back the name of the profile that was saved. */
  async save(): Promise<string> {
    return (await this.#api.request('sensorCalibration.save', {})).name
  }

  async cancel(): Promise<void> {
    await this.#api.request('sensorCalibration.cancel', {})
    this.now = null
  }
}
