import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { useBackend } from '../../../src/main/compute/backend.ts'
import { hasKernel } from '../../../src/main/compute/kernels/run.ts'
import { DISTANCES, sequenceDistance, type Distance } from '../../../src/main/compute/ops/distance.ts'
import {
  differentiate,
  expectAgreement,
  expectSlopes,
  missingAdapter,
  noise,
  rows,
  type Tensors,
  type Values,
} from './compare.ts'

const missing = await missingAdapter()

/** The distances of `u` and `x` as a function of named tensors. */
const distances =
  (kind: Distance, lengths: Int32Array) =>
  ({ u, x }: Tensors) =>
    sequenceDistance(kind, u as tf.Tensor3D, x as tf.Tensor3D, lengths)

/** An input put together from rows of numbers. */
const filled = (shape: [number, number, number], parts: number[][]): Values[string] => ({
  shape,
  values: Float32Array.from(parts.flat()),
})

describe.skipIf(missing).each(DISTANCES)(`the %s distance on WebGPU${missing ? ` (${missing})` : ''}`, (kind) => {
  it('agrees with stock operations, in values and in both gradients, also with more channels than a workgroup has threads', async () => {
    expect(hasKernel('SequenceDistance') && hasKernel('SequenceDistanceGrad')).toBe(true)
    // Vectors of fewer than three values have no angle that could change.
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(3, 8, 35, 64, 131), async ({ lengths, time }, size) => {
        const shape = [lengths.length, time, size]
        await expectAgreement({ u: noise(shape, size), x: noise(shape, size + 1) }, distances(kind, lengths))
      }),
      { numRuns: 8 },
    )
  })

  it('agrees with them far from zero, and where vectors are zero or constant', async () => {
    const shift = ({ shape, values }: Values[string], by: number) => ({
      shape,
      values: values.map((value) => value + by),
    })
    await expectAgreement(
      { u: shift(noise([2, 6, 13], 1), 5), x: shift(noise([2, 6, 13], 2, 3), -7) },
      distances(kind, Int32Array.of(4, 6)),
    )
    const [one, other] = [1, 2].map((seed) => [...noise([7], seed).values])
    const constant = (value: number) => new Array<number>(7).fill(value)
    await expectAgreement(
      { u: filled([3, 1, 7], [constant(0), constant(0.25), one!]), x: filled([3, 1, 7], [one!, other!, constant(-2)]) },
      distances(kind, Int32Array.of(1, 1, 1)),
    )
  })

  it('has gradients that follow central differences', async () => {
    const shape = [2, 3, 9]
    await expectSlopes({ u: noise(shape, 21), x: noise(shape, 22) }, distances(kind, Int32Array.of(3, 2)))
  })

  it("does not look behind a row's length, and calls an empty row's distance zero", async () => {
    await useBackend('webgpu')
    const inputs = (behind: number): Values => {
      const part = (seed: number): number[][] => [
        [...noise([2, 5], seed).values],
        new Array<number>(10).fill(behind),
        new Array<number>(20).fill(behind),
      ]
      return { u: filled([2, 4, 5], part(1)), x: filled([2, 4, 5], part(2)) }
    }
    const spoilt = await differentiate(inputs(NaN), distances(kind, Int32Array.of(2, 0)))
    expect(spoilt).toEqual(await differentiate(inputs(0), distances(kind, Int32Array.of(2, 0))))
    expect(spoilt['value']![1]).toBe(0)
    expect(spoilt['u']!.subarray(10).every((gradient) => gradient === 0)).toBe(true)
  })

  it('leaves no tensor behind', async () => {
    await useBackend('webgpu')
    const inputs = { u: noise([2, 3, 8], 1), x: noise([2, 3, 8], 2) }
    await differentiate(inputs, distances(kind, Int32Array.of(3, 1)))
    const { numTensors } = tf.memory()
    await differentiate(inputs, distances(kind, Int32Array.of(3, 1)))
    expect(tf.memory().numTensors).toBe(numTensors)
  })
})
