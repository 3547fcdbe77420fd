import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../../src/main/compute/backend.ts'
import { gradientNorm, moveWeights } from '../../../src/main/compute/kernels/webgpu/adamw.ts'
import { adamw, adamwFactors } from '../../../src/main/compute/ops/index.ts'
import { expectNoFault, missingAdapter, noise } from './compare.ts'

const missing = await missingAdapter()
const norm = (values: Float32Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))

async function normOnDevice(values: Float32Array, rows = 1): Promise<number> {
  const gradients = tf.tensor1d(values)
  const result = gradientNorm(gradients, rows)
  const value = (await result.data())[0]!
  tf.dispose([gradients, result])
  return value
}

describe.skipIf(missing)(`AdamW on WebGPU${missing ? ` (${missing})` : ''}`, () => {
  beforeAll(() => useBackend('webgpu'))

  it('moves all weights of a block at once as the plain version does, step after step, with clipping and frozen parts', async () => {
    const settings = fc.record({
      size: fc.integer({ min: 1, max: 700 }),
      weightDecay: fc.constantFrom(0, 0.05),
      clipNorm: fc.constantFrom(undefined, 0.5, 1e6),
      frozen: fc.boolean(),
      seed: fc.nat(999),
    })
    await fc.assert(
      fc.asyncProperty(settings, async ({ size, weightDecay, clipNorm, frozen, seed }) => {
        const rows = 3
        const trained = frozen
          ? { from: Math.floor(size / 3), count: size - Math.floor(size / 3) }
          : { from: 0, count: size }
        const weights = noise([size], seed).values
        const [first, second] = [new Float32Array(size), new Float32Array(size)]
        const block = tf.tensor2d([...weights, ...first, ...second], [3, size])
        const part = (array: Float32Array) => array.subarray(trained.from, trained.from + trained.count)
        for (let step = 1; step <= 3; step++) {
          const options = { learningRate: 0.1, weightDecay, step }
          const sums = noise([trained.count], seed + step, 5).values
          const length = norm(sums) / rows
          const scale = (clipNorm !== undefined && length > clipNorm ? clipNorm / length : 1) / rows
          adamw(
            part(weights),
            sums.map((value) => value * scale),
            part(first),
            part(second),
            options,
          )
          const gradients = tf.tensor1d(sums)
          const found = gradientNorm(gradients, rows)
          moveWeights(block, [{ ...trained, gradients: 0 }], {
            gradients,
            rows,
            norm: found,
            loss: tf.scalar(1),
            clipNorm,
            factors: adamwFactors(options, step),
          })
          tf.dispose([gradients, found])
        }
        const moved = await tf.add(block, 0).data()
        for (const [i, value] of [...weights, ...first, ...second].entries())
          expect(Math.abs(moved[i]! - value)).toBeLessThan(1e-4 * Math.max(1, Math.abs(value)))
        block.dispose()
      }),
      { numRuns: 8 },
    )
    expectNoFault()
  })

  it('finds the norm of short and of long gradients, of tiny values and of huge ones', async () => {
    for (const size of [1, 255, 2049, 600_000]) {
      const values = noise([size], size).values
      expect(Math.abs((await normOnDevice(values, 4)) / (norm(values) / 4) - 1)).toBeLessThan(1e-5)
    }
    expect(await normOnDevice(new Float32Array(9))).toBe(0)
    expect((await normOnDevice(Float32Array.of(3e-30, 4e-30))) / 5e-30).toBeCloseTo(1, 5)
    expect((await normOnDevice(Float32Array.of(-3e30, 4e30), 2)) / 2.5e30).toBeCloseTo(1, 5)
    expectNoFault()
  })

  it.each([NaN, Infinity, -Infinity])('moves nothing where the gradient holds %s or the loss is it', async (bad) => {
    expect(await normOnDevice(Float32Array.of(1, bad, 2))).toBeNaN()
    const start = [1, 2, 3, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25]
    for (const [gradient, loss] of [
      [bad, 1],
      [1, bad],
    ] as const) {
      const block = tf.tensor2d(start, [3, 3])
      const gradients = tf.tensor1d([1, gradient, 1])
      const found = gradientNorm(gradients, 1)
      moveWeights(block, [{ from: 0, count: 3, gradients: 0 }], {
        gradients,
        rows: 1,
        norm: found,
        loss: tf.scalar(loss),
        factors: adamwFactors({ learningRate: 0.1 }, 1),
      })
      expect([...(await tf.add(block, 0).data())]).toEqual(start)
    }
    expectNoFault()
  })
})
