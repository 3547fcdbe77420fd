import * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import { hasKernel, runKernel } from '../kernels/run.ts'
import { denseComposite } from './composite/dense.ts'
import { fullLengths, type Lengths } from './lengths.ts'

/**
 * Affine map of the last axis: x `[batch, in]` or `[batch, time, in]`, weight `[in, out]`, bias `[out]`.
 * With lengths, frames behind them come out as zero.
 */
export function dense<T extends tf.Tensor2D | tf.Tensor3D>(
  x: T,
  weight: tf.Tensor2D,
  bias: tf.Tensor1D | null,
  lengths?: Lengths,
): T {
  const channels = x.shape[x.shape.length - 1]
  if (channels !== weight.shape[0]) {
    throw new KalamosError(
      'invalid-input',
      `the input has ${channels} channels, the weights were made for ${weight.shape[0]}`,
    )
  }
  if (!hasKernel('Conv1d')) return denseComposite(x, weight, bias, lengths) as T
  // A convolution of width 1; rows of a matrix count as frames of one sequence.
  const frames = (x.rank === 2 ? tf.expandDims(x, 0) : x) as tf.Tensor3D
  const valid = lengths ?? fullLengths(frames.shape[0], frames.shape[1])
  const kernel = tf.expandDims(weight, 0)
  const y = runKernel(
    'Conv1d',
    { x: frames, kernel, bias },
    { stride: 1, before: 0, lengths: valid, outLengths: valid, frames: frames.shape[1] },
  )
  return (x.rank === 2 ? tf.squeeze(y, [0]) : y) as T
}
