import { KalamosError } from '../../../shared/errors.ts'
import { say } from '../../../shared/messages/index.ts'
import { eigen3, leastSquares, solve } from './linear.ts'

export type Vector = readonly [number, number, number]

/** Root mean square of what is wrong, in the sensor's unit, before and after the correction. */
export interface Residual {
  before: number
  after: number
}

/** A bias alone is less than this in every pose, gravity is more in each, g. */
const SILENT_G = 0.3

/** The turning rate of a pen at rest is nothing but bias, deg/s. */
export function fitRest(rates: readonly Vector[]): { bias: Vector } & Residual {
  const bias = meanOf(rates)
  return { bias, before: rms(rates.map(length)), after: rms(rates.map((rate) => length(minus(rate, bias)))) }
}

/**
 * Biases and scales of an accelerometer from the mean acceleration in at least six still poses, one for each side:
 * corrected, each is as long as gravity, 1 g. The surface `A x^2 + B y^2 + C z^2 + D x + E y + F z = 1` is fitted by
 * least squares. Throws `invalid-input` where the poses are too few or too much alike, and where the sensor, named in
 * what is thrown, is silent.
 */
export function fitPoses(poses: readonly Vector[], sensor = 'acc1'): { bias: Vector; scale: Vector } & Residual {
  if (poses.length > 0 && poses.every((pose) => length(pose) < SILENT_G)) {
    throw new KalamosError(
      'invalid-input',
      say('pen.accelerometer-feels-no-gravity', { sensor }),
      say('pen.compare-channels-profile-pen'),
    )
  }
  const found =
    poses.length < 6
      ? null
      : leastSquares(
          poses.map(([x, y, z]) => [x * x, y * y, z * z, x, y, z]),
          poses.map(() => 1),
        )
  if (found === null || !found.slice(0, 3).every((value) => value > 0)) {
    throw new KalamosError(
      'invalid-input',
      say('pen.poses-not-tell-biases', { poses: poses.length, sensor }),
      say('pen.lay-pen-still-six'),
    )
  }
  const [a, b, c, d, e, f] = found as [number, number, number, number, number, number]
  const bias: Vector = [-d / (2 * a), -e / (2 * b), -f / (2 * c)]
  const size = 1 + a * bias[0] ** 2 + b * bias[1] ** 2 + c * bias[2] ** 2
  const scale: Vector = [Math.sqrt(a / size), Math.sqrt(b / size), Math.sqrt(c / size)]
  const corrected = poses.map((pose) => minus(pose, bias).map((value, i) => value * scale[i]!) as unknown as Vector)
  return {
    bias,
    scale,
    before: rms(poses.map((pose) => length(pose) - 1)),
    after: rms(corrected.map((pose) => length(pose) - 1)),
  }
}

/**
 * Hard iron (a bias) and soft iron (a symmetric matrix, row by row) of a magnetometer that was turned every way: the
 * ellipsoid that its values lie on becomes a sphere of the same volume. Throws `invalid-input` where they cover too
 * little of one.
 */
export function fitEllipsoid(values: readonly Vector[]): { bias: Vector; matrix: number[]; radius: number } & Residual {
  // Around their mean and in units of their spread, or the squares of a large bias drown everything else.
  const middle = meanOf(values)
  const spread = rms(values.map((value) => length(minus(value, middle)))) || 1
  const points = values.map((value) => minus(value, middle).map((each) => each / spread) as unknown as Vector)
  const found =
    points.length < 50
      ? null
      : leastSquares(
          points.map(([x, y, z]) => [x * x, y * y, z * z, 2 * x * y, 2 * x * z, 2 * y * z, 2 * x, 2 * y, 2 * z]),
          points.map(() => 1),
        )
  const shape = found && shapeOf(found)
  if (!shape) {
    throw new KalamosError(
      'invalid-input',
      say('pen.magnetometer-not-turned-through'),
      say('pen.turn-pen-slowly-about'),
    )
  }
  const { centre, axes } = shape
  const radius = Math.cbrt(axes.values.reduce((product, value) => product / Math.sqrt(value), 1))
  const matrix = [0, 1, 2].flatMap((i) =>
    [0, 1, 2].map(
      (j) =>
        radius *
        axes.values.reduce((sum, value, k) => sum + axes.vectors[i]![k]! * Math.sqrt(value) * axes.vectors[j]![k]!, 0),
    ),
  )
  const bias = middle.map((value, i) => value + centre[i]! * spread) as unknown as Vector
  const before = values.map(length)
  const mean = before.reduce((sum, each) => sum + each, 0) / before.length
  return {
    bias,
    matrix,
    radius: radius * spread,
    before: rms(before.map((each) => each - mean)),
    after: rms(values.map((value) => length(times(matrix, minus(value, bias))) - radius * spread)),
  }
}

/** The centre and principal axes of a fitted quadric; null where it is no ellipsoid. */
function shapeOf(found: readonly number[]): { centre: number[]; axes: ReturnType<typeof eigen3> } | null {
  const [a, b, c, d, e, f, g, h, i] = found as [number, number, number, number, number, number, number, number, number]
  const quadric = [
    [a, d, e],
    [d, b, f],
    [e, f, c],
  ]
  const centre = solve(quadric, [-g, -h, -i])
  if (centre === null) return null
  const size = 1 - (g * centre[0]! + h * centre[1]! + i * centre[2]!)
  const axes = eigen3(quadric.map((row) => row.map((value) => value / size)))
  // Axes that differ a hundredfold are a flat cloud, not iron.
  const [least, most] = [Math.min(...axes.values), Math.max(...axes.values)]
  return least > 0 && most / least < 100 ? { centre, axes } : null
}

/** A vector multiplied by a matrix that is given row by row. */
export function times(matrix: readonly number[], [x, y, z]: Vector): Vector {
  return [0, 3, 6].map((row) => matrix[row]! * x + matrix[row + 1]! * y + matrix[row + 2]! * z) as unknown as Vector
}

export function meanOf(vectors: readonly Vector[]): Vector {
  return [0, 1, 2].map(
    (axis) => vectors.reduce((sum, vector) => sum + vector[axis]!, 0) / vectors.length,
  ) as unknown as Vector
}

export function minus(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

export function length(vector: Vector): number {
  return Math.hypot(...vector)
}

export function rms(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
}
