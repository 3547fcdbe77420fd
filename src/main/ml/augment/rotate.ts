import type { Random } from '../../random/random.ts'
import { triads } from '../data/triads.ts'
import type { Change } from './types.ts'

/** Standard deviation of a rotation in degrees: 95 % stay below about 15 degrees. */
const DEVIATION_DEGREES = 7.5

/**
 * Turns each 3-axis sensor by a rotation of its own, as if the pen were held, or the chip mounted, a little
 * differently. Sensors with fewer than three axes stay as they are.
 */
export const rotate: Change = ({ values, names }, random) => {
  const result = values.slice()
  const width = names.length
  for (const [x, y, z] of triads(names)) {
    const m = rotation(random)
    for (let row = 0; row < values.length; row += width) {
      const [a, b, c] = [values[row + x]!, values[row + y]!, values[row + z]!]
      result[row + x] = m[0]! * a + m[1]! * b + m[2]! * c
      result[row + y] = m[3]! * a + m[4]! * b + m[5]! * c
      result[row + z] = m[6]! * a + m[7]! * b + m[8]! * c
    }
  }
  return result
}

/** A rotation matrix, row by row: about an axis drawn evenly from the sphere (Rodrigues' formula). */
function rotation(random: Random): number[] {
  const axis = [random.normal(), random.normal(), random.normal()] as const
  const length = Math.hypot(...axis) || 1
  const [x, y, z] = [axis[0] / length, axis[1] / length, axis[2] / length]
  const angle = (random.normal() * DEVIATION_DEGREES * Math.PI) / 180
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  const t = 1 - c
  return [
    t * x * x + c,
    t * x * y - s * z,
    t * x * z + s * y,
    t * x * y + s * z,
    t * y * y + c,
    t * y * z - s * x,
    t * x * z - s * y,
    t * y * z + s * x,
    t * z * z + c,
  ]
}
