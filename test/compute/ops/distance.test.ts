import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend, type BackendName } from '../../../src/main/compute/backend.ts'
import { hasKernel } from '../../../src/main/compute/kernels/run.ts'
import { DISTANCES, sequenceDistance, type Distance } from '../../../src/main/compute/ops/distance.ts'
import { differentiate, kernelErrors, normal, numericalErrors } from './compare.ts'

const LIMIT = 1e-4

type Pair = Record<string, tf.Tensor>

/** The distances of `u` and `x` as a function of named tensors. */
const distances =
  (kind: Distance, lengths: Int32Array) =>
  ({ u, x }: Pair) =>
    sequenceDistance(kind, u as tf.Tensor3D, x as tf.Tensor3D, lengths)

function below(errors: Record<string, number>): void {
  for (const [name, error] of Object.entries(errors)) expect(error, name).toBeLessThan(LIMIT)
}

/**
 * Rows of any length from none on; vectors of at least three values, since shorter ones have no angle that could
 * change.
 */
const batches = fc
  .record({
    batch: fc.integer({ min: 1, max: 9 }),
    time: fc.integer({ min: 1, max: 17 }),
    size: fc.integer({ min: 3, max: 35 }),
    seed: fc.nat(1e6),
  })
  .chain((shape) =>
    fc
      .array(fc.nat(shape.time), { minLength: shape.batch, maxLength: shape.batch })
      .map((lengths) => ({ ...shape, lengths: Int32Array.from(lengths) })),
  )

describe.each(DISTANCES)('the fused %s distance', (kind) => {
  beforeAll(() => useBackend('kernels'))

  it('agrees with stock operations, in values and in both gradients', () => {
    expect(hasKernel('SequenceDistance') && hasKernel('SequenceDistanceGrad')).toBe(true)
    fc.assert(
      fc.property(batches, ({ batch, time, size, seed, lengths }) => {
        tf.tidy(() =>
          below(
            kernelErrors(
              { u: normal([batch, time, size], seed), x: normal([batch, time, size], seed + 1) },
              distances(kind, lengths),
            ),
          ),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('agrees with them far from zero, too', () => {
    const lengths = Int32Array.of(4, 6)
    tf.tidy(() =>
      below(
        kernelErrors(
          { u: tf.add(normal([2, 6, 13], 1), 5), x: tf.sub(normal([2, 6, 13], 2, 3), 7) },
          distances(kind, lengths),
        ),
      ),
    )
  })

  it('agrees with them where vectors are zero or constant', () => {
    const u = tf.concat([tf.zeros([1, 2, 7]), tf.fill([1, 2, 7], 0.25), normal([1, 2, 7], 1)])
    const x = tf.concat([normal([1, 2, 7], 2), normal([1, 2, 7], 3), tf.fill([1, 2, 7], -2)])
    below(kernelErrors({ u, x }, distances(kind, Int32Array.of(2, 1, 2))))
  })

  it("does not look behind a row's length", () => {
    const lengths = Int32Array.of(2, 0)
    const inputs = (behind: number): Pair => ({
      u: tf.concat([normal([2, 2, 5], 1), tf.fill([2, 3, 5], behind)], 1),
      x: tf.concat([normal([2, 2, 5], 2), tf.fill([2, 3, 5], -behind)], 1),
    })
    const spoilt = differentiate(inputs(NaN), distances(kind, lengths))
    expect(spoilt).toEqual(differentiate(inputs(0), distances(kind, lengths)))
    expect(spoilt.value[1]).toBe(0)
    expect([...spoilt.gradients['u']!.subarray(10)].every((gradient) => gradient === 0)).toBe(true)
  })

  it('leaves no tensor behind', () => {
    const pair = { u: normal([3, 4, 8], 1), x: normal([3, 4, 8], 2) }
    differentiate(pair, distances(kind, Int32Array.of(4, 0, 2)))
    const { numTensors } = tf.memory()
    differentiate(pair, distances(kind, Int32Array.of(4, 0, 2)))
    expect(tf.memory().numTensors).toBe(numTensors)
  })
})

describe.each<[string, BackendName]>([
  ['stock operations', 'cpu'],
  ['the fused kernels', 'kernels'],
])('by %s', (_, backend) => {
  beforeAll(() => useBackend(backend))

  it.each(DISTANCES)('the gradients of the %s distance follow central differences', (kind) => {
    const shape = [2, 4, 9]
    below(
      numericalErrors({ u: normal(shape, 21), x: normal(shape, 22) }, distances(kind, Int32Array.of(4, 3)), 12, 0.03),
    )
  })

  it.each(DISTANCES)(
    'the %s distance of zero and of constant vectors is a number, and so are its gradients',
    (kind) => {
      const vectors = [0, 0.1, -3].flatMap((constant) => [tf.fill([1, 1, 7], constant), tf.fill([1, 1, 7], constant)])
      const others = [0, 0.1, 5].flatMap((constant) => [tf.fill([1, 1, 7], constant), normal([1, 1, 7], 3)])
      const { value, gradients } = differentiate(
        { u: tf.concat(vectors), x: tf.concat(others) },
        distances(kind, new Int32Array(6).fill(1)),
      )
      for (const number of [...value, ...gradients['u']!, ...gradients['x']!])
        expect(Number.isFinite(number)).toBe(true)
      if (kind === 'pearson') for (const distance of value) expect(distance).toBeCloseTo(1, 4)
      if (kind === 'cosine') for (const distance of value.subarray(0, 2)) expect(distance).toBe(1)
    },
  )

  it('the distance of a row without frames is zero', () => {
    for (const kind of DISTANCES)
      expect([...sequenceDistance(kind, tf.ones([1, 2, 3]), tf.zeros([1, 2, 3]), Int32Array.of(0)).dataSync()]).toEqual(
        [0],
      )
  })

  it('sequences of different shapes are refused', () => {
    expect(() => sequenceDistance('mse', tf.ones([1, 2, 3]), tf.ones([1, 2, 4]), Int32Array.of(2))).toThrow(
      '[1, 2, 3] and [1, 2, 4] cannot be compared',
    )
  })
})
