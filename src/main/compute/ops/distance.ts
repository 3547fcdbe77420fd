import type * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import { hasKernel, runKernels } from '../kernels/run.ts'
import { DISTANCES, sequenceDistanceComposite, type Distance } from './composite/distance.ts'
import { checkLengths, type Lengths } from './lengths.ts'

export { DISTANCES, type Distance }

/**
 * How far two sequences of vectors `[rows, time, size]` are apart, `[rows]`: frame by frame, mean over each row's valid
 * frames, zero for a row without any.
 * - `mse`: mean squared difference over the channels;
 * - `cosine`: 1 - cosine of the angle between the two vectors, 0 to 2, and 1 where one of them is zero;
 * - `pearson`: 1 - correlation of the two vectors over their channels, 0 to 2, and 1 where one of them is constant;
 * - `kl`: Kullback-Leibler divergence KL(softmax u || softmax x) over the channels.
 *
 * Throws `invalid-input` where the two shapes differ or a length does not fit.
 */
export function sequenceDistance(kind: Distance, u: tf.Tensor3D, x: tf.Tensor3D, lengths: Lengths): tf.Tensor1D {
  const [rows, time] = u.shape
  if (u.shape.some((extent, axis) => extent !== x.shape[axis])) {
    throw new KalamosError(
      'invalid-input',
      `sequences of shape [${u.shape.join(', ')}] and [${x.shape.join(', ')}] cannot be compared`,
    )
  }
  checkLengths(lengths, rows, time)
  if (!hasKernel('SequenceDistance')) return sequenceDistanceComposite(kind, u, x, lengths)
  return runKernels<[tf.Tensor1D, tf.Tensor3D]>(
    'SequenceDistance',
    { u, x },
    { kind: DISTANCES.indexOf(kind), lengths },
  )[0]
}
