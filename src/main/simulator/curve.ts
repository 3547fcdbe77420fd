/** From control points to a smooth curve, and from the curve to units of movement. */
import { norm, power } from '../signal/arithmetic.ts'
import type { Outline } from './layout.ts'

/** Spacing of the points of a finished curve in mm. */
const SPACING = 0.1
/** Curvature in 1/mm below which a line counts as straight, and above which a bend counts as a corner. */
const STRAIGHT = 0.06
const SHARPEST = 5
/** A turn of more than this (cosine) stays a corner: 75 degrees. */
const CORNER = 0.26

/**
 * A stroke ready to be written: `x`, `y` (mm) and `effort`, the equi-affine length up to each point.
 * Moving at constant speed in that length is the two-thirds power law: speed falls with curvature to the power 1/3
 * (Lacquaniti, Terzuolo and Viviani 1983; Pollick and Sapiro 1997).
 */
export interface Curve {
  x: Float64Array
  y: Float64Array
  effort: Float64Array
  units: MovementUnit[]
}

/** A ballistic up- or down-stroke: its share of the effort, its length in mm, and whether it ends in a corner. */
export interface MovementUnit {
  effort: number
  length: number
  corner: boolean
}

export function curveOf(outline: Outline): Curve {
  const pieces = atCorners(withoutRepeats(outline)).map((piece) => resampled(rounded(rounded(piece))))
  const size = pieces.reduce((sum, piece) => sum + piece.length / 2, 0) - (pieces.length - 1)
  const curve: Curve = {
    x: new Float64Array(size),
    y: new Float64Array(size),
    effort: new Float64Array(size),
    units: [],
  }
  let at = 0
  for (const piece of pieces) at = append(curve, at, piece)
  return curve
}

function withoutRepeats(points: Outline): Outline {
  const kept: Outline = [points[0]!, points[1]!]
  for (let i = 2; i < points.length; i += 2)
    if (norm(points[i]! - kept.at(-2)!, points[i + 1]! - kept.at(-1)!) > 0.02) kept.push(points[i]!, points[i + 1]!)
  if (kept.length === 2) kept.push(kept[0]! + 0.05, kept[1]! - 0.05)
  return kept
}

function atCorners(points: Outline): Outline[] {
  const pieces: Outline[] = []
  let start = 0
  for (let i = 2; i + 3 < points.length; i += 2) {
    const [ax, ay] = [points[i]! - points[i - 2]!, points[i + 1]! - points[i - 1]!]
    const [bx, by] = [points[i + 2]! - points[i]!, points[i + 3]! - points[i + 1]!]
    if (ax * bx + ay * by < CORNER * norm(ax, ay) * norm(bx, by)) {
      pieces.push(points.slice(start, i + 2))
      start = i
    }
  }
  pieces.push(points.slice(start))
  return pieces
}

/** Chaikin's corner cutting: twice makes nearly a quadratic B-spline; the ends stay. */
function rounded(points: Outline): Outline {
  if (points.length <= 4) return points
  const out: Outline = [points[0]!, points[1]!]
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [x0, y0, x1, y1] = [points[i]!, points[i + 1]!, points[i + 2]!, points[i + 3]!]
    if (i > 0) out.push(0.75 * x0 + 0.25 * x1, 0.75 * y0 + 0.25 * y1)
    if (i + 5 < points.length) out.push(0.25 * x0 + 0.75 * x1, 0.25 * y0 + 0.75 * y1)
  }
  out.push(points.at(-2)!, points.at(-1)!)
  return out
}

function resampled(points: Outline): Outline {
  let total = 0
  for (let i = 2; i < points.length; i += 2) total += norm(points[i]! - points[i - 2]!, points[i + 1]! - points[i - 1]!)
  const count = Math.max(3, Math.ceil(total / SPACING))
  const step = total / count
  const out: Outline = [points[0]!, points[1]!]
  let [segment, done, length] = [0, 0, norm(points[2]! - points[0]!, points[3]! - points[1]!)]
  for (let k = 1; k < count; k++) {
    while (done + length < k * step && segment + 5 < points.length) {
      done += length
      segment += 2
      length = norm(points[segment + 2]! - points[segment]!, points[segment + 3]! - points[segment + 1]!)
    }
    const t = (k * step - done) / length
    out.push(
      points[segment]! + t * (points[segment + 2]! - points[segment]!),
      points[segment + 1]! + t * (points[segment + 3]! - points[segment + 1]!),
    )
  }
  out.push(points.at(-2)!, points.at(-1)!)
  return out
}

/** Adds a piece between corners: effort by curvature, units cut where the vertical movement turns. */
function append(curve: Curve, at: number, piece: Outline): number {
  const { x, y, effort, units } = curve
  const count = piece.length / 2
  const first = at === 0 ? 0 : at - 1
  for (let i = 0; i < count; i++) {
    x[first + i] = piece[2 * i]!
    y[first + i] = piece[2 * i + 1]!
  }
  let [unitEffort, unitLength, turn] = [0, 0, first]
  let heading = 0
  for (let i = 1; i < count; i++) {
    const k = first + i
    const ds = norm(x[k]! - x[k - 1]!, y[k]! - y[k - 1]!)
    const bend = Math.min(SHARPEST, curvature(piece, i))
    const de = ds * power(bend + STRAIGHT, 1 / 3)
    effort[k] = effort[k - 1]! + de
    unitEffort += de
    unitLength += ds
    const rise = y[k]! - y[turn]!
    if (heading === 0 ? Math.abs(rise) > 0.3 : heading * rise > 0) {
      heading = Math.sign(rise)
      turn = k
    } else if (heading !== 0 && -heading * rise > 0.25 && unitLength > 0.6) {
      units.push({ effort: unitEffort, length: unitLength, corner: false })
      ;[unitEffort, unitLength, turn, heading] = [0, 0, k, -heading]
    }
  }
  const last = units.at(-1)
  if (unitLength < 0.3 && last !== undefined && !last.corner) {
    last.effort += unitEffort
    last.length += unitLength
    last.corner = true
  } else units.push({ effort: unitEffort, length: unitLength, corner: true })
  return first + count
}

/** Menger curvature over two points on either side. */
function curvature(points: Outline, i: number): number {
  const last = points.length / 2 - 1
  const reach = Math.min(3, i, last - i)
  if (reach === 0) return last > 2 ? curvature(points, i === 0 ? 1 : last - 1) : 0
  const [a, b, c] = [2 * (i - reach), 2 * i, 2 * (i + reach)]
  const [ux, uy] = [points[b]! - points[a]!, points[b + 1]! - points[a + 1]!]
  const [vx, vy] = [points[c]! - points[b]!, points[c + 1]! - points[b + 1]!]
  const product = norm(ux, uy) * norm(vx, vy) * norm(ux + vx, uy + vy)
  return product === 0 ? 0 : (2 * Math.abs(ux * vy - uy * vx)) / product
}
