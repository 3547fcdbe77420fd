import * as tf from '@tensorflow/tfjs'
import { conv1d, instanceNorm, maxPool1d, poolLengths, type Lengths } from '../../compute/ops/index.ts'

/**
 * Pictures as `[rows, width, height, channels]`: columns first, so that a picture reads like a recording whose frames
 * are its columns, with `widths` valid ones in each row. Everything here is built from the one-dimensional operations,
 * so it runs, with gradients, wherever they do.
 */
export interface Pictures {
  values: tf.Tensor4D
  widths: Lengths
}

/**
 * 2-D convolution with 'same' padding: kernel `[kernelHeight, kernelWidth * in, out]`, the taps across in order from
 * left to right. Neighbouring columns are laid side by side as channels, and the rest is a 1-D convolution down the
 * columns. Columns behind a row's width count as zero. `stride` is for both directions.
 */
export function conv2d(
  { values, widths }: Pictures,
  kernel: tf.Tensor3D,
  bias: tf.Tensor1D,
  kernelWidth: number,
  stride = 1,
): Pictures {
  const [rows, width, height, channels] = values.shape
  const columns = Math.ceil(width / stride)
  const total = Math.max(kernelWidth - stride, 0)
  const before = Math.floor(total / 2)
  const behind = columns * stride + kernelWidth - 1 - width - before
  const padded = tf.pad(values, [
    [0, 0],
    [before, Math.max(0, behind)],
    [0, 0],
    [0, 0],
  ])
  const taps = Array.from({ length: kernelWidth }, (_, tap) => {
    const part = tf.slice(padded, [0, tap, 0, 0], [rows, columns * stride, height, channels])
    return stride === 1
      ? part
      : tf.slice(
          tf.reshape(part, [rows, columns, stride * height, channels]),
          [0, 0, 0, 0],
          [rows, columns, height, channels],
        )
  })
  const side = taps.length === 1 ? taps[0]! : tf.concat(taps, 3)
  const valid = widths.map((w) => Math.ceil(w / stride))
  const y = conv1d(tf.reshape(side, [rows * columns, height, kernelWidth * channels]), kernel, bias, {
    stride,
    lengths: perColumn(valid, columns, height),
  })
  return { values: tf.reshape(y, [rows, columns, y.shape[1], y.shape[2]]), widths: valid }
}

/** Maximum over squares of two by two; an odd last column or line is dropped. */
export function maxPool2d({ values, widths }: Pictures): Pictures {
  const [rows, width, height, channels] = values.shape
  const across = maxPool1d(tf.reshape(values, [rows, width, height * channels]), 2, widths)
  const columns = across.shape[1]
  const pooled = poolLengths(widths, 2)
  const down = maxPool1d(tf.reshape(across, [rows * columns, height, channels]), 2, perColumn(pooled, columns, height))
  return { values: tf.reshape(down, [rows, columns, down.shape[1], channels]), widths: pooled }
}

/** Instance normalisation over the valid columns of each picture; gamma and beta are `[channels]`. */
export function instanceNorm2d({ values, widths }: Pictures, gamma: tf.Tensor1D, beta: tf.Tensor1D): Pictures {
  const [rows, width, height, channels] = values.shape
  const y = instanceNorm(
    tf.reshape(values, [rows, width * height, channels]),
    gamma,
    beta,
    widths.map((w) => w * height),
  )
  return { values: tf.reshape(y, values.shape), widths }
}

/** Lengths of columns seen as sequences of their own: whole, or nothing behind a picture's width. */
function perColumn(widths: Lengths, columns: number, height: number): Lengths {
  return Int32Array.from({ length: widths.length * columns }, (_, at) =>
    at % columns < widths[Math.floor(at / columns)]! ? height : 0,
  )
}
