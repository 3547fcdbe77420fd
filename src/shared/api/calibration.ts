import * as v from 'valibot'
import { Problem } from '../messages/message.ts'
import { command, count, done, event, nothing, query } from './contract.ts'
import { CalibrationNote, DeviceProfile } from './devices.ts'

/** A guided calibration while it runs. */
export const CalibrationState = v.object({
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
  found: v.nullable(CalibrationNote),
  /** Sensors whose error is more than half of what it was: right already, or moved where they should have been still. */
  doubtful: v.array(v.string()),
  problem: v.nullable(Problem),
})
export type CalibrationState = v.InferOutput<typeof CalibrationState>

export const calibration = {
  'calibration.start': command(v.strictObject({ deviceId: v.string() }), CalibrationState),
  /** The running calibration, or null. */
  'calibration.state': query(nothing, v.nullable(CalibrationState)),
  /** Leaves the present step out. */
  'calibration.skip': command(nothing, CalibrationState),
  /** Keeps what was found in a profile of this pen, and opens the pen with it. */
  'calibration.save': command(nothing, DeviceProfile),
  'calibration.cancel': command(nothing, done),
}

export const calibrationEvents = {
  'calibration.changed': event(v.nullable(CalibrationState)),
}
