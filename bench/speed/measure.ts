import { createEngine } from '../../src/main/compute/engine/engine.ts'
import type { Batch, Engine, EngineOptions } from '../../src/main/compute/engine/types.ts'
import type { ModelConfig } from '../../src/main/ml/models/index.ts'
import '../../src/main/ml/programs/index.ts'

const LEARNING_RATE = 1e-3

export async function withEngine<T>(
  model: ModelConfig,
  options: Pick<EngineOptions, 'backend' | 'threads'>,
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await createEngine({ program: { name: 'recogniser', config: { model } }, ...options })
  try {
    return await use(engine)
  } finally {
    await engine.dispose()
  }
}

/** Median milliseconds of `count` training steps, after one to warm up. */
export function stepMillis(engine: Engine, batch: Batch, count: number): Promise<number> {
  return medianMillis(count, () => engine.step(batch, { learningRate: LEARNING_RATE }))
}

/** Median milliseconds of `count` readings, after one to warm up. */
export function predictMillis(engine: Engine, batch: Batch, count: number): Promise<number> {
  return medianMillis(count, () => engine.predict(batch))
}

/** Milliseconds of one training step, without any before it: for what is too slow to repeat. */
export async function onceMillis(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function medianMillis(count: number, work: () => Promise<unknown>): Promise<number> {
  await work()
  const times: number[] = []
  for (let i = 0; i < count; i++) times.push(await onceMillis(work))
  return times.sort((a, b) => a - b)[Math.floor(count / 2)]!
}

export function round(value: number, digits = 1): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
