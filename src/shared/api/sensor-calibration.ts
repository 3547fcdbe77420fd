import * as v from 'valibot'
import { Problem } from '../messages/message.ts'
import { command, count, done, event, nothing, query } from './contract.ts'
import { SensorCalibrationNote, DeviceProfile } from './devices.ts'

/** A guided calibration while it runs. */
export const SensorCalibrationState = v.object({
  deviceId: v.string(),
  deviceName: v.string(),
  steps: v.array(v.picklist(['rest', 'poses', 'turning'])),
  /** `rest`: lay it down. `poses`: lay it on six sides. `turning`: turn it every way. */
  step: v.picklist(['rest', 'poses', 'turning', 'done']),
  /** Of the present step, 0 to 1. */
  share: v.number(),
  poses: count,
  still: v.boolean(),
  /** What was found, once all steps are done. */
  found: v.nullable(SensorCalibrationNote),
  /**
   * Sensors whose error is more than half of what it was: right already, or moved where they should have been still.
   */
  doubtful: v.array(v.string()),
  problem: v.nullable(Problem),
})
export type SensorCalibrationState = v.InferOutput<typeof SensorCalibrationState>

export const calibration = {
  'sensorCalibration.start': command(v.strictObject({ deviceId: v.string() }), SensorCalibrationState),
  /** The running calibration, or null. */
  'sensorCalibration.state': query(nothing, v.nullable(SensorCalibrationState)),
  /** Leaves the present step out. */
  'sensorCalibration.skip': command(nothing, SensorCalibrationState),
  /** Keeps what was found in a profile of this pen, and opens the pen with it. */
  'sensorCalibration.save': command(nothing, DeviceProfile),
  'sensorCalibration.cancel': command(nothing, done),
}

export const sensorCalibrationEvents = {
  'sensorCalibration.changed': event(v.nullable(SensorCalibrationState)),
}
