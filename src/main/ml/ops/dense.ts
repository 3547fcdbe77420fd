import type * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import { denseComposite } from './composite/dense.ts'
import type { Lengths } from './lengths.ts'

/**
 * Affine map of the last axis: x `[batch, in]` or `[batch, time, in]`, weight `[in, out]`, bias `[out]`.
 * With lengths, frames behind them come out as zero.
 */
export function dense<T extends tf.Tensor2D | tf.Tensor3D>(x: T, weight: tf.Tensor2D, bias: tf.Tensor1D | null, lengths?: Lengths): T {
  const channels = x.shape[x.shape.length - 1]
  if (channels !== weight.shape[0]) {
    throw new KalamosError('invalid-input', `the input has ${channels} channels, the weights were made for ${weight.shape[0]}`)
  }
  return denseComposite(x, weight, bias, lengths) as T
}
