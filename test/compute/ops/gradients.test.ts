import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend, type BackendName } from '../../../src/main/compute/backend.ts'
import {
  activation,
  batchNorm,
  bilstm,
  conv1d,
  ctcLoss,
  dense,
  depthwiseConv1d,
  instanceNorm,
} from '../../../src/main/compute/ops/index.ts'
import { normal, numericalErrors, padded } from './compare.ts'

const lengths = Int32Array.of(7, 5)
const x = () => padded([2, 7, 3], lengths, 11)

function check(inputs: Record<string, tf.Tensor>, f: (inputs: Record<string, tf.Tensor>) => tf.Tensor): void {
  for (const [name, error] of Object.entries(numericalErrors(inputs, f, 6))) expect(error, name).toBeLessThan(1e-4)
}

describe.each<[string, BackendName]>([
  ['stock operations', 'cpu'],
  ['the fused kernels', 'kernels'],
])('the gradients of %s follow central differences', (_, backend) => {
  beforeAll(() => useBackend(backend))

  it('convolution with stride', () => {
    check({ x: x(), kernel: normal([3, 3, 4], 1), bias: normal([4], 2) }, ({ x, kernel, bias }) =>
      conv1d(x as tf.Tensor3D, kernel as tf.Tensor3D, bias as tf.Tensor1D, { stride: 2, lengths }),
    )
  })

  it('depthwise convolution', () => {
    check({ x: x(), kernel: normal([5, 6], 1) }, ({ x, kernel }) =>
      depthwiseConv1d(x as tf.Tensor3D, kernel as tf.Tensor2D, null, { lengths }),
    )
  })

  it('norms', () => {
    const running = { mean: tf.zeros([3]) as tf.Tensor1D, variance: tf.ones([3]) as tf.Tensor1D }
    const inputs = () => ({ x: x(), gamma: normal([3], 1), beta: normal([3], 2) })
    check(
      inputs(),
      ({ x, gamma, beta }) =>
        batchNorm(x as tf.Tensor3D, gamma as tf.Tensor1D, beta as tf.Tensor1D, running, { training: true, lengths }).y,
    )
    check(inputs(), ({ x, gamma, beta }) =>
      instanceNorm(x as tf.Tensor3D, gamma as tf.Tensor1D, beta as tf.Tensor1D, lengths),
    )
  })

  it('smooth activations and dense layers', () => {
    check({ x: x() }, ({ x }) => activation(x!, 'gelu'))
    check({ x: x() }, ({ x }) => activation(x!, 'tanh'))
    check({ x: x(), weight: normal([3, 4], 1), bias: normal([4], 2) }, ({ x, weight, bias }) =>
      dense(x as tf.Tensor3D, weight as tf.Tensor2D, bias as tf.Tensor1D, lengths),
    )
  })

  it('LSTM in both directions', () => {
    const direction = (seed: number, tag: string) => ({
      [`input${tag}`]: normal([3, 8], seed, 0.5),
      [`recurrent${tag}`]: normal([2, 8], seed + 1, 0.5),
      [`bias${tag}`]: normal([8], seed + 2, 0.5),
    })
    const weights = (t: Record<string, tf.Tensor>, tag: string) => ({
      input: t[`input${tag}`] as tf.Tensor2D,
      recurrent: t[`recurrent${tag}`] as tf.Tensor2D,
      bias: t[`bias${tag}`] as tf.Tensor1D,
    })
    check({ x: x(), ...direction(1, 'F'), ...direction(5, 'B') }, (t) =>
      bilstm(t['x'] as tf.Tensor3D, lengths, weights(t, 'F'), weights(t, 'B')),
    )
  })

  it('CTC', () => {
    check({ x: padded([2, 7, 3], lengths, 3) }, ({ x }) =>
      ctcLoss(
        x as tf.Tensor3D,
        [
          [1, 2],
          [2, 2],
        ],
        lengths,
      ),
    )
  })
})
