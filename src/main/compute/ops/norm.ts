import * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import { hasKernel, runKernel, runKernels } from '../kernels/run.ts'
import { batchNormComposite, instanceNormComposite, normaliseComposite } from './composite/norm.ts'
import { checkLengths, type Lengths } from './lengths.ts'
import type { Reduce } from '../kernels/names.ts'

export interface BatchNormMode {
  training: boolean
  lengths: Lengths
  /** Weight of this batch in the running statistics (PyTorch's convention); 0.1 by default. */
  momentum?: number
  reduce?: Reduce
}

/**
 * Batch normalisation over the valid frames of `[batch, time, channels]`; gamma, beta and the running statistics are
 * `[channels]`. In training it uses the batch's statistics and returns the new running ones (variance unbiased, as
 * PyTorch keeps it); otherwise it uses the running ones and returns them unchanged.
 */
export function batchNorm(
  x: tf.Tensor3D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  running: { mean: tf.Tensor1D; variance: tf.Tensor1D },
  mode: BatchNormMode,
): { y: tf.Tensor3D; mean: tf.Tensor1D; variance: tf.Tensor1D } {
  const { training, lengths, momentum = 0.1, reduce } = mode
  checkLengths(lengths, x.shape[0], x.shape[1])
  if (!training) return { y: normalised(x, gamma, beta, running, lengths), ...running }
  const own = lengths.reduce((sum, frames) => sum + frames, 0)
  const count = reduce ? reduce(Float64Array.of(own))[0]! : own
  if (count < 2)
    throw new KalamosError('invalid-input', 'batch normalisation needs at least two valid frames to train on')
  const { y, mean, variance } = batchStatistics(x, gamma, beta, lengths, reduce)
  const blend = (old: tf.Tensor1D, fresh: tf.Tensor1D, factor: number) =>
    tf.add(tf.mul(old, 1 - momentum), tf.mul(fresh, momentum * factor)) as tf.Tensor1D
  return { y, mean: blend(running.mean, mean, 1), variance: blend(running.variance, variance, count / (count - 1)) }
}

function normalised(
  x: tf.Tensor3D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  { mean, variance }: { mean: tf.Tensor1D; variance: tf.Tensor1D },
  lengths: Lengths,
): tf.Tensor3D {
  if (!hasKernel('Normalise1d')) return normaliseComposite(x, gamma, beta, mean, variance, lengths)
  return runKernel('Normalise1d', { x, gamma, beta, mean, variance }, { lengths })
}

function batchStatistics(
  x: tf.Tensor3D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  lengths: Lengths,
  reduce: Reduce | undefined,
): ReturnType<typeof batchNormComposite> {
  if (!hasKernel('BatchNorm1d')) return batchNormComposite(x, gamma, beta, lengths)
  const [y, mean, variance] = runKernels<[tf.Tensor3D, tf.Tensor1D, tf.Tensor1D]>(
    'BatchNorm1d',
    { x, gamma, beta },
    { lengths, reduce },
  )
  return { y, mean, variance }
}

/**
 * Instance normalisation: statistics of each row and channel over the row's valid frames; x `[batch, time, channels]`.
 * Without gamma and beta it only normalises.
 */
export function instanceNorm(
  x: tf.Tensor3D,
  gamma: tf.Tensor1D | null,
  beta: tf.Tensor1D | null,
  lengths: Lengths,
): tf.Tensor3D {
  checkLengths(lengths, x.shape[0], x.shape[1])
  if (hasKernel('InstanceNorm1d')) {
    const channels = [x.shape[2]]
    return runKernel(
      'InstanceNorm1d',
      { x, gamma: gamma ?? tf.ones(channels), beta: beta ?? tf.zeros(channels) },
      { lengths },
    )
  }
  return instanceNormComposite(x, gamma, beta, lengths)
}
