import * as tf from '@tensorflow/tfjs'
import { convFrames, convLengths, frameMask, samePadding, type Lengths, type Padding } from '../lengths.ts'

/** Convolution from stock operations: shifted copies side by side, then one matrix product. */
export function conv1dComposite(
  x: tf.Tensor3D,
  kernel: tf.Tensor3D,
  bias: tf.Tensor1D | null,
  options: { stride: number; padding: Padding; lengths: Lengths },
): tf.Tensor3D {
  const [batch, time, channels] = x.shape
  const [width, , out] = kernel.shape
  const { stride, padding, lengths } = options
  const frames = convFrames(time, width, stride, padding)
  const before = padding === 'same' ? samePadding(width, stride).before : 0
  const behind = Math.max(0, (frames + Math.ceil(width / stride)) * stride - time - before)
  const padded = tf.pad(tf.mul(x, frameMask(lengths, time)), [
    [0, 0],
    [before, behind],
    [0, 0],
  ])
  const taps = Array.from({ length: width }, (_, tap) => everyNth(padded as tf.Tensor3D, tap, frames, stride, channels))
  const product = tf.matMul(
    tf.reshape(tf.concat(taps, 2), [batch * frames, width * channels]),
    tf.reshape(kernel, [width * channels, out]),
  )
  const y = tf.reshape(bias ? tf.add(product, bias) : product, [batch, frames, out])
  return tf.mul(y, frameMask(convLengths(lengths, width, stride, padding), frames))
}

function everyNth(x: tf.Tensor3D, from: number, count: number, stride: number, channels: number): tf.Tensor3D {
  const part = tf.slice(x, [0, from, 0], [x.shape[0], count * stride, channels])
  if (stride === 1) return part
  const taps = tf.reshape(part, [x.shape[0], count, stride * channels]) as tf.Tensor3D
  return tf.slice(taps, [0, 0, 0], [x.shape[0], count, channels])
}

/** Depthwise 'same' convolution with stride 1 from stock operations; kernel `[width, n * channels]`. */
export function depthwiseConv1dComposite(
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  bias: tf.Tensor1D | null,
  lengths: Lengths,
): tf.Tensor3D {
  const [batch, time, channels] = x.shape
  const [width, outputs] = kernel.shape
  const mask = frameMask(lengths, time)
  const { before, behind } = samePadding(width, 1)
  const repeated = outputs === channels ? x : tf.concat(new Array<tf.Tensor3D>(outputs / channels).fill(x), 2)
  const padded = tf.pad(tf.mul(repeated, mask), [
    [0, 0],
    [before, behind],
    [0, 0],
  ])
  const taps = Array.from({ length: width }, (_, tap) =>
    tf.mul(
      tf.slice(padded, [0, tap, 0], [batch, time, outputs]),
      tf.reshape(tf.slice(kernel, [tap, 0], [1, outputs]), [outputs]),
    ),
  )
  const sum = tf.addN(taps)
  return tf.mul(bias ? tf.add(sum, bias) : sum, mask)
}
