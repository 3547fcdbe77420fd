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
  const { values, vectors } = eigen(gramOf(centred(points)))
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0)
  const order = values.map((_, at) => at).sort((a, b) => values[b]! - values[a]! || a - b).slice(0, axes)
  const columns = order.map((at) => {
    const scale = Math.sqrt(Math.max(0, values[at]!))
    const column = vectors.map((row) => row[at]! * scale)
    const largest = column.reduce((most, value) => (Math.abs(value) > Math.abs(most) + 1e-12 ? value : most), 0)
    return largest < 0 ? column.map((value) => -value) : column
  })
  const shown = order.reduce((sum, at) => sum + Math.max(0, values[at]!), 0)
  return {
    at: points.map((_, point) => Array.from({ length: axes }, (_, axis) => columns[axis]?.[point] ?? 0)),
    explained: total > 0 ? shown / total : 1,
  }
}

function centred(points: readonly Float64Array[]): Float64Array[] {
  const size = points[0]?.length ?? 0
  const mean = new Float64Array(size)
  for (const point of points) for (let i = 0; i < size; i++) mean[i]! += point[i]! / points.length
  return points.map((point) => point.map((value, i) => value - mean[i]!))
}

function gramOf(points: readonly Float64Array[]): number[][] {
  const gram = points.map(() => new Array<number>(points.length).fill(0))
  for (let i = 0; i < points.length; i++) {
    for (let j = 0; j <= i; j++) {
      let product = 0
      for (let k = 0; k < points[i]!.length; k++) product += points[i]![k]! * points[j]![k]!
      gram[i]![j] = gram[j]![i] = product
    }
  }
  return gram
}

const SWEEPS = 60

/** Eigenvalues and eigenvectors (columns) of a symmetric matrix, by Jacobi's cyclic rotations (Golub and Van Loan, 8.5). */
function eigen(matrix: number[][]): { values: number[]; vectors: number[][] } {
  const size = matrix.length
  const a = matrix.map((row) => [...row])
  const vectors = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)))
  const whole = a.reduce((sum, row) => row.reduce((own, value) => own + value * value, sum), 0)
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const rest = a.reduce((sum, row, i) => row.reduce((own, value, j) => (i === j ? own : own + value * value), sum), 0)
    if (rest <= 1e-24 * whole) break
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, vectors, p, q)
  }
  return { values: a.map((row, i) => row[i]!), vectors }
}

/** Turns the axes p and q so that the entry between them becomes 0. */
function rotate(a: number[][], vectors: number[][], p: number, q: number): void {
  const between = a[p]![q]!
  if (between === 0) return
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * between)
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const cosine = 1 / Math.sqrt(tangent * tangent + 1)
  const sine = tangent * cosine
  const turn = (row: number[]): void => {
    const [x, y] = [row[p]!, row[q]!]
    row[p] = cosine * x - sine * y
    row[q] = sine * x + cosine * y
  }
  a.forEach(turn)
  const [rowP, rowQ] = [a[p]!, a[q]!]
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [rowP[k]!, rowQ[k]!]
    rowP[k] = cosine * x - sine * y
    rowQ[k] = sine * x + cosine * y
  }
  vectors.forEach(turn)
}

/** Points of the plane turned, and mirrored where that is nearer, so that they lie as near as possible to where they were (orthogonal Procrustes). */
export function turnedTowards(points: readonly (readonly number[])[], before: readonly (readonly number[])[]): [number, number][] {
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
  const [cosine, sine] = flip === 1 ? [(xx + yy) / turned, (xy - yx) / turned] : [(xx - yy) / mirrored, (xy + yx) / mirrored]
  return points.map(([x = 0, y = 0]) => [cosine * x - sine * flip * y, sine * x + cosine * flip * y])
}
