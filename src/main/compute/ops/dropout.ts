import * as tf from '@tensorflow/tfjs'
import { hasKernel, runKernel } from '../kernels/run.ts'
import { dropoutMask, rowKey } from './composite/dropout.ts'

export interface DropoutKey {
  /** Another seed for each step and layer. */
  seed: number
  /** Index of this tensor's first row within the whole batch. */
  rowOffset: number
}

/**
 * Zeroes each element with probability `rate` and scales the others by `1 / (1 - rate)`; x is `[batch, …]`.
 * What is dropped follows from the seed, the row's index in the whole batch and the element's index in its row,
 * so it does not depend on how a batch is split over threads.
 */
export function dropout<T extends tf.Tensor>(x: T, rate: number, key: DropoutKey): T {
  if (rate === 0) return x
  if (hasKernel('Dropout1d')) {
    const keys = Int32Array.from({ length: x.shape[0] ?? 0 }, (_, row) => rowKey(key.seed, key.rowOffset + row))
    return runKernel('Dropout1d', { x }, { rate, keys })
  }
  return tf.mul(x, dropoutMask(x.shape, rate, key)) as T
}
