import type * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import { hasKernel, runKernel } from '../kernels/run.ts'
import { maxPool1dComposite } from './composite/pool.ts'
import { checkLengths, type Lengths } from './lengths.ts'

/**
 * Maximum over pairs of frames: `[batch, time, channels]` -> `[batch, floor(time / 2), channels]`; an odd last frame is
 * dropped.
 */
export function maxPool1d(x: tf.Tensor3D, size: 2, lengths: Lengths): tf.Tensor3D {
  checkLengths(lengths, x.shape[0], x.shape[1])
  if (x.shape[1] < size)
    throw new KalamosError('empty-recording', `${x.shape[1]} frames are too few to pool by ${size}`)
  if (hasKernel('MaxPool1d')) return runKernel('MaxPool1d', { x }, { lengths })
  return maxPool1dComposite(x, lengths)
}
