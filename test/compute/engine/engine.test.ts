import { afterEach, describe, expect, it } from 'vitest'
import { createEngine } from '../../../src/main/compute/engine/engine.ts'
import type { Engine, EngineOptions } from '../../../src/main/compute/engine/types.ts'
import { namedConfig, type ModelConfig } from '../../../src/main/ml/models/index.ts'
import '../../../src/main/ml/programs/index.ts'
import { noiseBatch } from './batches.ts'

const model = namedConfig('small', { channels: 13, classes: 10 })
const batch = noiseBatch([40, 64, 33, 64, 20, 51, 48])

const open: Engine[] = []
afterEach(async () => {
  for (const engine of open.splice(0)) await engine.dispose()
})

async function engineWith(options: Partial<EngineOptions>, config: ModelConfig = model): Promise<Engine> {
  const engine = await createEngine({ program: { name: 'recogniser', config: { model: config } }, ...options })
  open.push(engine)
  return engine
}

async function losses(engine: Engine, steps: number): Promise<number[]> {
  const curve: number[] = []
  for (let step = 0; step < steps; step++) curve.push((await engine.step(batch, { learningRate: 3e-3 })).loss)
  return curve
}

describe('the threads of an engine', () => {
  it.each([
    ['with batch norm', model],
    [
      'with instance norm',
      { ...namedConfig('rewi-s', { channels: 13, classes: 10 }), widths: [8, 12], hidden: 8 } as ModelConfig,
    ],
  ])('give the same losses, weights, state and logits whether there are one, two or three (%s)', async (_, config) => {
    const engines = [
      await engineWith({ backend: 'kernels', threads: 1 }, config),
      await engineWith({ backend: 'kernels', threads: 2 }, config),
      await engineWith({ backend: 'kernels', threads: 3 }, config),
    ]
    const [reference, ...others] = await Promise.all(
      engines.map(async (engine) => ({
        curve: await losses(engine, 5),
        snapshot: await engine.snapshot(),
        read: await engine.predict(batch),
      })),
    )
    for (const { curve, snapshot, read } of others) {
      curve.forEach((loss, step) => expect(loss).toBeCloseTo(reference!.curve[step]!, 4))
      for (const [name, { values }] of Object.entries(snapshot.state))
        values.forEach((value, i) => expect(value).toBeCloseTo(reference!.snapshot.state[name]!.values[i]!, 4))
      expect(read.lengths).toEqual(reference!.read.lengths)
      expect(read.outputs['logits']!.shape).toEqual(reference!.read.outputs['logits']!.shape)
      read.outputs['logits']!.values.forEach((value, i) =>
        expect(value).toBeCloseTo(reference!.read.outputs['logits']!.values[i]!, 2),
      )
    }
  })

  it('give the same weights to the bit when a training is run again', async () => {
    const [a, b] = [
      await engineWith({ backend: 'kernels', threads: 2 }),
      await engineWith({ backend: 'kernels', threads: 2 }),
    ]
    await losses(a, 4)
    await losses(b, 4)
    expect((await a.snapshot()).weights).toEqual((await b.snapshot()).weights)
  })
})

describe('an engine', () => {
  it('goes on from a snapshot as if it had never stopped', async () => {
    const engine = await engineWith({ backend: 'kernels', threads: 2 })
    await losses(engine, 3)
    const snapshot = await engine.snapshot()
    const straight = await losses(engine, 3)
    const other = await engineWith({ backend: 'kernels', threads: 2 })
    await other.restore(snapshot)
    expect(await losses(other, 3)).toEqual(straight)
  })

  it('leaves frozen weights as they are and learns with the others', async () => {
    const engine = await engineWith({ backend: 'kernels', threads: 2 })
    const before = (await engine.snapshot()).weights
    await engine.step(batch, { learningRate: 1e-2, frozen: ['conv'] })
    const after = (await engine.snapshot()).weights
    for (const name of Object.keys(before)) {
      if (name.startsWith('conv')) expect(after[name], name).toEqual(before[name])
      else expect(after[name], name).not.toEqual(before[name])
    }
  })

  it('hands out named layers, and says which one it does not have', async () => {
    const engine = await engineWith({ backend: 'kernels', threads: 2 })
    const { outputs } = await engine.predict(batch, { layers: ['lstm'] })
    expect(Object.keys(outputs).sort()).toEqual(['logits', 'lstm'])
    expect(outputs['lstm']!.shape).toEqual([7, 16, 32])
    await expect(engine.predict(batch, { layers: ['elbow'] })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('elbow') as string,
    })
    expect((await engine.evaluate(batch)).loss).toBeGreaterThan(0)
  })
})
