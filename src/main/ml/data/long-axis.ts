import type { LongAxis } from '../../../shared/api/devices.ts'
import type { Channel } from '../../../shared/signal.ts'
import { accelerometerOf } from './pose.ts'
import { triads } from './triads.ts'

/** Recordings of one board: `values` is `[frames, channels]`. */
export interface OfOneBoard {
  values: Float32Array
  channels: readonly Channel[]
}

/**
 * The axis of a board that lies along the pen, found from writing: the one with most gravity, since a pen stands more
 * than it lies, and least rotation, since fingers tilt a pen more than they roll it. `-x` where the tip is on the side
 * of +x. `sureness` is how many times better it fits than the next one. Null without an accelerometer of three axes. It
 * finds nothing of the kind where a pen is held level, as a pointer is: there the profile has to say it.
 */
export function findLongAxis(recordings: readonly OfOneBoard[]): { axis: LongAxis; sureness: number } | null {
  const [gravity, rotation] = [
    [0, 0, 0],
    [0, 0, 0],
  ]
  const upward = [0, 0, 0]
  for (const { values, channels } of recordings) {
    const front = accelerometerOf(channels)
    if (!front) return null
    const gyroscope = triads(channels.map(({ name }) => name)).find(([x]) => channels[x]!.unit === 'deg/s')
    for (let axis = 0; axis < 3; axis++) {
      const mean = meanOf(values, channels.length, front[axis]!, (value) => value)
      gravity[axis]! += mean ** 2
      upward[axis]! += mean
      if (gyroscope) rotation[axis]! += meanOf(values, channels.length, gyroscope[axis]!, (value) => value ** 2)
    }
  }
  const turned = rotation.reduce((sum, value) => sum + value, 0)
  const ranked = gravity
    .map((share, axis) => ({ axis, fit: share * (turned > 0 ? 1 - rotation[axis]! / turned : 1) }))
    .sort((a, b) => b.fit - a.fit)
  const [best, next] = ranked as [(typeof ranked)[0], (typeof ranked)[0]]
  const name = (['x', 'y', 'z'] as const)[best.axis]!
  return { axis: upward[best.axis]! < 0 ? `-${name}` : name, sureness: best.fit / next.fit }
}

function meanOf(values: Float32Array, width: number, column: number, of: (value: number) => number): number {
  let sum = 0
  for (let at = column; at < values.length; at += width) sum += of(values[at]!)
  return (sum * width) / values.length
}
