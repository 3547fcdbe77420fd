import { frameAt, type FrameSource } from './decimate.ts'
import { lanesOf } from './lanes.ts'

/**
 * A word's signal in a picture the size of a word: motion as a line, force as the ground under it. Values are 0 to 1.
 */
export interface Picture {
  motion: number[]
  force: number[] | null
}

/** Points across a picture; more cannot be told apart at its size. */
const ACROSS = 60

/**
 * The picture of the frames from `fromMs` to `toMs`. Motion is the length of the gyroscope's vector, where there is
 * one, else of the first accelerometer's difference from its mean; each point is the greatest value of its slice.
 */
export function wordPicture(source: FrameSource, fromMs: number, toMs: number): Picture {
  const [first, last] = [frameAt(source, fromMs), frameAt(source, toMs)]
  const lanes = lanesOf(source.channels)
  const moving = lanes.find((lane) => lane.sensor === 'gyro') ?? lanes.find((lane) => lane.sensor !== 'force')
  const pressing = lanes.find((lane) => lane.sensor === 'force')
  const motion =
    moving === undefined ? [] : across(lengths(source, moving.channels, first, last, moving.sensor !== 'gyro'))
  const force = pressing === undefined ? null : across(lengths(source, pressing.channels, first, last, false))
  return { motion: toUnit(motion), force: force === null ? null : toUnit(force) }
}

/** The length of the vector of some channels, frame by frame, about its mean where asked. */
function lengths(
  source: FrameSource,
  channels: readonly number[],
  first: number,
  last: number,
  centred: boolean,
): number[] {
  const means = channels.map((channel) => {
    let sum = 0
    for (let frame = first; frame < last; frame++) sum += source.valueAt(frame, channel)
    return centred && last > first ? sum / (last - first) : 0
  })
  return Array.from({ length: Math.max(0, last - first) }, (_, i) =>
    Math.hypot(...channels.map((channel, c) => source.valueAt(first + i, channel) - means[c]!)),
  )
}

function across(values: readonly number[]): number[] {
  if (values.length <= ACROSS) return [...values]
  return Array.from({ length: ACROSS }, (_, i) =>
    Math.max(...values.slice(Math.floor((i * values.length) / ACROSS), Math.floor(((i + 1) * values.length) / ACROSS))),
  )
}

function toUnit(values: readonly number[]): number[] {
  const greatest = Math.max(1e-9, ...values)
  return values.map((value) => Math.max(0, value) / greatest)
}

/** SVG path of values 0 to 1 in a box, left to right, upwards. */
export function linePath(values: readonly number[], width: number, height: number): string {
  const step = width / Math.max(1, values.length - 1)
  return values
    .map((value, i) => `${i === 0 ? 'M' : 'L'}${(i * step).toFixed(1)} ${(height - value * height).toFixed(1)}`)
    .join('')
}
