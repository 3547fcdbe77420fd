import type * as tf from '@tensorflow/tfjs'
import { dropThreshold } from '../../ops/composite/dropout.ts'
import { poolLengths } from '../../ops/lengths.ts'
import { ACTIVATION, ACTIVATION_GRAD, DROPOUT, MAX_POOL, MAX_POOL_GRAD } from './elementwise-shaders.ts'
import { integers, runElementwise, sizeOf } from './program.ts'
import { extents, register } from './register.ts'

/** Registers activations, dropout and max-pooling. */
export function registerElementwise(): void {
  register('Activation1d', ({ x }, { kind }) => [like(x!, 'activation', { x: x! }, { kind }, ACTIVATION)])

  register('Activation1dGrad', ({ x, dy }, { kind }) => [
    like(x!, 'activation gradient', { x: x!, dy: dy! }, { kind }, ACTIVATION_GRAD),
  ])

  register('Dropout1d', ({ x }, { rate, keys }) => {
    // Uniforms are signed; the shader takes the threshold's bits as they are.
    const numbers = { perRow: sizeOf(x!.shape.slice(1)), threshold: dropThreshold(rate) | 0 }
    return [like(x!, `dropout ${rate}`, { x: x!, keys: integers(keys) }, numbers, DROPOUT(1 / (1 - rate)))]
  })

  register('MaxPool1d', ({ x }, { lengths }) => {
    const [batch, time, channels] = extents(x)
    const frames = Math.floor(time / 2)
    const inputs = { x: x!, lengths: integers(poolLengths(lengths, 2)) }
    return [
      runElementwise({
        key: 'max pool',
        shape: [batch, frames, channels],
        inputs,
        numbers: { time, frames, channels },
        source: MAX_POOL,
      }),
    ]
  })

  register('MaxPool1dGrad', ({ x, dy }, { lengths }) => {
    const [, time, channels] = extents(x)
    const inputs = { x: x!, dy: dy!, lengths: integers(poolLengths(lengths, 2)) }
    return [like(x!, 'max pool gradient', inputs, { time, frames: Math.floor(time / 2), channels }, MAX_POOL_GRAD)]
  })
}

/** A program whose output has the shape of a tensor. */
function like(
  x: tf.Tensor,
  key: string,
  inputs: Record<string, tf.Tensor>,
  numbers: Record<string, number>,
  source: string,
): tf.Tensor {
  return runElementwise({ key, shape: x.shape, inputs, numbers, source })
}
