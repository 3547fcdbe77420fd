import { existsSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs'
import { expect, it, describe } from 'vitest'
import { BACKENDS, chooseBackend, useBackend, type BackendName } from '../../../src/main/compute/backend.ts'
import { createEngine } from '../../../src/main/compute/engine/engine.ts'
import type { Engine } from '../../../src/main/compute/engine/types.ts'
import { namedConfig } from '../../../src/main/ml/models/index.ts'
import '../../../src/main/ml/programs/index.ts'
import { noiseBatch } from './batches.ts'

// Debian's Mesa is too old for Dawn; its Chromium brings a software Vulkan driver that is not.
const DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json'
if (process.env['VK_ICD_FILENAMES'] === undefined && existsSync(DRIVER)) process.env['VK_ICD_FILENAMES'] = DRIVER

const program = {
  name: 'recogniser',
  config: { model: { ...namedConfig('small', { channels: 4, classes: 6 }), filters: 6, hidden: 5, dense: 8 } },
}
const batch = noiseBatch([16, 20, 12], { channels: 4, classes: 6 })

async function curve(backend: BackendName, steps: number): Promise<number[]> {
  const engine: Engine = await createEngine({ program, backend, threads: 2 })
  try {
    const losses: number[] = []
    for (let step = 0; step < steps; step++) losses.push((await engine.step(batch, { learningRate: 1e-2 })).loss)
    return losses
  } finally {
    await engine.dispose()
  }
}

async function unavailable(backend: BackendName): Promise<string | undefined> {
  try {
    await useBackend(backend)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

describe('fifty steps of training', () => {
  const STEPS = 50
  let reference: number[]

  it('lower the loss with the kernels', async () => {
    reference = await curve('kernels', STEPS)
    expect(reference[STEPS - 1]).toBeLessThan(reference[0]! * 0.7)
  })

  it.each(['cpu', 'wasm'] as const)(
    'go the same way within one per cent with stock operations on %s',
    async (backend) => {
      const other = await curve(backend, STEPS)
      other.forEach((loss, step) =>
        expect(Math.abs(loss - reference[step]!) / reference[step]!, `step ${step}`).toBeLessThan(0.01),
      )
    },
  )
})

it('a GPU that is lost in the middle of a run ends the run with that reason', async ({ skip }) => {
  const reason = await unavailable('webgpu')
  if (reason) skip(`skipped: ${reason}`)
  const engine = await createEngine({ program, backend: 'webgpu' })
  const step = engine.step(batch, { learningRate: 1e-3 })
  const { device } = tf.backend() as unknown as { device: { destroy(): void } }
  device.destroy()
  await expect(step).rejects.toMatchObject({
    code: 'backend-unavailable',
    message: expect.stringContaining('the GPU was lost') as string,
  })
  await expect(engine.predict(batch)).rejects.toMatchObject({ code: 'backend-unavailable' })
  await expect(engine.snapshot()).rejects.toMatchObject({ code: 'backend-unavailable' })
})

describe('the choice of a backend', () => {
  it('takes the kernels by itself, and says why and what else there is', async () => {
    const choice = await chooseBackend('auto')
    expect(choice.name).toBe('kernels')
    expect(choice.reason).toMatch(/own WASM kernels/)
    expect(choice.rejected.map(({ name }) => name)).toEqual(BACKENDS.filter((name) => name !== 'kernels'))
  })

  it('grants a wish', async () => {
    expect(await chooseBackend('cpu')).toMatchObject({
      name: 'cpu',
      reason: expect.stringContaining('asked for') as string,
    })
  })

  it('refuses what is not there with the reason and the way out', async ({ skip }) => {
    if (!(await unavailable('tensorflow'))) skip('skipped: TensorFlow is installed here')
    await expect(chooseBackend('tensorflow')).rejects.toMatchObject({
      code: 'backend-unavailable',
      message: expect.stringContaining('tfjs-node-gpu is not installed') as string,
      hint: expect.stringContaining('auto') as string,
    })
  })
})
