import type { ExtraArray } from '../../compute/engine/types.ts'

/** Behind the last letter of a row, and for a letter whose place is not known. */
export const UNKNOWN = -1

/** `middles` of a batch from those of each row. */
export function middlesExtra(rows: readonly (readonly (number | null)[])[]): ExtraArray {
  const letters = Math.max(1, ...rows.map((row) => row.length))
  const values = new Float32Array(rows.length * letters).fill(UNKNOWN)
  rows.forEach((row, at) => row.forEach((middle, letter) => (values[at * letters + letter] = middle ?? UNKNOWN)))
  return { shape: [rows.length, letters], values }
}
