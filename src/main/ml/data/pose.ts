import { KalamosError } from '../../../shared/errors.ts'
import type { Channel } from '../../../shared/signal.ts'
import { triads } from './triads.ts'

/** Sensors `as held`, or `levelled`: turned about the pen's long axis until gravity has no part in y. */
export type Pose = 'as held' | 'levelled'

/**
 * `[frames, channels]` with the roll taken out. Everybody turns a pen a little differently between the fingers,
 * and all its sensors with it; the mean of the front accelerometer tells by how much, because over a word the movement
 * averages out and gravity stays. All 3-axis sensors are turned about z, the pen's long axis, by that angle.
 * Throws `device-unsuitable` where there is no 3-axis accelerometer.
 */
export function level(values: Float32Array, channels: readonly Channel[]): Float32Array {
  const width = channels.length
  const sensors = triads(channels.map(({ name }) => name))
  const front = sensors.find(([x]) => channels[x]!.unit === 'g')
  if (!front)
    throw new KalamosError(
      'device-unsuitable',
      'the recording has no accelerometer of three axes to tell how the pen was turned',
      'Use another model, or recordings of a pen that has one.',
    )
  const [x, y] = front
  const roll = Math.atan2(sum(values, y, width), sum(values, x, width))
  const [c, s] = [Math.cos(roll), Math.sin(roll)]
  const levelled = values.slice()
  for (let row = 0; row < values.length; row += width) {
    for (const [x, y] of sensors) {
      const [a, b] = [values[row + x]!, values[row + y]!]
      levelled[row + x] = c * a + s * b
      levelled[row + y] = c * b - s * a
    }
  }
  return levelled
}

function sum(values: Float32Array, from: number, width: number): number {
  let total = 0
  for (let at = from; at < values.length; at += width) total += values[at]!
  return total
}
