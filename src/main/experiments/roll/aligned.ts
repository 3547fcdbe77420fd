import { triads } from '../../ml/data/triads.ts'
import { accelerations, meanOf, type Samples } from './course.ts'

type Vector = [number, number, number]

/** A lean within 20 degrees of a right angle to the main direction says nothing of which way that goes. */
const ALONG = 0.35

/**
 * All sensors of three axes in a frame of the paper instead of the pen: z up, as the mean of the accelerometer has it,
 * x along the horizontal direction in which the tip is driven most. Of its two ways that one is taken which the pen
 * leans away from; where it leans across, the one to the right of the lean. A left-hander's pen leans the other way
 * along the line: it comes to lie along the same axes, but often the other way round, since acceleration alone does not
 * tell up from down.
 */
export function aligned({ values, channels }: Samples): Float32Array {
  const felt = accelerations(values, channels)
  const gravity = meanOf(felt)
  const up = unit(gravity)
  const lean = across([0, 0, 1], up)
  const [east, north] = basisOf(up)
  const moved = felt.map(
    (value) => [dot(value, east) - dot(gravity, east), dot(value, north) - dot(gravity, north)] as const,
  )
  const [xx, yy, xy] = moved.reduce(([a, b, c], [x, y]) => [a + x * x, b + y * y, c + x * y], [0, 0, 0])
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy)
  const main = plus(east, Math.cos(angle), north, Math.sin(angle))
  const side = cross(up, main)
  const [along, beside] = [dot(main, lean), dot(side, lean)]
  const away = Math.abs(along) > ALONG * Math.hypot(along, beside) ? along : -beside
  const x = away > 0 ? (main.map((value) => -value) as Vector) : main
  const y = cross(up, x)
  const turned = values.slice()
  for (let row = 0; row < values.length; row += channels.length) {
    for (const axes of triads(channels.map(({ name }) => name))) {
      const sensed = axes.map((axis) => values[row + axis]!) as Vector
      ;[x, y, up].forEach((direction, at) => (turned[row + axes[at]!] = dot(sensed, direction)))
    }
  }
  return turned
}

function dot([a, b, c]: Vector, [d, e, f]: Vector): number {
  return a * d + b * e + c * f
}

function cross([a, b, c]: Vector, [d, e, f]: Vector): Vector {
  return [b * f - c * e, c * d - a * f, a * e - b * d]
}

function unit(vector: Vector): Vector {
  const length = Math.hypot(...vector) || 1
  return vector.map((value) => value / length) as Vector
}

function plus(a: Vector, p: number, b: Vector, q: number): Vector {
  return a.map((value, at) => p * value + q * b[at]!) as Vector
}

/** The part of a direction that is level. */
function across(direction: Vector, up: Vector): Vector {
  return plus(direction, 1, up, -dot(direction, up))
}

/** Two level directions at right angles, whatever they are. */
function basisOf(up: Vector): [Vector, Vector] {
  const least = up.map(Math.abs).indexOf(Math.min(...up.map(Math.abs)))
  const first = unit(across([0, 1, 2].map((axis) => (axis === least ? 1 : 0)) as Vector, up))
  return [first, cross(up, first)]
}
