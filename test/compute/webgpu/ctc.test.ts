import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { useBackend } from '../../../src/main/compute/backend.ts'
import { ctcLabelsFit } from '../../../src/main/compute/kernels/limits.ts'
import { ctcFits, ctcLoss } from '../../../src/main/compute/ops/index.ts'
import { expectAgreement, missingAdapter, noise } from './compare.ts'

const missing = await missingAdapter()

async function lossAndGradient(
  values: number[],
  shape: [number, number, number],
  labels: number[][],
  lengths: number[],
): Promise<{ losses: Float32Array; gradient: Float32Array }> {
  await useBackend('webgpu')
  let losses: tf.Tensor | undefined
  const gradient = tf.grad((x) => {
    losses = tf.keep(ctcLoss(x as tf.Tensor3D, labels, Int32Array.from(lengths)))
    return tf.sum(losses)
  })(tf.tensor3d(values, shape))
  return { losses: (await losses!.data()) as Float32Array, gradient: (await gradient.data()) as Float32Array }
}

describe.skipIf(missing)(`the CTC loss on WebGPU${missing ? ` (${missing})` : ''}`, () => {
  const word = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 })
  const words = fc.array(fc.record({ label: word, frames: fc.integer({ min: 7, max: 12 }) }), {
    minLength: 1,
    maxLength: 4,
  })

  it('agrees with stock operations, with repeated letters and empty labels', async () => {
    await fc.assert(
      fc.asyncProperty(words, fc.integer({ min: 0, max: 999 }), async (drawn, seed) => {
        const lengths = Int32Array.from(drawn, ({ frames }) => frames)
        const labels = drawn.map(({ label }) => label)
        expect(labels.every((label, row) => ctcFits(label, lengths[row]!))).toBe(true)
        await expectAgreement({ logits: noise([drawn.length, 13, 5], seed, 2) }, ({ logits }) =>
          ctcLoss(logits as tf.Tensor3D, labels, lengths),
        )
      }),
      { numRuns: 8 },
    )
  })

  it('is as precise over many frames, and with more states than a workgroup has threads', async () => {
    const label = Array.from({ length: 40 }, (_, k) => 1 + (k % 3))
    await expectAgreement({ logits: noise([2, 150, 4], 7, 4) }, ({ logits }) =>
      ctcLoss(logits as tf.Tensor3D, [label, [2]], Int32Array.of(150, 90)),
    )
  })

  it("gives PyTorch's losses for log-probabilities of minus infinity", async () => {
    const values: number[] = []
    for (let b = 0; b < 2; b++)
      for (let t = 0; t < 6; t++)
        for (let c = 0; c < 4; c++) values.push(((b * 7 + t * 5 + c * 3) % 11) / 4 - 1.25 + 0.1 * ((b + t * c) % 3))
    for (const [b, t, c] of [
      [0, 2, 1],
      [1, 0, 3],
      [1, 1, 3],
    ] as const)
      values[(b * 6 + t) * 4 + c] = -Infinity
    const { losses, gradient } = await lossAndGradient(
      values,
      [2, 6, 4],
      [
        [1, 2],
        [3, 3],
      ],
      [6, 6],
    )
    expect(losses[0]).toBeCloseTo(4.4451987, 4)
    expect(losses[1]).toBeCloseTo(7.2383222, 4)
    expect(gradient.every(Number.isFinite)).toBe(true)
  })

  it('gives an infinite loss and no gradient to a label that does not fit, and no number to logits that are none', async () => {
    const values = Array.from({ length: 3 * 4 * 3 }, (_, i) => Math.sin(i))
    values[2 * 4 * 3 + 5] = NaN
    const { losses, gradient } = await lossAndGradient(values, [3, 4, 3], [[1, 1, 1], [1], [1]], [4, 4, 4])
    expect(losses[0]).toBe(Infinity)
    expect(Number.isFinite(losses[1])).toBe(true)
    expect(losses[2]).toBeNaN()
    expect(gradient.subarray(0, 12).every((value) => value === 0)).toBe(true)
    expect(gradient.subarray(12, 24).some((value) => value !== 0)).toBe(true)
  })

  it('takes labels of up to 511 letters; longer ones fall back to stock operations', async () => {
    await useBackend('webgpu')
    expect([511, 512].map((letters) => ctcLabelsFit([new Array<number>(letters).fill(1)]))).toEqual([true, false])
  })
})
