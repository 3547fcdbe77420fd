import type { Channel, Unit } from '../../shared/signal.ts'

/** Channels of one sensor, drawn over each other: they share a unit. */
export interface Lane {
  /** Such as `acc1`, `gyro`, `force`. */
  sensor: string
  unit: Unit
  /** Positions in the source's channel list. */
  channels: number[]
  /** Short names beside the traces, such as `x`. */
  axes: string[]
}

const AXIS = /^(?<sensor>.+)_(?<axis>[xyz])$/

/** Groups channels into one lane a sensor, in the order in which the sensors first appear. */
export function lanesOf(channels: readonly Channel[]): Lane[] {
  const lanes = new Map<string, Lane>()
  channels.forEach((channel, index) => {
    const { sensor = channel.name, axis = channel.name } = AXIS.exec(channel.name)?.groups ?? {}
    const key = `${sensor} ${channel.unit}`
    const lane = lanes.get(key) ?? { sensor, unit: channel.unit, channels: [], axes: [] }
    lane.channels.push(index)
    lane.axes.push(axis)
    lanes.set(key, lane)
  })
  return [...lanes.values()]
}

/** The smallest span worth showing for a unit, so that noise at rest does not fill the lane. */
const SMALLEST_SPAN: Record<Unit, number> = { g: 0.5, 'deg/s': 20, uT: 10, N: 0.5, count: 50 }

/** Least and greatest of the lines, widened to a span worth showing, with a margin. */
export function spanOf(lines: readonly (readonly (number | null)[])[], unit: Unit): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const line of lines) {
    for (const value of line) {
      if (value === null) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  if (low > high) return [-SMALLEST_SPAN[unit] / 2, SMALLEST_SPAN[unit] / 2]
  const span = Math.max(high - low, SMALLEST_SPAN[unit])
  const middle = (low + high) / 2
  return [middle - span * 0.55, middle + span * 0.55]
}

/** The shown range follows the wanted one: at once where it must grow, slowly where it may shrink. */
export function follow(shown: [number, number] | null, wanted: [number, number]): [number, number] {
  if (shown === null) return wanted
  const ease = (from: number, to: number, grows: boolean): number => (grows ? to : from + (to - from) * 0.03)
  return [ease(shown[0], wanted[0], wanted[0] < shown[0]), ease(shown[1], wanted[1], wanted[1] > shown[1])]
}
