import * as tf from '@tensorflow/tfjs'
import type { ConvAttributes } from '../names.ts'
import { COLUMNS, INPUT_GRAD, WITH_BIAS } from './conv-shaders.ts'
import { integers, runElementwise } from './program.ts'
import { extents, register } from './register.ts'

/**
 * Registers convolution (also dense layers: width 1): each output frame's inputs side by side as one line of a matrix,
 * then a matrix product. A last column of ones stands for the bias, and lines behind a row's length are zero, so that
 * neither needs a pass of its own.
 */
export function registerConvolutions(): void {
  register('Conv1d', ({ x, kernel, bias }, attributes) => {
    const [batch] = extents(x)
    const [width, inputs, outputs] = extents(kernel)
    const columns = columnsOf(x!, width, attributes)
    const weights = runElementwise<tf.Tensor2D>({
      key: bias ? 'kernel with bias' : 'kernel',
      shape: [columns.shape[1], outputs],
      inputs: { kernel: kernel!, ...(bias ? { bias } : {}) },
      numbers: { rows: width * inputs, outputs },
      source: WITH_BIAS(bias !== undefined),
    })
    return [tf.reshape(tf.matMul(columns, weights), [batch, attributes.frames, outputs])]
  })

  register('Conv1dInputGrad', ({ dy, kernel }, { stride, before, lengths, outLengths, frames, time }) => {
    const [batch] = extents(dy)
    const [width, inputs, outputs] = extents(kernel)
    const rows = tf.reshape(dy!, [batch * frames, outputs]) as tf.Tensor2D
    const columns = tf.matMul(rows, tf.reshape(kernel!, [width * inputs, outputs]) as tf.Tensor2D, false, true)
    const dx = runElementwise<tf.Tensor3D>({
      key: 'input gradient of a convolution',
      shape: [batch, time, inputs],
      inputs: { columns, lengths: integers(lengths), outLengths: integers(outLengths) },
      numbers: { time, channels: inputs, width, stride, before, frames },
      source: INPUT_GRAD,
    })
    return [dx]
  })

  register('Conv1dKernelGrad', ({ x, dy }, attributes) => {
    const [batch, , inputs] = extents(x)
    const outputs = extents(dy)[2]
    const { width } = attributes
    const columns = columnsOf(x!, width, attributes)
    const products = tf.matMul(
      columns,
      tf.reshape(dy!, [batch * attributes.frames, outputs]) as tf.Tensor2D,
      true,
      false,
    )
    const dkernel = tf.slice(products, [0, 0], [width * inputs, outputs])
    const dbias = tf.slice(products, [width * inputs, 0], [1, outputs])
    return [tf.reshape(dkernel, [width, inputs, outputs]), tf.reshape(dbias, [outputs])]
  })
}

/**
 * `[batch * frames, width * in + 1]`, filled up with zeros to a multiple of four columns: that makes the product
 * faster.
 */
function columnsOf(
  x: tf.Tensor,
  width: number,
  { stride, before, lengths, outLengths, frames }: ConvAttributes,
): tf.Tensor2D {
  const [batch, time, channels] = extents(x)
  const columns = Math.ceil((width * channels + 1) / 4) * 4
  return runElementwise({
    key: 'columns',
    shape: [batch * frames, columns],
    inputs: { x, lengths: integers(lengths), outLengths: integers(outLengths) },
    numbers: { time, channels, width, stride, before, frames, columns },
    source: COLUMNS,
  })
}
