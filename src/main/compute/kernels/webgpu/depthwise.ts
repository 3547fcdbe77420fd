import * as tf from '@tensorflow/tfjs'
import { samePadding } from '../../ops/lengths.ts'
import { DEPTHWISE, DEPTHWISE_INPUT_GRAD, DEPTHWISE_KERNEL_GRAD } from './depthwise-shaders.ts'
import { integers, runElementwise } from './program.ts'
import { extents, register } from './register.ts'

/**
 * Registers depthwise convolution. The kernel's gradient is computed row by row first, so that there is work for a
 * whole GPU.
 */
export function registerDepthwise(): void {
  register('DepthwiseConv1d', ({ x, kernel, bias }, { lengths }) => {
    const [batch, time, channels] = extents(x)
    const [width, outputs] = kernel!.shape as [number, number]
    const y = runElementwise<tf.Tensor3D>({
      key: bias ? 'depthwise with bias' : 'depthwise',
      shape: [batch, time, outputs],
      inputs: { x: x!, kernel: kernel!, ...(bias ? { bias } : {}), lengths: integers(lengths) },
      numbers: { time, channels, outputs, width, before: samePadding(width, 1).before },
      source: DEPTHWISE(bias !== undefined),
    })
    return [y]
  })

  register('DepthwiseConv1dInputGrad', ({ dy, kernel }, { lengths, channels }) => {
    const [batch, time, outputs] = extents(dy)
    const width = kernel!.shape[0]!
    const dx = runElementwise<tf.Tensor3D>({
      key: 'input gradient of depthwise',
      shape: [batch, time, channels],
      inputs: { dy: dy!, kernel: kernel!, lengths: integers(lengths) },
      numbers: { time, channels, outputs, width, before: samePadding(width, 1).before },
      source: DEPTHWISE_INPUT_GRAD,
    })
    return [dx]
  })

  register('DepthwiseConv1dKernelGrad', ({ x, dy }, { lengths, width }) => {
    const [batch, time, channels] = extents(x)
    const outputs = extents(dy)[2]
    const rows = runElementwise<tf.Tensor3D>({
      key: 'kernel gradient of depthwise',
      shape: [batch, width + 1, outputs],
      inputs: { x: x!, dy: dy!, lengths: integers(lengths) },
      numbers: { time, channels, outputs, width, before: samePadding(width, 1).before },
      source: DEPTHWISE_KERNEL_GRAD,
    })
    const sums = tf.sum(rows, 0) as tf.Tensor2D
    return [tf.slice(sums, [0, 0], [width, outputs]), tf.reshape(tf.slice(sums, [width, 0], [1, outputs]), [outputs])]
  })
}
