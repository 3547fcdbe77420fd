import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { useBackend } from '../../../src/main/compute/backend.ts'
import { batchNorm, instanceNorm } from '../../../src/main/compute/ops/index.ts'
import { expectAgreement, missingAdapter, noise, padded, rows, type Tensors } from './compare.ts'

const missing = await missingAdapter()

const channels = fc.constantFrom(1, 5, 37)
// Two normalised frames are always one and minus one: their gradient is what rounding leaves of a difference.
const enough = rows.filter(({ lengths }) => lengths.some((length) => length > 3))
const affine = (count: number) => ({ gamma: noise([count], 1), beta: noise([count], 2) })
const given = (t: Tensors) => [t['x'] as tf.Tensor3D, t['gamma'] as tf.Tensor1D, t['beta'] as tf.Tensor1D] as const

describe.skipIf(missing)(`norms on WebGPU${missing ? ` (${missing})` : ''}`, () => {
  it('batch norm agrees with stock operations over the valid frames', async () => {
    await fc.assert(
      fc.asyncProperty(enough, channels, async ({ lengths, time }, count) => {
        const x = padded([lengths.length, time, count], lengths, count)
        await expectAgreement({ x, ...affine(count) }, (t) => {
          const running = { mean: tf.zeros([count]) as tf.Tensor1D, variance: tf.ones([count]) as tf.Tensor1D }
          return batchNorm(...given(t), running, { training: true, lengths }).y
        })
      }),
      { numRuns: 8 },
    )
  })

  it('batch norm by given statistics agrees with stock operations, as in reading', async () => {
    const lengths = Int32Array.of(7, 0, 4)
    const variance = { shape: [5], values: noise([5], 4).values.map((value) => 0.2 + Math.abs(value)) }
    await expectAgreement({ x: padded([3, 8, 5], lengths, 1), ...affine(5), mean: noise([5], 3), variance }, (t) => {
      const running = { mean: t['mean'] as tf.Tensor1D, variance: t['variance'] as tf.Tensor1D }
      return batchNorm(...given(t), running, { training: false, lengths }).y
    })
  })

  it('batch norm keeps the same running statistics, also far from zero', async () => {
    const statistics = async () => {
      const values = noise([3, 40, 6], 5).values.map((value) => 50 + value)
      const running = { mean: tf.zeros([6]) as tf.Tensor1D, variance: tf.ones([6]) as tf.Tensor1D }
      const { mean, variance } = batchNorm(tf.tensor3d(values, [3, 40, 6]), tf.ones([6]), tf.zeros([6]), running, {
        training: true,
        lengths: Int32Array.of(40, 7, 23),
      })
      return [...(await mean.data()), ...(await variance.data())]
    }
    await useBackend('cpu')
    const reference = await statistics()
    await useBackend('webgpu')
    for (const [i, value] of (await statistics()).entries()) expect(value).toBeCloseTo(reference[i]!, 4)
  })

  it('instance norm agrees with stock operations, with and without scale and shift', async () => {
    await fc.assert(
      fc.asyncProperty(enough, channels, async ({ lengths, time }, count) => {
        const x = padded([lengths.length, time, count], lengths, count)
        await expectAgreement({ x, ...affine(count) }, (t) => instanceNorm(...given(t), lengths))
      }),
      { numRuns: 6 },
    )
    const lengths = Int32Array.of(7, 5)
    await expectAgreement({ x: padded([2, 7, 3], lengths, 1) }, (t) =>
      instanceNorm(t['x'] as tf.Tensor3D, null, null, lengths),
    )
  })
})
