import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { conv2d, instanceNorm2d, maxPool2d } from '../../../src/main/ml/image/conv2d.ts'
import { imageConfig, outputColumns } from '../../../src/main/ml/image/config.ts'
import { forwardImages, initialImageNetwork } from '../../../src/main/ml/image/network.ts'
import { someValues } from './gradient-check.ts'

beforeAll(async () => {
  await tf.setBackend('cpu')
})

/** Largest difference between two tensors. */
const apart = (a: tf.Tensor, b: tf.Tensor): number => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!

describe('two-dimensional operations', () => {
  // TensorFlow's own kernels are [height, width, in, out] over [rows, height, width, channels].
  const stock = (x: tf.Tensor4D, kernel: tf.Tensor3D, bias: tf.Tensor1D, stride: number): tf.Tensor4D => {
    const [kh, wide, out] = kernel.shape
    const filter = tf.reshape(kernel, [kh, 3, wide / 3, out]) as tf.Tensor4D
    const y = tf.add(tf.conv2d(tf.transpose(x, [0, 2, 1, 3]) as tf.Tensor4D, filter, stride, 'same'), bias)
    return tf.transpose(y, [0, 2, 1, 3]) as tf.Tensor4D
  }

  test.each([
    { stride: 1, width: 7 },
    { stride: 2, width: 8 },
    { stride: 2, width: 7 },
  ])("a convolution of stride $stride over $width columns is TensorFlow's, with its gradients", ({ stride, width }) => {
    const x = someValues([2, width, 6, 3]) as tf.Tensor4D
    const kernel = someValues([3, 9, 4], 2) as tf.Tensor3D
    const bias = someValues([4], 3) as tf.Tensor1D
    const widths = Int32Array.of(width, width)
    const own = (x: tf.Tensor, k: tf.Tensor, b: tf.Tensor): tf.Tensor4D =>
      conv2d({ values: x as tf.Tensor4D, widths }, k as tf.Tensor3D, b as tf.Tensor1D, 3, stride).values
    const pad = stride === 2 && width % 2 === 1
    const theirs = (x: tf.Tensor, k: tf.Tensor, b: tf.Tensor): tf.Tensor4D =>
      stock(x as tf.Tensor4D, k as tf.Tensor3D, b as tf.Tensor1D, stride)
    // TensorFlow's 'same' depends on the length where a stride does not divide it; ours does not.
    if (pad) {
      const longer = tf.pad(x, [
        [0, 0],
        [0, 1],
        [0, 0],
        [0, 0],
      ])
      expect(apart(own(x, kernel, bias), theirs(longer, kernel, bias))).toBeLessThan(1e-4)
      return
    }
    expect(apart(own(x, kernel, bias), theirs(x, kernel, bias))).toBeLessThan(1e-4)
    const weigh = (y: tf.Tensor4D): tf.Scalar => tf.sum(tf.mul(y, someValues(y.shape, 5)))
    const mine = tf.grads((x, k, b) => weigh(own(x!, k!, b!)))([x, kernel, bias])
    tf.grads((x, k, b) => weigh(theirs(x!, k!, b!)))([x, kernel, bias]).forEach((gradient, i) =>
      expect(apart(gradient, mine[i]!)).toBeLessThan(1e-3),
    )
  })

  test("columns behind a picture's width do not matter and stay empty", () => {
    const kernel = someValues([3, 3, 4], 2) as tf.Tensor3D
    const bias = someValues([4], 3) as tf.Tensor1D
    const short = someValues([1, 6, 4, 1]) as tf.Tensor4D
    const long = tf.pad(short, [
      [0, 0],
      [0, 4],
      [0, 0],
      [0, 0],
    ])
    const alone = conv2d({ values: short, widths: Int32Array.of(6) }, kernel, bias, 3)
    const padded = conv2d({ values: long, widths: Int32Array.of(6) }, kernel, bias, 3)
    expect(apart(tf.slice(padded.values, [0, 0, 0, 0], [1, 6, 4, 4]), alone.values)).toBeLessThan(1e-5)
    expect(apart(tf.slice(padded.values, [0, 6, 0, 0], [1, 4, 4, 4]), tf.zeros([1, 4, 4, 4]))).toBe(0)
  })

  test("pooling is TensorFlow's", () => {
    const x = someValues([2, 6, 4, 3]) as tf.Tensor4D
    expect(apart(maxPool2d({ values: x, widths: Int32Array.of(6, 6) }).values, tf.maxPool(x, 2, 2, 'valid'))).toBe(0)
  })

  test('instance norm makes each valid part of a picture mean 0 and deviation 1, channel by channel', () => {
    const values = tf.mul(
      someValues([2, 6, 4, 3]),
      tf.concat([tf.ones([2, 4, 4, 3]), tf.concat([tf.ones([1, 2, 4, 3]), tf.zeros([1, 2, 4, 3])])], 1),
    ) as tf.Tensor4D
    const { values: y } = instanceNorm2d({ values, widths: Int32Array.of(6, 4) }, tf.ones([3]), tf.zeros([3]))
    const second = tf.moments(tf.slice(y, [1, 0, 0, 0], [1, 4, 4, 3]), [0, 1, 2])
    expect(apart(second.mean, tf.zeros([3]))).toBeLessThan(1e-4)
    expect(apart(second.variance, tf.ones([3]))).toBeLessThan(1e-3)
  })
})

describe('the image network', () => {
  const mode = { training: false, seed: 1, rowOffset: 0 }
  const tensors = (config: ReturnType<typeof imageConfig>): Record<string, tf.Tensor> =>
    Object.fromEntries(
      Object.entries(initialImageNetwork(config, 3)).map(([name, { shape, values }]) => [
        name,
        tf.tensor(values, [...shape]),
      ]),
    )

  test('gives one output for every four columns, and named layers to embed with', () => {
    const config = imageConfig('tiny', { classes: 5, head: 'ctc', height: 16 })
    const { logits, lengths, layers } = forwardImages(
      config,
      tensors(config),
      someValues([2, 24, 16]) as tf.Tensor3D,
      Int32Array.of(24, 13),
      mode,
    )
    expect(logits.shape).toEqual([2, 6, 5])
    expect([...lengths]).toEqual([6, 3])
    expect([...outputColumns(config, Int32Array.of(24, 13))]).toEqual([6, 3])
    expect(layers['features']!.shape).toEqual([2, 6, 12])
    expect(layers['block0']!.shape).toEqual([2, 6, 8])
  })

  test('reads a picture the same way whatever stands beside it in the batch', () => {
    const config = imageConfig('tiny', { classes: 5, head: 'ctc', height: 16 })
    const weights = tensors(config)
    const alone = someValues([1, 16, 16]) as tf.Tensor3D
    const beside = tf.concat([
      tf.pad(alone, [
        [0, 0],
        [0, 16],
        [0, 0],
      ]),
      someValues([1, 32, 16], 4),
    ]) as tf.Tensor3D
    const one = forwardImages(config, weights, alone, Int32Array.of(16), mode).logits as tf.Tensor3D
    const two = forwardImages(config, weights, beside, Int32Array.of(16, 32), mode).logits as tf.Tensor3D
    expect(apart(tf.slice(two, [0, 0, 0], [1, 4, 5]), one)).toBeLessThan(1e-4)
  })

  test('with the class head there is one answer a picture', () => {
    const config = imageConfig('tiny', { classes: 5, head: 'class', height: 16 })
    const { logits, layers } = forwardImages(
      config,
      tensors(config),
      someValues([2, 24, 16]) as tf.Tensor3D,
      Int32Array.of(24, 13),
      mode,
    )
    expect(logits.shape).toEqual([2, 5])
    expect(layers['features']!.shape).toEqual([2, 12])
  })

  test('pictures of another height or of no width are refused', () => {
    const config = imageConfig('tiny', { classes: 5, head: 'ctc', height: 16 })
    expect(() =>
      forwardImages(config, tensors(config), someValues([1, 16, 12]) as tf.Tensor3D, Int32Array.of(16), mode),
    ).toThrow(/12 pixels high/)
    expect(() => outputColumns(config, Int32Array.of(16, 1))).toThrow(/picture 1 is 1 pixels wide/)
  })
})
