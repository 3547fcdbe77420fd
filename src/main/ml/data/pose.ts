import type { RollDoubt } from '../../../shared/api/training.ts'
import { KalamosError } from '../../../shared/errors.ts'
import type { Channel } from '../../../shared/signal.ts'
import { gravityOf } from './gravity.ts'
import { triads } from './triads.ts'

/** Whether one of the sensors is an accelerometer of three axes, which tells how the pen was turned. */
export function tellsGravity(channels: readonly Channel[]): boolean {
  return accelerometerOf(channels) !== undefined
}

/** The columns of x, y and z of the front accelerometer. */
export function accelerometerOf(channels: readonly Channel[]): [number, number, number] | undefined {
  return triads(channels.map(({ name }) => name)).find((axes) => axes.every((axis) => channels[axis]!.unit === 'g'))
}

/**
 * `[frames, channels]` with the roll taken out, and why that roll is doubtful, where it is. Everybody turns a pen a
 * little differently between the fingers, and all its sensors with it; the mean of the front accelerometer tells by how
 * much, because over a word the movement averages out and gravity stays. All 3-axis sensors are turned about z, the
 * pen's long axis, by that angle. Throws `device-unsuitable` where there is no 3-axis accelerometer.
 */
export function level(
  values: Float32Array,
  channels: readonly Channel[],
  rateHz: number,
): { values: Float32Array; doubt: RollDoubt | null } {
  const front = accelerometerOf(channels)
  if (!front)
    throw new KalamosError(
      'device-unsuitable',
      'the recording has no accelerometer of three axes to tell how the pen was turned',
      'Use another model, or recordings of a pen that has one.',
    )
  const { roll, doubt } = gravityOf(values, channels.length, front, rateHz)
  return { values: turnedAboutZ(values, channels, roll), doubt }
}

/** All 3-axis sensors turned about z, so that what lay at `angle` from x lies along x. */
export function turnedAboutZ(values: Float32Array, channels: readonly Channel[], angle: number): Float32Array {
  const sensors = triads(channels.map(({ name }) => name))
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  const turned = values.slice()
  for (let row = 0; row < values.length; row += channels.length) {
    for (const [x, y] of sensors) {
      const [a, b] = [values[row + x]!, values[row + y]!]
      turned[row + x] = c * a + s * b
      turned[row + y] = c * b - s * a
    }
  }
  return turned
}
