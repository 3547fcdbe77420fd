import * as tf from '@tensorflow/tfjs'
import type { Mode } from '../../compute/engine/types.ts'

/** Rows of a whole batch as one thread sees them: its own carry gradients, those of other threads are constants. */
export interface Gathered {
  values: tf.Tensor2D
  /** Which rows are this thread's: from `first`, `count` of them. */
  first: number
  count: number
}

/**
 * All rows of a batch, `[totalRows, size]`, for losses that compare rows with each other. Every thread must call it
 * equally often. Reads the values back, so it needs a backend that can do that at once where there is more than one
 * thread.
 */
export function gatherRows(own: tf.Tensor2D, totalRows: number, mode: Pick<Mode, 'rowOffset' | 'reduce'>): Gathered {
  const [count, size] = own.shape
  const first = mode.rowOffset
  if (!mode.reduce || count === totalRows) return { values: own, first: 0, count }
  const all = new Float64Array(totalRows * size)
  all.set(own.dataSync(), first * size)
  const sum = Float32Array.from(mode.reduce(all))
  const part = (from: number, to: number): tf.Tensor2D =>
    tf.tensor2d(sum.subarray(from * size, to * size), [to - from, size])
  const parts = [own]
  if (first > 0) parts.unshift(part(0, first))
  if (first + count < totalRows) parts.push(part(first + count, totalRows))
  return { values: tf.concat(parts, 0), first, count }
}
