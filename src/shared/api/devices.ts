import * as v from 'valibot'
import { Problem, Said } from '../messages/message.ts'
import { UNITS } from '../signal.ts'
import { command, count, done, event, instant, name, nothing, path, query } from './contract.ts'

export const CodecName = v.picklist(['pen-frame', 'ximu3', 'witmotion', 'arduino'])
export type CodecName = v.InferOutput<typeof CodecName>

export const Channel = v.object({ name, unit: v.picklist(UNITS) })

/**
 * One channel as a device delivers it: `si = (value - bias) * scale`, where `value` is what the codec gives.
 * `range` is the largest magnitude the sensor can tell, in the channel's unit; values at it are clipped.
 */
export const ProfileChannel = v.object({
  name,
  unit: v.picklist(UNITS),
  bias: v.number(),
  scale: v.number(),
  range: v.nullable(v.pipe(v.number(), v.minValue(0))),
})
export type ProfileChannel = v.InferOutput<typeof ProfileChannel>

/**
 * Three channels of one sensor as a vector, multiplied by a matrix: soft iron, or axes that are not at right angles.
 * Row by row.
 */
export const Mixing = v.object({
  channels: v.tuple([name, name, name]),
  matrix: v.pipe(v.array(v.pipe(v.number(), v.finite())), v.length(9, 'must have nine numbers')),
})
export type Mixing = v.InferOutput<typeof Mixing>

/**
 * Where a calibration came from and how well it fits: what is left after it, root mean square, in the sensors' units.
 */
export const SensorCalibrationNote = v.object({
  at: instant,
  pen: v.nullable(v.string()),
  residuals: v.array(
    v.object({ sensor: name, before: v.number(), after: v.number(), unit: v.picklist(UNITS), frames: count }),
  ),
})
export type SensorCalibrationNote = v.InferOutput<typeof SensorCalibrationNote>

/**
 * How a stream is cut into words: by tip force where there is one, else by what writing shakes the pen by, else by
 * motion. A word ends after `pauseMs`.
 */
export const Segmentation = v.object({
  by: v.picklist(['force', 'vibration', 'motion']),
  /**
   * Force above which the tip is down (channel unit), or vibration or motion above which the pen writes (g or deg/s).
   */
  threshold: v.pipe(v.number(), v.minValue(0)),
  pauseMs: v.pipe(v.number(), v.minValue(50), v.maxValue(10_000)),
  /** Shorter bursts are bumps, not words. */
  minimumMs: v.pipe(v.number(), v.minValue(0), v.maxValue(10_000)),
})
export type Segmentation = v.InferOutput<typeof Segmentation>

/** The axis of a board's sensors that points from the tip of the pen to its end. */
export const LongAxis = v.picklist(['x', '-x', 'y', '-y', 'z', '-z'])
export type LongAxis = v.InferOutput<typeof LongAxis>

/** What a kind of device is and how to read it: data, editable by the user. */
export const DeviceProfile = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and hyphens')),
  name,
  codec: CodecName,
  transport: v.picklist(['serial', 'hid']),
  baudRate: v.pipe(v.number(), v.integer(), v.minValue(300), v.maxValue(4_000_000)),
  rateHz: v.pipe(v.number(), v.minValue(1), v.maxValue(10_000)),
  channels: v.pipe(v.array(ProfileChannel), v.minLength(1), v.maxLength(64)),
  segmentation: Segmentation,
  /** What a calibration found between the axes of a sensor; applied after bias and scale. */
  mixing: v.optional(v.array(Mixing)),
  /**
   * How the board is mounted; z where nothing is said. All sensors of three axes are turned so that z is the pen's long
   * axis.
   */
  longAxis: v.exactOptional(LongAxis),
  /** How the biases, scales and mixings above were found. */
  calibrated: v.optional(SensorCalibrationNote),
  /** True for the profiles that come with the app; these can be copied and overridden, and reset. */
  builtIn: v.boolean(),
})
export type DeviceProfile = v.InferOutput<typeof DeviceProfile>

export const DeviceKind = v.picklist(['serial', 'hid', 'replay', 'virtual'])
export type DeviceKind = v.InferOutput<typeof DeviceKind>

/**
 * `available`: found, closed. `silent`: open, nothing comes. `lost`: unplugged while open, awaited. `failed`: could not
 * be opened or read.
 */
export const DeviceState = v.picklist(['available', 'opening', 'streaming', 'silent', 'lost', 'failed'])
export type DeviceState = v.InferOutput<typeof DeviceState>

/** A pen as the hub knows it now. Measured figures are null until there is something to measure. */
export const Device = v.object({
  id: v.string(),
  kind: DeviceKind,
  name,
  /** Port path, USB ids or source; what tells two of a kind apart. */
  detail: Said,
  profileId: v.nullable(v.string()),
  state: DeviceState,
  /** What is wrong and the way out, where something is. */
  problem: v.nullable(Problem),
  channels: v.array(Channel),
  nominalRateHz: v.nullable(v.number()),
  measuredRateHz: v.nullable(v.number()),
  frames: count,
  lostFrames: count,
  badBytes: count,
  /** Frames whose device time was out of line, so that their neighbours' was taken. */
  clockJumps: v.optional(count),
  /** For how long, in all, it was unplugged since it was opened, ms; absent where it never was. */
  awayMs: v.optional(v.number()),
  /** How much faster the device's clock runs than the host's, in parts per million. */
  clockDriftPpm: v.nullable(v.number()),
  /** Standard deviation of the time from frame to frame by the device's clock, ms; null where it has none. */
  jitterMs: v.optional(v.nullable(v.number())),
  batteryPercent: v.nullable(v.number()),
  /** What a pen says about itself, where its format allows that. */
  serial: v.optional(v.string()),
  firmware: v.optional(v.string()),
  /** True for a replay of what a virtual pen wrote. */
  virtual: v.optional(v.boolean()),
})
export type Device = v.InferOutput<typeof Device>

/** Whether what comes from a device was never written by a person. */
export function writesVirtually({ kind, virtual }: Pick<Device, 'kind' | 'virtual'>): boolean {
  return kind === 'virtual' || virtual === true
}

/** What a replay device plays: stored recordings of a session, or an NDJSON file of recordings. */
export const ReplaySource = v.variant('from', [
  v.strictObject({ from: v.literal('session'), sessionId: v.number() }),
  v.strictObject({ from: v.literal('file'), path }),
])
export type ReplaySource = v.InferOutput<typeof ReplaySource>

/** Frames for a live plot, thinned to what a screen can show. `values` is `[count, channels]`, row by row. */
export const LiveSamples = v.object({
  deviceId: v.string(),
  channels: v.array(Channel),
  count,
  /** Milliseconds since the stream began, per frame. */
  timesMs: v.array(v.number()),
  values: v.array(v.number()),
})
export type LiveSamples = v.InferOutput<typeof LiveSamples>

/**
 * A word that a virtual pen could not write as it is: what it wrote of it (nothing where the word is too long), and the
 * signs it has no shape for.
 */
export const LeftOut = v.object({ word: v.string(), written: v.string(), signs: v.array(v.string()) })
export type LeftOut = v.InferOutput<typeof LeftOut>

const deviceId = v.strictObject({ deviceId: v.string() })

export const devices = {
  'devices.list': query(nothing, v.array(Device)),
  /** Searches the ports again. Hot-plug does this by itself where the system tells. */
  'devices.scan': command(nothing, v.array(Device)),
  'devices.open': command(v.strictObject({ deviceId: v.string(), profileId: v.optional(v.string()) }), Device),
  'devices.close': command(deviceId, done),
  /** Adds a device that plays stored recordings; `speed` 1 is real time. */
  'devices.addReplay': command(
    v.strictObject({ source: ReplaySource, speed: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1000)) }),
    Device,
  ),
  /** Stops reading the files of replays that are being added: `devices.addReplay` is refused with `cancelled`. */
  'devices.cancelReplay': command(nothing, done),
  /** Adds a virtual pen in the hand of a virtual writer drawn from the seed. */
  'devices.addVirtual': command(
    v.strictObject({
      seed: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
      handedness: v.picklist(['right', 'left', 'any']),
    }),
    Device,
  ),
  /** Removes a replay or virtual device. */
  'devices.remove': command(deviceId, done),
  /**
   * Asks a virtual pen to write a text now (the free mode of the Recognise page), and tells of every word what it
   * cannot write. Where nothing of the text can be written, it is refused.
   */
  'devices.writeText': command(
    v.strictObject({ deviceId: v.string(), text: v.pipe(v.string(), v.maxLength(2000)) }),
    v.object({ leftOut: v.array(LeftOut) }),
  ),
  'profiles.list': query(nothing, v.array(DeviceProfile)),
  'profiles.save': command(DeviceProfile, DeviceProfile),
  /** Deletes a profile of the user's, or takes a built-in one back to how it came. */
  'profiles.reset': command(v.strictObject({ id: v.string() }), v.array(DeviceProfile)),
}

export const deviceEvents = {
  'devices.changed': event(v.array(Device)),
  'devices.samples': event(LiveSamples),
}
