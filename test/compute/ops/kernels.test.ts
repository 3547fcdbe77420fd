import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  activation,
  batchNorm,
  bilstm,
  conv1d,
  ctcLoss,
  dense,
  depthwiseConv1d,
  dropout,
  instanceNorm,
  lstm,
  maxPool1d,
} from '../../../src/main/compute/ops/index.ts'
import { ACTIVATIONS } from '../../../src/main/compute/ops/activation.ts'
import { kernelErrors, normal, padded, withKernels } from './compare.ts'

beforeAll(withKernels)

const LIMIT = 1e-4

/** Batches of rows of different lengths, with odd and even sizes. */
const batches = fc
  .record({
    time: fc.integer({ min: 6, max: 19 }),
    batch: fc.integer({ min: 1, max: 11 }),
    channels: fc.integer({ min: 1, max: 13 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
  })
  .chain((size) =>
    fc
      .array(fc.integer({ min: 5, max: size.time }), { minLength: size.batch, maxLength: size.batch })
      .map((lengths) => ({ ...size, lengths: Int32Array.from(lengths) })),
  )

type Batch = typeof batches extends fc.Arbitrary<infer T> ? T : never

/** Checks a kernel on random batches; `extra` draws what else it needs. */
function agree<T>(
  extra: fc.Arbitrary<T>,
  errors: (batch: Batch, extra: T) => Record<string, number>,
  numRuns = 25,
): void {
  fc.assert(
    fc.property(batches, extra, (batch, more) => {
      for (const [name, error] of Object.entries(tf.tidy(() => errors(batch, more))))
        expect(error, name).toBeLessThan(LIMIT)
    }),
    { numRuns },
  )
}

const input = ({ batch, time, channels, lengths, seed }: Batch) => padded([batch, time, channels], lengths, seed)

describe('each fused kernel agrees with stock operations, in values and in all gradients', () => {
  it('convolution, for any width, stride and padding', () => {
    const extra = fc.record({
      width: fc.integer({ min: 1, max: 5 }),
      outputs: fc.integer({ min: 1, max: 21 }),
      stride: fc.integer({ min: 1, max: 3 }),
      padding: fc.constantFrom('same' as const, 'valid' as const),
    })
    agree(
      extra,
      (batch, { width, outputs, stride, padding }) => {
        const inputs = {
          x: input(batch),
          kernel: normal([width, batch.channels, outputs], 1),
          bias: normal([outputs], 2),
        }
        return kernelErrors(inputs, ({ x, kernel, bias }) =>
          conv1d(x as tf.Tensor3D, kernel as tf.Tensor3D, bias as tf.Tensor1D, {
            stride,
            padding,
            lengths: batch.lengths,
          }),
        )
      },
      60,
    )
  })

  it('depthwise convolution, one or two kernels a channel', () => {
    agree(
      fc.record({ width: fc.constantFrom(1, 3, 4, 5), repeats: fc.integer({ min: 1, max: 2 }) }),
      (batch, { width, repeats }) => {
        const outputs = batch.channels * repeats
        const inputs = { x: input(batch), kernel: normal([width, outputs], 1), bias: normal([outputs], 2) }
        return kernelErrors(inputs, ({ x, kernel, bias }) =>
          depthwiseConv1d(x as tf.Tensor3D, kernel as tf.Tensor2D, bias as tf.Tensor1D, { lengths: batch.lengths }),
        )
      },
    )
  })

  it('batch norm', () => {
    agree(fc.constant(null), (batch) => {
      const { channels, lengths } = batch
      const running = { mean: tf.zeros([channels]) as tf.Tensor1D, variance: tf.ones([channels]) as tf.Tensor1D }
      const inputs = { x: input(batch), gamma: normal([channels], 1), beta: normal([channels], 2) }
      return kernelErrors(
        inputs,
        ({ x, gamma, beta }) =>
          batchNorm(x as tf.Tensor3D, gamma as tf.Tensor1D, beta as tf.Tensor1D, running, { training: true, lengths })
            .y,
      )
    })
  })

  it('batch norm by given statistics, as in reading', () => {
    agree(
      fc.constant(null),
      (batch) => {
        const { channels, lengths } = batch
        const inputs = {
          x: input(batch),
          gamma: normal([channels], 1),
          beta: normal([channels], 2),
          mean: normal([channels], 3),
          variance: tf.add(tf.abs(normal([channels], 4)), 0.2),
        }
        return kernelErrors(inputs, ({ x, gamma, beta, mean, variance }) => {
          const running = { mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D }
          return batchNorm(x as tf.Tensor3D, gamma as tf.Tensor1D, beta as tf.Tensor1D, running, {
            training: false,
            lengths,
          }).y
        })
      },
      15,
    )
  })

  it('instance norm, with and without scale and shift', () => {
    agree(fc.boolean(), (batch, affine) => {
      const { channels, lengths } = batch
      const inputs = {
        x: input(batch),
        ...(affine ? { gamma: normal([channels], 1), beta: normal([channels], 2) } : {}),
      }
      return kernelErrors(inputs, ({ x, gamma, beta }) =>
        instanceNorm(
          x as tf.Tensor3D,
          (gamma ?? null) as tf.Tensor1D | null,
          (beta ?? null) as tf.Tensor1D | null,
          lengths,
        ),
      )
    })
  })

  it('every activation', () => {
    agree(fc.constantFrom(...ACTIVATIONS), (batch, kind) =>
      kernelErrors({ x: input(batch) }, ({ x }) => activation(tf.mul(x!, 3), kind)),
    )
  })

  it('dropout, which drops the same values', () => {
    agree(
      fc.record({ rate: fc.constantFrom(0.1, 0.5), seed: fc.integer(), rowOffset: fc.nat(1000) }),
      (batch, { rate, seed, rowOffset }) =>
        kernelErrors({ x: input(batch) }, ({ x }) => dropout(x!, rate, { seed, rowOffset })),
    )
  })

  it('max-pooling', () => {
    agree(fc.constant(null), (batch) =>
      kernelErrors({ x: input(batch) }, ({ x }) => maxPool1d(x as tf.Tensor3D, 2, batch.lengths)),
    )
  })

  it('dense layers on frames and on rows', () => {
    agree(
      fc.record({ outputs: fc.integer({ min: 1, max: 19 }), frames: fc.boolean() }),
      (batch, { outputs, frames }) => {
        const weights = { weight: normal([batch.channels, outputs], 1), bias: normal([outputs], 2) }
        if (frames)
          return kernelErrors({ x: input(batch), ...weights }, ({ x, weight, bias }) =>
            dense(x as tf.Tensor3D, weight as tf.Tensor2D, bias as tf.Tensor1D, batch.lengths),
          )
        return kernelErrors({ x: normal([batch.batch, batch.channels], 3), ...weights }, ({ x, weight, bias }) =>
          dense(x as tf.Tensor2D, weight as tf.Tensor2D, bias as tf.Tensor1D),
        )
      },
    )
  })

  it('LSTM in one direction or both', () => {
    agree(
      fc.record({ hidden: fc.integer({ min: 1, max: 9 }), mode: fc.constantFrom('forward', 'backward', 'both') }),
      (batch, { hidden, mode }) => {
        const { channels, lengths } = batch
        const direction = (seed: number) => ({
          input: normal([channels, 4 * hidden], seed),
          recurrent: normal([hidden, 4 * hidden], seed + 1),
          bias: normal([4 * hidden], seed + 2),
        })
        const one = direction(1)
        const two = direction(4)
        const weightsOf = (t: Record<string, tf.Tensor>, suffix: string) => ({
          input: t[`input${suffix}`] as tf.Tensor2D,
          recurrent: t[`recurrent${suffix}`] as tf.Tensor2D,
          bias: t[`bias${suffix}`] as tf.Tensor1D,
        })
        const suffixed = (weights: typeof one, suffix: string) =>
          Object.fromEntries(Object.entries(weights).map(([name, tensor]) => [name + suffix, tensor]))
        if (mode !== 'both')
          return kernelErrors({ x: input(batch), ...suffixed(one, '') }, (t) =>
            lstm(t['x'] as tf.Tensor3D, lengths, weightsOf(t, ''), { reverse: mode === 'backward' }),
          )
        return kernelErrors({ x: input(batch), ...suffixed(one, '1'), ...suffixed(two, '2') }, (t) =>
          bilstm(t['x'] as tf.Tensor3D, lengths, weightsOf(t, '1'), weightsOf(t, '2')),
        )
      },
    )
  })

  it('CTC loss, with repeated letters and empty labels', () => {
    const labels = fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }), {
      minLength: 11,
      maxLength: 11,
    })
    agree(labels, (batch, drawn) => {
      const logits = padded([batch.batch, batch.time, 5], batch.lengths, batch.seed)
      return kernelErrors({ logits }, (t) =>
        ctcLoss(t['logits'] as tf.Tensor3D, drawn.slice(0, batch.batch), batch.lengths),
      )
    })
  })
})
