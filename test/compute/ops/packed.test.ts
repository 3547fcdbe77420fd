import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { PackedWeights } from '../../../src/main/compute/kernels/wasm/packed.ts'
import { kernelMemory } from '../../../src/main/compute/kernels/wasm/memory.ts'
import { bilstm, conv1d, type LstmWeights } from '../../../src/main/compute/ops/index.ts'
import { normal, withKernels } from './compare.ts'

const matrix = (): tf.TensorInfo => ({ dataId: {}, shape: [2, 3], dtype: 'float32' })

describe('packed weights', () => {
  const packed: string[] = []
  const freed: number[] = []
  const weights = new PackedWeights({
    pack: (_, bias, rows, columns) => packed.push(`${rows} x ${columns}${bias ? ' with bias' : ''}`),
    free: (address) => freed.push(address),
  })
  const [weight, bias] = [matrix(), matrix()]

  it('are made at the second use and kept', () => {
    expect([1, 2, 3].map(() => weights.address(weight, bias, 2, 3))).toEqual([0, 1, 1])
    expect(packed).toEqual(['2 x 3 with bias'])
  })

  it('do not stand in for another bias or another shape', () => {
    expect(weights.address(weight, undefined, 2, 3)).toBe(0)
    expect(weights.address(weight, matrix(), 2, 3)).toBe(0)
    expect(weights.address(weight, bias, 3, 2)).toBe(0)
  })

  it('are given back with their tensor, once', () => {
    weights.forget(weight.dataId)
    weights.forget(weight.dataId)
    weights.forget({})
    expect(freed).toEqual([1])
    expect(weights.address(weight, bias, 2, 3)).toBe(0)
  })
})

describe('layers that use the same weights again and again', () => {
  beforeAll(withKernels)
  const lengths = Int32Array.of(9, 6)
  const x = () => normal([2, 9, 5], 1) as tf.Tensor3D
  const convolution = (kernel: tf.Tensor, bias: tf.Tensor | null) =>
    tf.tidy(() => [...conv1d(x(), kernel as tf.Tensor3D, bias as tf.Tensor1D | null, { lengths }).dataSync()])

  it('give the same values each time', () => {
    const [kernel, bias, other] = [normal([3, 5, 11], 2), normal([11], 3), normal([11], 4)]
    const first = convolution(kernel, bias)
    for (let i = 0; i < 3; i++) expect(convolution(kernel, bias)).toEqual(first)
    expect(convolution(kernel, other)).toEqual(convolution(kernel.clone(), other))
    expect(convolution(kernel, other)).not.toEqual(first)
    expect(convolution(kernel, null)).toEqual(convolution(kernel, tf.zeros([11])))

    const direction = (seed: number): LstmWeights => ({
      input: normal([5, 12], seed) as tf.Tensor2D,
      recurrent: normal([3, 12], seed + 1) as tf.Tensor2D,
      bias: normal([12], seed + 2) as tf.Tensor1D,
    })
    const [forward, backward] = [direction(5), direction(8)]
    const read = () => tf.tidy(() => [...bilstm(x(), lengths, forward, backward).dataSync()])
    const values = read()
    for (let i = 0; i < 3; i++) expect(read()).toEqual(values)
  })

  it('compute with new weights where old ones were, and hold no memory for those that are gone', () => {
    const thrice = (kernel: tf.Tensor): number[] => {
      const values = [0, 1, 2].map(() => convolution(kernel, null))
      expect(values[2]).toEqual(values[0])
      kernel.dispose()
      return values[0]!
    }
    const first = thrice(normal([3, 5, 64], 1))
    for (let seed = 2; seed < 8; seed++) expect(thrice(normal([3, 5, 64], seed))).not.toEqual(first)
    const large = () => {
      const kernel = tf.ones<tf.Rank.R3>([1, 5, 20_000])
      for (let use = 0; use < 3; use++) tf.dispose(conv1d(tf.ones([1, 1, 5]), kernel, null))
      kernel.dispose()
    }
    large()
    const { size } = kernelMemory(tf.backend())
    for (let round = 0; round < 20; round++) large()
    expect(kernelMemory(tf.backend()).size).toBe(size)
  })
})
