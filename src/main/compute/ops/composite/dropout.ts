import * as tf from '@tensorflow/tfjs'
import { hash32 } from '../hash.ts'

/** The key of a row: the same for this row of the batch on whatever thread it is computed. */
export function rowKey(seed: number, row: number): number {
  return hash32(hash32(seed) + Math.imul(row, 0x9e3779b9))
}

/** Elements whose hash is below this (unsigned) are dropped. */
export function dropThreshold(rate: number): number {
  return Math.min(Math.round(rate * 2 ** 32), 2 ** 32 - 1)
}

/** The mask of a `[batch, …]` tensor: zero where dropped, `1 / (1 - rate)` elsewhere. */
export function dropoutMask(shape: number[], rate: number, key: { seed: number; rowOffset: number }): tf.Tensor {
  const batch = shape[0] ?? 0
  const perRow = shape.slice(1).reduce((product, size) => product * size, 1)
  const mask = new Float32Array(batch * perRow)
  const threshold = dropThreshold(rate)
  const kept = 1 / (1 - rate)
  for (let row = 0; row < batch; row++) {
    const own = rowKey(key.seed, key.rowOffset + row)
    for (let i = 0; i < perRow; i++) mask[row * perRow + i] = hash32(own + i) >>> 0 < threshold ? 0 : kept
  }
  return tf.tensor(mask, shape)
}
