import * as tf from '@tensorflow/tfjs'
import { describe, expect, it } from 'vitest'
import { useBackend } from '../../src/main/ml/backend.ts'
import { createEngine, type BackendName } from '../../src/main/ml/engine/index.ts'
import { namedConfig, type ModelConfig } from '../../src/main/ml/models/index.ts'
import '../../src/main/ml/programs/index.ts'
import { noiseBatch } from '../ml-engine/batches.ts'
import { missingAdapter } from './compare.ts'

const missing = await missingAdapter()

// Small, but with no product of so few values that TensorFlow.js sums up each with a whole workgroup: that takes a software device a second.
const shape = { channels: 12, classes: 12 }
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
  ])('goes the way of the CPU kernels within one per cent for $steps steps of $network, and holds on to nothing', async ({ steps, model }) => {
    const reference = await train('kernels', model, steps)
    await useBackend('webgpu')
    const course = await train('webgpu', model, steps)
    expect(reference.losses[steps - 1]).toBeLessThan(reference.losses[0]! * 0.9)
    course.losses.forEach((loss, step) => expect(Math.abs(loss - reference.losses[step]!) / reference.losses[step]!, `step ${step}`).toBeLessThan(0.01))
    expect(course.held[0]!.onDevice).toBeGreaterThan(0)
    expect(course.held[1]).toEqual(course.held[0])
  }, 180_000)
})
