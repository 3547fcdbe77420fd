import * as tf from '@tensorflow/tfjs'
import { afterEach, describe, expect, it } from 'vitest'
import { useBackend } from '../../../src/main/compute/backend.ts'
import { createEngine, type Engine } from '../../../src/main/compute/engine/index.ts'
import { namedConfig } from '../../../src/main/ml/models/index.ts'
import '../../../src/main/ml/programs/index.ts'
import { noiseBatch } from '../engine/batches.ts'
import { missingAdapter } from './compare.ts'

const missing = await missingAdapter()

interface Device {
  createBuffer(descriptor: { size: number; usage: number }): unknown
  createShaderModule(descriptor: { code: string }): unknown
}

describe.skipIf(missing)(`a GPU that fails silently${missing ? ` (${missing})` : ''}`, () => {
  const batch = noiseBatch([16, 20], { channels: 12, classes: 12 })
  let engine: Engine
  afterEach(() => engine.dispose())

  async function stepWhile(fault: (device: Device) => unknown): Promise<unknown> {
    await useBackend('webgpu')
    engine = await createEngine({
      program: { name: 'recogniser', config: { model: namedConfig('small', { channels: 12, classes: 12 }) } },
      backend: 'webgpu',
    })
    const step = engine.step(batch, { learningRate: 1e-3 })
    fault((tf.backend() as unknown as { device: Device }).device)
    return step
  }

  it('ends the run, because what it refuses to compute would come out as zeros', async () => {
    await expect(stepWhile((device) => device.createShaderModule({ code: 'not a program' }))).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringContaining('the GPU refused its work (Error while parsing WGSL') as string,
    })
  })

  it('says so when a batch is too large for it', async () => {
    const storage = 128
    await expect(stepWhile((device) => device.createBuffer({ size: 2 ** 48, usage: storage }))).rejects.toMatchObject({
      code: 'out-of-memory',
      message: expect.stringContaining('does not fit into the memory of the GPU') as string,
      hint: expect.stringContaining('smaller batch') as string,
    })
  })
})
