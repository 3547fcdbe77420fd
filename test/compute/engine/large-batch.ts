import { expect } from 'vitest'
import { createEngine } from '../../../src/main/compute/engine/engine.ts'
import type { Batch } from '../../../src/main/compute/engine/types.ts'
import { namedConfig } from '../../../src/main/ml/models/index.ts'
import '../../../src/main/ml/programs/index.ts'

/** A step on so large a batch must fail for want of memory, and say what helps. */
export async function expectTooLarge(rows: number, time: number): Promise<void> {
  const wide = namedConfig('ott', { channels: 1, classes: 10 })
  const large = await createEngine({
    program: { name: 'recogniser', config: { model: wide } },
    backend: 'kernels',
    threads: 1,
  })
  try {
    const batch: Batch = {
      rows,
      time,
      channels: 1,
      x: new Float32Array(rows * time),
      lengths: new Int32Array(rows).fill(time),
      labels: Array.from({ length: rows }, () => [1]),
    }
    await expect(large.step(batch, { learningRate: 1e-3 })).rejects.toMatchObject({
      code: 'out-of-memory',
      hint: expect.stringContaining('smaller batch') as string,
    })
  } finally {
    await large.dispose()
  }
}
