import type { Handlers } from '../../../shared/api.ts'
import type { Calibration } from './calibration.ts'

/** The calibration's part of the contract. */
export function calibrationHandlers({ calibration }: { calibration: Calibration }) {
  return {
    'calibration.start': ({ deviceId }) => calibration.start(deviceId),
    'calibration.state': () => calibration.state,
    'calibration.skip': () => calibration.skip(),
    'calibration.save': () => calibration.save(),
    'calibration.cancel': () => {
      calibration.cancel()
      return {}
    },
  } satisfies Partial<Handlers>
}
