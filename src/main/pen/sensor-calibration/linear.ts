/** Small dense algebra for fits of a handful of unknowns. */

/**
 * Solves the square system `a x = b` by elimination with row pivots; null where it is singular to working precision.
 */
export function solve(a: readonly (readonly number[])[], b: readonly number[]): number[] | null {
  const n = b.length
  const rows = a.map((row, i) => [...row, b[i]!])
  const largest = Math.max(...a.flat().map(Math.abs))
  for (let column = 0; column < n; column++) {
    let pivot = column
    for (let row = column + 1; row < n; row++)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row
    const chosen = rows[pivot]!
    if (!(Math.abs(chosen[column]!) > largest * 1e-12)) return null
    rows[pivot] = rows[column]!
    rows[column] = chosen
    for (let row = 0; row < n; row++) {
      if (row === column) continue
      const factor = rows[row]![column]! / chosen[column]!
      for (let k = column; k <= n; k++) rows[row]![k]! -= factor * chosen[k]!
    }
  }
  return rows.map((row, i) => row[n]! / row[i]!)
}

/**
 * The `x` for which `rows x` comes nearest to `targets`, by the normal equations; null where the rows do not determine
 * it.
 */
export function leastSquares(rows: readonly (readonly number[])[], targets: readonly number[]): number[] | null {
  const n = rows[0]?.length ?? 0
  const normal = Array.from({ length: n }, () => new Array<number>(n).fill(0))
  const right = new Array<number>(n).fill(0)
  rows.forEach((row, r) => {
    for (let i = 0; i < n; i++) {
      right[i]! += row[i]! * targets[r]!
      for (let j = 0; j < n; j++) normal[i]![j]! += row[i]! * row[j]!
    }
  })
  return solve(normal, right)
}

/** Eigenvalues and the eigenvectors (as columns) of a symmetric 3 x 3 matrix, by Jacobi rotations. */
export function eigen3(matrix: readonly (readonly number[])[]): { values: number[]; vectors: number[][] } {
  const a = matrix.map((row) => [...row])
  const v = [0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < 50; sweep++) {
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      if (Math.abs(a[p]![q]!) < 1e-300) continue
      const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!)
      const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
      const c = 1 / Math.sqrt(t * t + 1)
      const s = t * c
      for (const m of [a, v]) {
        for (const row of m) {
          const [x, y] = [row[p]!, row[q]!]
          row[p] = c * x - s * y
          row[q] = s * x + c * y
        }
      }
      for (let k = 0; k < 3; k++) {
        const [x, y] = [a[p]![k]!, a[q]![k]!]
        a[p]![k] = c * x - s * y
        a[q]![k] = s * x + c * y
      }
    }
  }
  return { values: [0, 1, 2].map((i) => a[i]![i]!), vectors: v }
}
