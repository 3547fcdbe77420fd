import * as tf from '@tensorflow/tfjs'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { enableKernels } from '../../../src/main/compute/kernels/run.ts'
import { ctcFits, ctcFrames, ctcLoss } from '../../../src/main/compute/ops/index.ts'
import { withKernels } from './compare.ts'

beforeAll(withKernels)
afterEach(() => enableKernels(true))

/**
 * The logits for which PyTorch 1.13 computed the numbers below (`ctc_loss` on `log_softmax`, float64, without oneDNN).
 */
function logits(
  batch: number,
  time: number,
  classes: number,
  minusInfinity: [number, number, number][] = [],
): tf.Tensor3D {
  const values: number[] = []
  for (let b = 0; b < batch; b++) {
    for (let t = 0; t < time; t++)
      for (let c = 0; c < classes; c++) values.push(((b * 7 + t * 5 + c * 3) % 11) / 4 - 1.25 + 0.1 * ((b + t * c) % 3))
  }
  for (const [b, t, c] of minusInfinity) values[(b * time + t) * classes + c] = -Infinity
  return tf.tensor3d(values, [batch, time, classes])
}

function lossAndGradient(
  x: tf.Tensor3D,
  labels: number[][],
  lengths: number[],
): { losses: number[]; gradient: number[][][] } {
  let losses: number[] = []
  const gradient = tf.grad((input) => {
    const loss = ctcLoss(input as tf.Tensor3D, labels, Int32Array.from(lengths))
    losses = [...loss.dataSync()]
    return tf.sum(tf.where(tf.isFinite(loss), loss, tf.zerosLike(loss)))
  })(x)
  return { losses, gradient: gradient.arraySync() as number[][][] }
}

function expectClose(actual: number[][], expected: number[][]): void {
  expected.forEach((row, t) => row.forEach((value, c) => expect(actual[t]![c]).toBeCloseTo(value, 4)))
}

describe.each([
  ['the fused kernel', true],
  ['stock operations', false],
])('CTC by %s', (_, kernels) => {
  it('gives the losses and gradients that PyTorch computed, also for repeated letters and empty labels', () => {
    enableKernels(kernels)
    const { losses, gradient } = lossAndGradient(logits(4, 6, 4), [[1, 2, 3], [1, 1, 2], [], [2]], [6, 6, 5, 3])
    const expected = [5.2448057, 6.1002308, 8.9375203, 1.3964806]
    losses.forEach((loss, row) => expect(loss).toBeCloseTo(expected[row]!, 4))
    expectClose(gradient[0]!, [
      [-0.1962719, -0.6213025, 0.2622953, 0.5552792],
      [0.02463007, -0.2035817, 0.03777043, 0.1411812],
    ])
    expectClose(gradient[1]!, [
      [0.09292858, -0.3156287, 0.07144695, 0.1512532],
      [-0.5047649, -0.297419, 0.2402002, 0.5619837],
    ])
    expectClose(gradient[2]!, [
      [-0.8781264, 0.2580065, 0.5461998, 0.0739201],
      [-0.4940741, 0.05605819, 0.1311564, 0.3068596],
    ])
    expectClose(gradient[3]!, [
      [-0.2688826, 0.06672118, -0.09686218, 0.2990236],
      [0.04507956, 0.2483669, -0.3578331, 0.06438669],
    ])
    for (const frame of gradient[3]!.slice(3)) for (const value of frame) expect(Math.abs(value)).toBe(0)
  })

  it('takes log-probabilities of minus infinity', () => {
    enableKernels(kernels)
    const { losses, gradient } = lossAndGradient(
      logits(2, 6, 4, [
        [0, 2, 1],
        [1, 0, 3],
        [1, 1, 3],
      ]),
      [
        [1, 2],
        [3, 3],
      ],
      [6, 6],
    )
    expect(losses[0]).toBeCloseTo(4.4451987, 4)
    expect(losses[1]).toBeCloseTo(7.2383222, 4)
    expectClose(gradient[0]!, [
      [-0.2354889, -0.5820856, 0.2622953, 0.5552792],
      [-0.03952102, -0.1670083, 0.06534813, 0.1411812],
    ])
    expect(gradient.flat(2).every(Number.isFinite)).toBe(true)
  })

  it('gives an infinite loss and no gradient to labels that are longer than the input', () => {
    enableKernels(kernels)
    const { losses, gradient } = lossAndGradient(logits(3, 4, 4), [[1, 1, 2, 2], [1, 2, 3], [1]], [4, 2, 4])
    expect(losses.slice(0, 2)).toEqual([Infinity, Infinity])
    expect(losses[2]).toBeLessThan(10)
    expect(
      gradient
        .slice(0, 2)
        .flat(2)
        .every((value) => value === 0),
    ).toBe(true)
    expect(gradient[2]!.flat().some((value) => value !== 0)).toBe(true)
  })
})

describe('what CTC can spell', () => {
  it('needs a frame for each letter and one more between equal ones', () => {
    expect([[], [5], [5, 6], [5, 5], [5, 5, 5, 6]].map(ctcFrames)).toEqual([0, 1, 2, 3, 6])
    expect(ctcFits([5, 5], 2)).toBe(false)
    expect(ctcFits([5, 5], 3)).toBe(true)
    expect(ctcFits([], 0)).toBe(false)
  })

  it('refuses labels with classes that do not exist, and rows without frames', () => {
    const x = logits(1, 4, 4)
    expect(() => ctcLoss(x, [[4]], Int32Array.of(4))).toThrow(/row 0 holds class 4/)
    expect(() => ctcLoss(x, [[0]], Int32Array.of(4))).toThrow(/class 0.*without the blank/)
    expect(() => ctcLoss(x, [[1]], Int32Array.of(0))).toThrow(/row 0 has no frame/)
    expect(() => ctcLoss(x, [[1], [2]], Int32Array.of(4))).toThrow(/2 labels.*1 rows/)
  })

  it('divides by the length of the label where asked to', () => {
    const x = logits(2, 6, 4)
    const lengths = Int32Array.of(6, 6)
    const plain = ctcLoss(x, [[1, 2, 3], []], lengths).dataSync()
    const each = ctcLoss(x, [[1, 2, 3], []], lengths, { normalise: true }).dataSync()
    expect(each[0]).toBeCloseTo(plain[0]! / 3, 5)
    expect(each[1]).toBeCloseTo(plain[1]!, 5)
  })
})
