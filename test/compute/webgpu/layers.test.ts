import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { useBackend } from '../../../src/main/compute/backend.ts'
import { ACTIVATIONS } from '../../../src/main/compute/ops/activation.ts'
import { activation, conv1d, dense, depthwiseConv1d, dropout, maxPool1d } from '../../../src/main/compute/ops/index.ts'
import { expectAgreement, missingAdapter, noise, padded, rows } from './compare.ts'

const missing = await missingAdapter()

describe.skipIf(missing)(
  `the other layers on WebGPU agree with stock operations${missing ? ` (${missing})` : ''}`,
  () => {
    it('convolution, for any width, stride and padding', async () => {
      const extra = fc.record({
        width: fc.integer({ min: 1, max: 5 }),
        channels: fc.integer({ min: 1, max: 6 }),
        outputs: fc.integer({ min: 1, max: 9 }),
        stride: fc.integer({ min: 1, max: 3 }),
        padding: fc.constantFrom('same' as const, 'valid' as const),
        bias: fc.boolean(),
      })
      await fc.assert(
        fc.asyncProperty(
          rows,
          extra,
          async ({ lengths, time }, { width, channels, outputs, stride, padding, bias }) => {
            const inputs = {
              x: padded([lengths.length, time + 5, channels], lengths, 7),
              kernel: noise([width, channels, outputs], 1),
              ...(bias ? { bias: noise([outputs], 2) } : {}),
            }
            await expectAgreement(inputs, ({ x, kernel, bias: shift }) =>
              conv1d(x as tf.Tensor3D, kernel as tf.Tensor3D, (shift ?? null) as tf.Tensor1D | null, {
                stride,
                padding,
                lengths,
              }),
            )
          },
        ),
        { numRuns: 12 },
      )
    })

    it('depthwise convolution, one or two kernels a channel', async () => {
      const extra = fc.record({
        width: fc.constantFrom(1, 4, 5),
        channels: fc.integer({ min: 1, max: 6 }),
        repeats: fc.integer({ min: 1, max: 2 }),
        bias: fc.boolean(),
      })
      await fc.assert(
        fc.asyncProperty(rows, extra, async ({ lengths, time }, { width, channels, repeats, bias }) => {
          const outputs = channels * repeats
          const inputs = {
            x: padded([lengths.length, time, channels], lengths, 7),
            kernel: noise([width, outputs], 1),
            ...(bias ? { bias: noise([outputs], 2) } : {}),
          }
          await expectAgreement(inputs, ({ x, kernel, bias: shift }) =>
            depthwiseConv1d(x as tf.Tensor3D, kernel as tf.Tensor2D, (shift ?? null) as tf.Tensor1D | null, {
              lengths,
            }),
          )
        }),
        { numRuns: 8 },
      )
    })

    it('dense layers on frames and on rows', async () => {
      const lengths = Int32Array.of(5, 3, 0)
      const weights = { weight: noise([6, 5], 1), bias: noise([5], 2) }
      await expectAgreement({ x: padded([3, 6, 6], lengths, 3), ...weights }, ({ x, weight, bias }) =>
        dense(x as tf.Tensor3D, weight as tf.Tensor2D, bias as tf.Tensor1D, lengths),
      )
      await expectAgreement({ x: noise([4, 6], 3), ...weights }, ({ x, weight, bias }) =>
        dense(x as tf.Tensor2D, weight as tf.Tensor2D, bias as tf.Tensor1D),
      )
    })

    it.each(ACTIVATIONS)('the activation %s, also for large values', async (kind) => {
      await expectAgreement({ x: noise([2, 5, 7], 3, 3) }, ({ x }) => activation(x!, kind))
      await expectAgreement({ x: { shape: [1, 1, 4], values: Float32Array.of(-90, -20, 20, 90) } }, ({ x }) =>
        activation(x!, kind),
      )
    })

    it('dropout, which drops the same values', async () => {
      for (const [rate, seed] of [
        [0.1, 5],
        [0.5, -77],
        [0.9, 123456],
      ] as const) {
        await expectAgreement({ x: noise([3, 6, 7], 3) }, ({ x }) => dropout(x!, rate, { seed, rowOffset: 11 }))
      }
    })

    it('max-pooling, with equal values and an odd frame at the end', async () => {
      await fc.assert(
        fc.asyncProperty(rows, async ({ lengths, time }) => {
          const x = padded([lengths.length, time + 1, 3], lengths, 5)
          x.values = x.values.map((value) => Math.round(value))
          await expectAgreement({ x }, (t) => maxPool1d(t['x'] as tf.Tensor3D, 2, lengths))
        }),
        { numRuns: 5 },
      )
    })

    it('and what is not a number stays none', async () => {
      await useBackend('webgpu')
      for (const kind of ACTIVATIONS) expect((await activation(tf.tensor1d([NaN, 1]), kind).data())[0], kind).toBeNaN()
      expect((await maxPool1d(tf.tensor3d([NaN, 1], [1, 2, 1]), 2, Int32Array.of(2)).data())[0]).toBeNaN()
    })
  },
)
