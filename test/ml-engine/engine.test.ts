import { afterEach, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/main/ml/engine/engine.ts'
import type { Engine, EngineOptions } from '../../src/main/ml/engine/types.ts'
import { namedConfig } from '../../src/main/ml/models/index.ts'
import '../../src/main/ml/programs/index.ts'
import { noiseBatch } from './batches.ts'

const program = { name: 'recogniser', config: { model: namedConfig('small', { channels: 13, classes: 10 }) } }
const batch = noiseBatch([40, 64, 33, 64, 20, 51, 48, 37])

const open: Engine[] = []
afterEach(async () => {
  for (const engine of open.splice(0)) await engine.dispose()
})

async function engineWith(options: Partial<EngineOptions>): Promise<Engine> {
  const engine = await createEngine({ program, ...options })
  open.push(engine)
  return engine
}

async function losses(engine: Engine, steps: number): Promise<number[]> {
  const curve: number[] = []
  for (let step = 0; step < steps; step++) curve.push((await engine.step(batch, { learningRate: 1e-3 })).loss)
  return curve
}

describe('the engine', () => {
  it('gives the same losses and logits on one thread and on three', async () => {
    const one = await engineWith({ backend: 'kernels', threads: 1 })
    const three = await engineWith({ backend: 'kernels', threads: 3 })
    const [a, b] = [await losses(one, 10), await losses(three, 10)]
    for (const [step, loss] of a.entries()) expect(Math.abs(loss - b[step]!) / loss).toBeLessThan(1e-4)
    const [p, q] = [await one.predict(batch), await three.predict(batch)]
    expect([...q.lengths!]).toEqual([...p.lengths!])
    expect(q.outputs['logits']!.shape).toEqual(p.outputs['logits']!.shape)
    p.outputs['logits']!.values.forEach((value, i) => expect(q.outputs['logits']!.values[i]).toBeCloseTo(value, 3))
  }, 60_000)
})
