import type { Handlers } from '../../../shared/api.ts'
import type { SensorCalibration } from './calibration.ts'

/** The calibration's part of the contract. */
export function sensorCalibrationHandlers({ calibration }: { calibration: SensorCalibration }) {
  return {
    'sensorCalibration.start': ({ deviceId }) => calibration.start(deviceId),
    'sensorCalibration.state': () => calibration.state,
    'sensorCalibration.skip': () => calibration.skip(),
    'sensorCalibration.save': () => calibration.save(),
    'sensorCalibration.cancel': () => {
      calibration.cancel()
      return {}
    },
  } satisfies Partial<Handlers>
}
