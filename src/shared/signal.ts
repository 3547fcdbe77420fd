/** Channels, units and blocks of frames: what a pen says, in the units of physics. */

/** The units a channel may carry. Raw counts of an uncalibrated converter are `count`. */
export const UNITS = ['g', 'deg/s', 'uT', 'N', 'count'] as const
export type Unit = (typeof UNITS)[number]

/** One signal of a pen, such as `acc1_x` in g. */
export interface Channel {
  name: string
  unit: Unit
}

/**
 * The thirteen channels of the DigiPen family, in the order of the field's data sets:
 * front accelerometer, rear accelerometer, gyroscope, magnetometer, tip force.
 * Devices with one accelerometer use `acc1`.
 */
export const PEN_CHANNELS: readonly Channel[] = [
  ...axes('acc1', 'g'),
  ...axes('acc2', 'g'),
  ...axes('gyro', 'deg/s'),
  ...axes('mag', 'uT'),
  { name: 'force', unit: 'N' },
]

function axes(sensor: string, unit: Unit): Channel[] {
  return ['x', 'y', 'z'].map((axis) => ({ name: `${sensor}_${axis}`, unit }))
}

/**
 * Frames that arrived together.
 * `values` is `[count, channels.length]`, row by row, in the channels' units.
 * `deviceMicros` is the pen's own clock (µs, `NaN` where it has none) and `hostMillis` the arrival (ms since 1970).
 * `lostBefore[i]` is how many frames are known to be missing just before frame `i`.
 */
export interface FrameBlock {
  channels: readonly Channel[]
  count: number
  values: Float32Array
  deviceMicros: Float64Array
  hostMillis: Float64Array
  lostBefore: Uint32Array
}

/** A hole in a recording: `lost` frames are missing before frame `at`. */
export interface Gap {
  at: number
  lost: number
}

/**
 * The signal of one recording.
 * `values` is `[frames, channels.length]`; `deviceMicros` and `hostMillis` are `[frames]`.
 * Gaps are not filled in here: resampling does that.
 */
export interface Signal {
  channels: readonly Channel[]
  rateHz: number
  frames: number
  values: Float32Array
  deviceMicros: Float64Array
  hostMillis: Float64Array
  gaps: readonly Gap[]
}

/** Frames a second that a pen can have: slower is no writing, and no converter is faster. */
export const RATES_HZ = { least: 0.1, most: 100_000 } as const

export function isRate(rateHz: number): boolean {
  return rateHz >= RATES_HZ.least && rateHz <= RATES_HZ.most
}

/** Indices of the `wanted` channel names within `channels`; `missing` lists those that are not there. */
export function matchChannels(
  channels: readonly Channel[],
  wanted: readonly string[],
): { indices: number[]; missing: string[] } {
  const position = new Map(channels.map((channel, index) => [channel.name, index]))
  const missing = wanted.filter((name) => !position.has(name))
  return { indices: wanted.flatMap((name) => position.get(name) ?? []), missing }
}
