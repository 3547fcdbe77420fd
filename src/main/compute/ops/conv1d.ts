import type * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import { hasKernel, runKernel } from '../kernels/run.ts'
import { conv1dComposite, depthwiseConv1dComposite } from './composite/conv1d.ts'
import {
  checkLengths,
  convFrames,
  convLengths,
  fullLengths,
  samePadding,
  type Lengths,
  type Padding,
} from './lengths.ts'

/**
 * 1-D convolution: x `[batch, time, in]`, kernel `[width, in, out]` -> `[batch, frames, out]`.
 * Input behind a row's length counts as zero. 'same' gives `ceil(length / stride)` frames with
 * `max(width - stride, 0)` zeros around the sequence (the smaller half in front, as PyTorch and TensorFlow do);
 * 'valid' gives `floor((length - width) / stride) + 1`.
 */
export function conv1d(
  x: tf.Tensor3D,
  kernel: tf.Tensor3D,
  bias: tf.Tensor1D | null,
  options: { stride?: number; padding?: Padding; lengths?: Lengths } = {},
): tf.Tensor3D {
  const { stride = 1, padding = 'same', lengths = fullLengths(x.shape[0], x.shape[1]) } = options
  if (kernel.shape[1] !== x.shape[2]) throw channelMismatch(x.shape[2], kernel.shape[1])
  checkLengths(lengths, x.shape[0], x.shape[1])
  if (!hasKernel('Conv1d')) return conv1dComposite(x, kernel, bias, { stride, padding, lengths })
  const width = kernel.shape[0]
  return runKernel(
    'Conv1d',
    { x, kernel, bias },
    {
      stride,
      before: padding === 'same' ? samePadding(width, stride).before : 0,
      lengths,
      outLengths: convLengths(lengths, width, stride, padding),
      frames: convFrames(x.shape[1], width, stride, padding),
    },
  )
}

/**
 * Depthwise 1-D convolution ('same', stride 1): x `[batch, time, channels]`, kernel `[width, n * channels]`
 * -> `[batch, time, n * channels]`; output channel o reads input channel o modulo `channels`.
 */
export function depthwiseConv1d(
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  bias: tf.Tensor1D | null,
  options: { lengths?: Lengths } = {},
): tf.Tensor3D {
  const { lengths = fullLengths(x.shape[0], x.shape[1]) } = options
  if (kernel.shape[1] % x.shape[2] !== 0) throw channelMismatch(x.shape[2], kernel.shape[1])
  checkLengths(lengths, x.shape[0], x.shape[1])
  if (hasKernel('DepthwiseConv1d')) return runKernel('DepthwiseConv1d', { x, kernel, bias }, { lengths })
  return depthwiseConv1dComposite(x, kernel, bias, lengths)
}

function channelMismatch(given: number, wanted: number): KalamosError {
  return new KalamosError('invalid-input', `the input has ${given} channels, the kernel was made for ${wanted}`)
}
