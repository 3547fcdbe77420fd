import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../../src/main/compute/engine/engine.ts'
import type { Batch, Engine } from '../../../src/main/compute/engine/types.ts'
import { namedConfig } from '../../../src/main/ml/models/index.ts'
import '../../../src/main/ml/programs/index.ts'
import { noiseBatch } from './batches.ts'
import { expectTooLarge } from './large-batch.ts'

const program = { name: 'recogniser', config: { model: namedConfig('small', { channels: 13, classes: 10 }) } }
const good = noiseBatch([40, 32, 36])

let engine: Engine
beforeAll(async () => {
  engine = await createEngine({ program, backend: 'kernels', threads: 2 })
})
afterAll(() => engine.dispose())

/** A step on a bad batch must fail with this, change nothing, and leave an engine that works. */
async function expectRefused(
  batch: Batch,
  expected: { code: string; message: RegExp },
  learningRate = 1e-3,
): Promise<void> {
  const before = await engine.snapshot()
  await expect(engine.step(batch, { learningRate })).rejects.toMatchObject({
    code: expected.code,
    message: expect.stringMatching(expected.message) as string,
  })
  expect(await engine.snapshot()).toEqual(before)
  expect((await engine.step(good, { learningRate: 1e-3 })).loss).toBeGreaterThan(0)
}

function changed(change: Partial<Batch>): Batch {
  return { ...structuredClone(good), ...change }
}

describe('a bad batch is refused with its reason, and the engine goes on', () => {
  it('a row without frames', () =>
    expectRefused(changed({ lengths: Int32Array.of(40, 0, 36) }), {
      code: 'empty-recording',
      message: /row 1 .*no frames/,
    }))

  it('a row too short for the model', () =>
    expectRefused(changed({ lengths: Int32Array.of(40, 3, 36) }), {
      code: 'empty-recording',
      message: /row 1 has 3 frames.*at least 4/,
    }))

  it('a value that is not a number', () => {
    const batch = changed({})
    batch.x[(1 * 40 + 7) * 13 + 2] = NaN
    return expectRefused(batch, { code: 'invalid-input', message: /channel 2 of row 1 is NaN in frame 7/ })
  })

  it('a label that cannot fit into its frames', () =>
    expectRefused(changed({ labels: [[1], [2, 2, 2, 2, 2, 2], [3]] }), {
      code: 'label-unfit',
      message: /row 1.*8 output frames/,
    }))

  it('arrays that do not have the sizes they claim', () =>
    expectRefused(changed({ time: 41 }), { code: 'invalid-input', message: /values instead of 3 x 41 x 13/ }))

  it('a loss that runs away', () => {
    const batch = changed({})
    batch.x.fill(3e38, 0, 40 * 13)
    return expectRefused(batch, { code: 'training-failed', message: /not a finite number|became/ })
  })

  it('a batch too large for the memory, one tensor of which would not fit', () => expectTooLarge(200, 40_000))

  it('a program that nobody registered', async () => {
    await expect(
      createEngine({ program: { name: 'fortune-teller', config: {} }, backend: 'kernels' }),
    ).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('fortune-teller') as string })
  })
})
