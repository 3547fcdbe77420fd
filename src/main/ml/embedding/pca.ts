import { EigenvalueDecomposition, Matrix } from 'ml-matrix'

/** Points on the axes along which they differ most. */
export interface Projection {
  /** `[points, axes]`, centred. */
  at: number[][]
  /** Share of the whole variance that lies along these axes, 0 to 1; 1 where all points are one. */
  explained: number
}

/**
 * Principal components of points (rows of equal length), by the eigenvectors of their Gram matrix: there are far fewer
 * points than dimensions. Signs are such that each axis' largest coordinate is positive.
 */
export function principalAxes(points: readonly Float64Array[], axes: number): Projection {
  if (points.length === 0) return { at: [], explained: 1 }
  const symmetric = new EigenvalueDecomposition(gramOf(points), { assumeSymmetric: true })
  const { realEigenvalues: values, eigenvectorMatrix: vectors } = symmetric
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0)
  const order = values
    .map((_, at) => at)
    .sort((a, b) => values[b]! - values[a]! || a - b)
    .slice(0, axes)
  const columns = order.map((at) => {
    const scale = Math.sqrt(Math.max(0, values[at]!))
    const column = vectors.getColumn(at).map((value) => value * scale)
    const largest = column.reduce((most, value) => (Math.abs(value) > Math.abs(most) + 1e-12 ? value : most), 0)
    return largest < 0 ? column.map((value) => -value) : column
  })
  const shown = order.reduce((sum, at) => sum + Math.max(0, values[at]!), 0)
  return {
    at: points.map((_, point) => Array.from({ length: axes }, (_, axis) => columns[axis]?.[point] ?? 0)),
    explained: total > 0 ? shown / total : 1,
  }
}

/** Products of all pairs of centred points, `[points, points]`. */
function gramOf(points: readonly Float64Array[]): Matrix {
  const centred = new Matrix(points.map((point) => [...point])).center('column')
  return centred.mmul(centred.transpose())
}

/**
 * Points of the plane turned, and mirrored where that is nearer, so that they lie as near as possible to where they
 * were (orthogonal Procrustes).
 */
export function turnedTowards(
  points: readonly (readonly number[])[],
  before: readonly (readonly number[])[],
): [number, number][] {
  let [xx, xy, yx, yy] = [0, 0, 0, 0]
  points.forEach(([x = 0, y = 0], i) => {
    const [wantedX = 0, wantedY = 0] = before[i]!
    xx += x * wantedX
    xy += x * wantedY
    yx += y * wantedX
    yy += y * wantedY
  })
  const turned = Math.hypot(xx + yy, xy - yx)
  const mirrored = Math.hypot(xx - yy, xy + yx)
  if (turned === 0 && mirrored === 0) return points.map(([x = 0, y = 0]) => [x, y])
  const flip = mirrored > turned ? -1 : 1
  const [cosine, sine] =
    flip === 1 ? [(xx + yy) / turned, (xy - yx) / turned] : [(xx - yy) / mirrored, (xy + yx) / mirrored]
  return points.map(([x = 0, y = 0]) => [cosine * x - sine * flip * y, sine * x + cosine * flip * y])
}
