import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { align, type Embedding } from '../../../src/main/ml/cross/align.ts'
import { attentionPool } from '../../../src/main/ml/cross/attention.ts'
import { DISTANCES, distance } from '../../../src/main/ml/cross/distance.ts'
import { gatherRows } from '../../../src/main/ml/cross/gather.ts'
import { errorContrastive, inBatchContrastive, normalised } from '../../../src/main/ml/cross/in-batch.ts'
import { contrastive, triplet } from '../../../src/main/ml/cross/losses.ts'
import { resampleTime } from '../../../src/main/ml/image/resample.ts'
import { expectGradient, someValues } from './gradient-check.ts'

beforeAll(async () => {
  await tf.setBackend('cpu')
})

function sequence(rows: number[][][], lengths = rows.map((row) => row.length)): Embedding {
  const time = Math.max(...rows.map((row) => row.length))
  const size = rows[0]![0]!.length
  return {
    values: tf.tensor3d(
      rows.map((row) => [...row, ...Array.from({ length: time - row.length }, () => Array<number>(size).fill(9))]),
    ),
    lengths: Int32Array.from(lengths),
  }
}

const numbers = (tensor: tf.Tensor): number[] => [...tensor.dataSync()]
function expectNumbers(tensor: tf.Tensor, expected: number[], digits = 5): void {
  expect(tensor.size).toBe(expected.length)
  numbers(tensor).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, digits))
}

describe('bringing embeddings to the same length', () => {
  test('a longer sequence is read at evenly spread places, ends at ends, and as its mean where one frame is left', () => {
    const { values } = resampleTime(sequence([[[0], [1], [2], [3], [4]]]), Int32Array.of(3))
    expectNumbers(values, [0, 2, 4])
    expectNumbers(resampleTime(sequence([[[0], [1], [2], [3]]]), Int32Array.of(3)).values, [0, 1.5, 3])
    expectNumbers(resampleTime(sequence([[[0], [1], [5]]]), Int32Array.of(1)).values, [2])
  })

  test("frames behind a row's length are not looked at", () => {
    const { values } = resampleTime(
      sequence([
        [[1], [2], [3], [4]],
        [[1], [3]],
      ]),
      Int32Array.of(2, 2),
    )
    expectNumbers(values, [1, 4, 1, 3])
  })

  test("each pair meets at the shorter one's length", () => {
    const { u, x, lengths } = align(
      sequence([[[1], [2], [3]], [[1]]]),
      sequence([
        [[1], [5]],
        [[1], [2], [7]],
      ]),
    )
    expect([...lengths]).toEqual([2, 1])
    expectNumbers(u, [1, 3, 1, 0])
    expectNumbers(x, [1, 5, 10 / 3, 0])
  })

  test('gradients go back to the frames that were read', () => {
    expectGradient(
      (x) =>
        tf.square(resampleTime({ values: x as tf.Tensor3D, lengths: Int32Array.of(5, 3) }, Int32Array.of(3, 2)).values),
      someValues([2, 5, 2]),
    )
  })
})

describe('distances between embeddings', () => {
  const u = sequence([[[1, 2, 3]], [[1, 0, 0]]])
  const x = sequence([[[3, 2, 1]], [[0, 2, 0]]])

  test('the mean squared error is the mean over channels', () => {
    expectNumbers(distance('mse', u, x), [8 / 3, 5 / 3])
  })

  test('the cosine distance is one minus the cosine of the angle', () => {
    expectNumbers(distance('cosine', u, x), [1 - 10 / 14, 1])
  })

  test('the Pearson distance is one minus the correlation over the channels', () => {
    expectNumbers(distance('pearson', u, x), [2, 1.5])
  })

  test('the Kullback-Leibler divergence compares softmaxes', () => {
    const softmax = (v: number[]): number[] => v.map((a) => Math.exp(a) / v.reduce((sum, b) => sum + Math.exp(b), 0))
    const kl = (a: number[], b: number[]): number =>
      softmax(a).reduce((sum, p, i) => sum + p * Math.log(p / softmax(b)[i]!), 0)
    expectNumbers(distance('kl', u, x), [kl([1, 2, 3], [3, 2, 1]), kl([1, 0, 0], [0, 2, 0])])
  })

  test("a sequence's distance is the mean over its valid frames", () => {
    const a = sequence([
      [
        [0, 0],
        [0, 0],
      ],
      [[0, 0]],
    ])
    const b = sequence([
      [
        [1, 1],
        [2, 2],
      ],
      [[3, 3]],
    ])
    expectNumbers(distance('mse', a, b), [2.5, 9])
  })

  test.each(DISTANCES)('%s is zero between equal embeddings and has the gradient that differences show', (kind) => {
    const a = { values: someValues([2, 3, 4]) as tf.Tensor3D, lengths: Int32Array.of(3, 2) }
    const b = { values: someValues([2, 4, 4], 2) as tf.Tensor3D, lengths: Int32Array.of(4, 2) }
    expectNumbers(distance(kind, a, a), [0, 0])
    expectGradient((values) => distance(kind, { ...a, values: values as tf.Tensor3D }, b), a.values)
    expectGradient((values) => distance(kind, a, { ...b, values: values as tf.Tensor3D }), b.values)
  })

  test.each(DISTANCES)('%s stays finite where an embedding is zero', (kind) => {
    const zero = { values: tf.zeros([1, 2, 3]) as tf.Tensor3D, lengths: Int32Array.of(2) }
    const other = { values: someValues([1, 2, 3]) as tf.Tensor3D, lengths: Int32Array.of(2) }
    const [value] = numbers(distance(kind, zero, other))
    expect(Number.isFinite(value)).toBe(true)
    const gradient = tf.grad((values) => tf.sum(distance(kind, { ...zero, values: values as tf.Tensor3D }, other)))(
      zero.values,
    )
    expect(numbers(gradient).every(Number.isFinite)).toBe(true)
  })
})

describe('losses across modalities', () => {
  const positive = tf.tensor1d([0.2, 0.5, 1])
  const negative = tf.tensor1d([0.9, 0.6, 0.3])
  const margin = tf.tensor1d([0.5, 0.5, 0.5])

  test('the triplet loss asks the negative to be farther than the positive by the margin', () => {
    expectNumbers(triplet(positive, negative, margin), [0, 0.4, 1.2])
  })

  test('the contrastive loss draws positives near and pushes negatives up to the margin', () => {
    expectNumbers(contrastive(positive, negative, margin), [0.2, 0.5, 1.2])
  })

  test('a satisfied triplet has no gradient, an unsatisfied one pulls and pushes', () => {
    const [toPositive, toNegative] = tf.grads((p, n) => tf.sum(triplet(p as tf.Tensor1D, n as tf.Tensor1D, margin)))([
      positive,
      negative,
    ])
    expectNumbers(toPositive!, [0, 1, 1])
    expectNumbers(toNegative!, [0, -1, -1])
  })
})

describe('contrastive losses within a batch', () => {
  const unit = (rows: number[][]): tf.Tensor2D => normalised(tf.tensor2d(rows))
  const zeroLog = tf.tensor1d([0])

  test('each row must find its partner among all others, both ways', () => {
    const u = unit([
      [1, 0],
      [0, 1],
    ])
    const x = unit([
      [1, 0],
      [1, 1],
    ])
    const s = Math.SQRT1_2
    const entropy = (right: number, wrong: number): number =>
      -Math.log(Math.exp(right) / (Math.exp(right) + Math.exp(wrong)))
    expectNumbers(inBatchContrastive(u, x, ['a', 'b'], zeroLog), [
      (entropy(1, s) + entropy(1, 0)) / 2,
      (entropy(s, 0) + entropy(s, s)) / 2,
    ])
  })

  test('another row of the same label is no negative', () => {
    const u = unit([
      [1, 0],
      [0, 1],
      [1, 1],
    ])
    const x = unit([
      [1, 0],
      [0, 1],
      [0, 1],
    ])
    const both = inBatchContrastive(u, x, ['a', 'b', 'b'], zeroLog)
    const alone = inBatchContrastive(tf.slice(u, [0, 0], [2, 2]), tf.slice(x, [0, 0], [2, 2]), ['a', 'b'], zeroLog)
    expect(numbers(both)[1]).toBeCloseTo(numbers(alone)[1]!, 5)
  })

  test('the scale is learned and bounded at 100', () => {
    const u = unit([
      [1, 0.2],
      [0, 1],
    ])
    const x = unit([
      [1, 0],
      [0.3, 1],
    ])
    expectGradient((log) => inBatchContrastive(u, x, ['a', 'b'], log), tf.tensor1d([0.5]))
    expectNumbers(tf.grad((log) => tf.sum(inBatchContrastive(u, x, ['a', 'b'], log)))(tf.tensor1d([9])), [0])
    expectGradient(
      (rows) => inBatchContrastive(normalised(rows as tf.Tensor2D), x, ['a', 'b'], zeroLog),
      someValues([2, 2]),
    )
  })

  test('the true text must be told from spoilt ones', () => {
    const u = unit([[1, 0]])
    const truth = unit([[1, 0]])
    const spoilt = tf.tensor3d([
      [
        [0, 1],
        [-1, 0],
      ],
    ])
    expectNumbers(errorContrastive(u, truth, spoilt, zeroLog), [-Math.log(Math.E / (Math.E + 1 + 1 / Math.E))])
    expectGradient(
      (rows) => errorContrastive(normalised(rows as tf.Tensor2D), truth, spoilt, zeroLog),
      tf.tensor2d([[0.4, 0.7]]),
    )
  })

  test('attention pools the valid frames only', () => {
    const values = tf.tensor3d([
      [
        [1, 0],
        [3, 0],
        [100, 100],
      ],
    ])
    expectNumbers(attentionPool({ values, lengths: Int32Array.of(2) }, tf.tensor2d([[0], [1]])), [2, 0])
    const [pooled] = numbers(attentionPool({ values, lengths: Int32Array.of(2) }, tf.tensor2d([[1], [0]])))
    expect(pooled).toBeCloseTo((Math.E + 3 * Math.E ** 3) / (Math.E + Math.E ** 3), 4)
  })

  test('a thread sees the rows of all threads, and gradients reach its own only', () => {
    const whole = someValues([4, 3]) as tf.Tensor2D
    const reduce = (own: Float64Array): Float64Array => {
      expect([...own.slice(0, 3), ...own.slice(9)]).toEqual([0, 0, 0, 0, 0, 0])
      return Float64Array.from(whole.dataSync())
    }
    const own = tf.slice(whole, [1, 0], [2, 3])
    expectNumbers(gatherRows(own, 4, { rowOffset: 1, reduce }).values, numbers(whole))
    expectNumbers(
      tf.grad((rows) => tf.sum(gatherRows(rows as tf.Tensor2D, 4, { rowOffset: 1, reduce }).values))(own),
      [1, 1, 1, 1, 1, 1],
    )
  })
})
