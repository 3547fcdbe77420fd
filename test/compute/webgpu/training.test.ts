import * as tf from '@tensorflow/tfjs'
import { afterEach, describe, expect, it } from 'vitest'
import { useBackend } from '../../../src/main/compute/backend.ts'
import {
  createEngine,
  type BackendName,
  type Engine,
  type Snapshot,
  type StepOptions,
} from '../../../src/main/compute/engine/index.ts'
import { namedConfig, type ModelConfig } from '../../../src/main/ml/models/index.ts'
import '../../../src/main/ml/programs/index.ts'
import { noiseBatch } from '../engine/batches.ts'
import { expectNoFault, missingAdapter } from './compare.ts'

const missing = await missingAdapter()

// Small, but with no product of so few values that TensorFlow.js sums up each with a whole workgroup: that takes a
// software device a second. Eleven classes leave a gap behind their bias: weights are laid out in multiples of four.
const shape = { channels: 12, classes: 11 }
const ott: ModelConfig = { ...namedConfig('small', shape), filters: 12, hidden: 6, dense: 12 } as ModelConfig
const rewi: ModelConfig = { ...namedConfig('rewi-s', shape), widths: [12, 12], hidden: 6 } as ModelConfig
const batch = noiseBatch([16, 20, 12], shape)

interface Course {
  losses: number[]
  /** Tensors and bytes that were held after the tenth step and after the last. */
  held: { tensors: number; bytes: number; onDevice: number }[]
}

function held(): Course['held'][number] {
  const { numTensors, numBytes, ...others } = tf.memory()
  return { tensors: numTensors, bytes: numBytes, onDevice: (others as { numBytesInGPU?: number }).numBytesInGPU ?? 0 }
}

async function train(backend: BackendName, model: ModelConfig, steps: number): Promise<Course> {
  const engine = await createEngine({ program: { name: 'recogniser', config: { model } }, backend, threads: 1 })
  const course: Course = { losses: [], held: [] }
  try {
    for (let step = 1; step <= steps; step++) {
      course.losses.push((await engine.step(batch, { learningRate: 1e-2 })).loss)
      if (step === 10 || step === steps) course.held.push(held())
    }
    return course
  } finally {
    await engine.dispose()
  }
}

describe.skipIf(missing)(`training on WebGPU${missing ? ` (${missing})` : ''}`, () => {
  it.each([
    { steps: 50, network: 'the first network', model: ott },
    { steps: 16, network: 'REWI', model: rewi },
  ])(
    'goes the way of the CPU kernels within one per cent for $steps steps of $network, and holds on to nothing',
    async ({ steps, model }) => {
      const reference = await train('kernels', model, steps)
      await useBackend('webgpu')
      const course = await train('webgpu', model, steps)
      expect(reference.losses[steps - 1]).toBeLessThan(reference.losses[0]! * 0.9)
      course.losses.forEach((loss, step) =>
        expect(Math.abs(loss - reference.losses[step]!) / reference.losses[step]!, `step ${step}`).toBeLessThan(0.01),
      )
      expect(course.held[0]!.onDevice).toBeGreaterThan(0)
      expect(course.held[1]).toEqual(course.held[0])
    },
  )
})

describe.skipIf(missing)(`weights that stay on WebGPU${missing ? ` (${missing})` : ''}`, () => {
  const open: Engine[] = []
  afterEach(async () => {
    for (const engine of open.splice(0)) await engine.dispose()
  })

  async function start(backend: BackendName): Promise<Engine> {
    const engine = await createEngine({ program: { name: 'recogniser', config: { model: ott } }, backend, threads: 1 })
    open.push(engine)
    return engine
  }

  async function after(
    backend: BackendName,
    options: readonly StepOptions[],
  ): Promise<{ snapshot: Snapshot; norms: number[] }> {
    const engine = await start(backend)
    const norms: number[] = []
    for (const step of options) norms.push((await engine.step(batch, step)).gradientNorm)
    return { snapshot: await engine.snapshot(), norms }
  }

  it('come out of a few steps, with their moments and the running statistics, as the CPU kernels have them', async () => {
    const steps: StepOptions[] = [
      { learningRate: 1e-3, clipNorm: 0.7 },
      { learningRate: 1e-3, weightDecay: 0.1, frozen: ['conv'] },
      { learningRate: 2e-3, clipNorm: 1e3 },
    ]
    const expected = await after('kernels', steps)
    const found = await after('webgpu', steps)
    found.norms.forEach((value, step) => expect(Math.abs(value / expected.norms[step]! - 1)).toBeLessThan(1e-3))
    expect(found.snapshot.optimiser.step).toBe(3)
    for (const [of, reference, limit] of [
      [found.snapshot.weights, expected.snapshot.weights, 4e-4],
      [found.snapshot.state, expected.snapshot.state, 1e-4],
      [found.snapshot.optimiser.first, expected.snapshot.optimiser.first, 1e-4],
      [found.snapshot.optimiser.second, expected.snapshot.optimiser.second, 1e-4],
    ] as const) {
      for (const [name, { values, shape }] of Object.entries(reference)) {
        expect(of[name]!.shape).toEqual(shape)
        values.forEach((value, i) =>
          expect(Math.abs(of[name]!.values[i]! - value), `${name} at ${i}`).toBeLessThan(limit),
        )
      }
    }
    expectNoFault()
  })

  it('are read back to the bit, and training goes on from them as if it had never stopped', async () => {
    const engine = await start('webgpu')
    for (let step = 0; step < 2; step++) await engine.step(batch, { learningRate: 1e-3 })
    const snapshot = await engine.snapshot()
    expect(await engine.snapshot()).toEqual(snapshot)
    const straight = (await engine.step(batch, { learningRate: 1e-3 })).loss
    expect(await engine.snapshot()).not.toEqual(snapshot)
    const other = await start('webgpu')
    await other.restore(snapshot)
    expect(await other.snapshot()).toEqual(snapshot)
    expect((await other.step(batch, { learningRate: 1e-3 })).loss).toBe(straight)
    expectNoFault()
  })

  it('stay as they are where a step fails or parts of them are frozen', async () => {
    const engine = await start('webgpu')
    await engine.step(batch, { learningRate: 1e-3 })
    const before = await engine.snapshot()
    const wild = { ...batch, x: batch.x.map((value) => value * 3e38) }
    await expect(engine.step(wild, { learningRate: 1e-3 })).rejects.toMatchObject({
      code: 'training-failed',
      message: expect.stringMatching(/not a finite number|became/) as string,
    })
    expect(await engine.snapshot()).toEqual(before)
    await engine.step(batch, { learningRate: 1e-2, frozen: ['conv'] })
    const { weights } = await engine.snapshot()
    for (const name of Object.keys(before.weights)) {
      if (name.startsWith('conv')) expect(weights[name], name).toEqual(before.weights[name])
      else expect(weights[name], name).not.toEqual(before.weights[name])
    }
    expectNoFault()
  })
})
