import type * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lstmFits } from '../../../src/main/compute/kernels/limits.ts'
import { hasKernel } from '../../../src/main/compute/kernels/run.ts'
import { bilstm, lstm, type LstmWeights } from '../../../src/main/compute/ops/index.ts'
import { expectAgreement, missingAdapter, noise, padded, rows, type Tensors, type Values } from './compare.ts'

const missing = await missingAdapter()

const direction = (tag: string, inputs: number, hidden: number, seed: number): Values => {
  const deviation = 1 / Math.sqrt(hidden)
  return {
    [`input${tag}`]: noise([inputs, 4 * hidden], seed, deviation),
    [`recurrent${tag}`]: noise([hidden, 4 * hidden], seed + 1, deviation),
    [`bias${tag}`]: noise([4 * hidden], seed + 2, deviation),
  }
}
const weights = (t: Tensors, tag: string): LstmWeights => ({
  input: t[`input${tag}`] as tf.Tensor2D,
  recurrent: t[`recurrent${tag}`] as tf.Tensor2D,
  bias: t[`bias${tag}`] as tf.Tensor1D,
})

describe.skipIf(missing)(`the LSTM on WebGPU${missing ? ` (${missing})` : ''}`, () => {
  it('agrees with stock operations in one direction, whatever the lengths of the rows', async () => {
    const extra = fc.record({
      inputs: fc.integer({ min: 1, max: 6 }),
      hidden: fc.constantFrom(1, 7),
      reverse: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(rows, extra, async ({ lengths, time }, { inputs, hidden, reverse }) => {
        const values = {
          x: padded([lengths.length, time, inputs], lengths, hidden),
          ...direction('', inputs, hidden, 3),
        }
        await expectAgreement(values, (t) => lstm(t['x'] as tf.Tensor3D, lengths, weights(t, ''), { reverse }))
      }),
      { numRuns: 6 },
    )
  })

  it.each([
    { lengths: [6, 0, 9, 4], inputs: 6, hidden: 16 },
    { lengths: [4], inputs: 5, hidden: 33 },
    { lengths: [2], inputs: 4, hidden: 128 },
  ])(
    'agrees with stock operations in both directions with $hidden units and rows of $lengths frames',
    async ({ lengths, inputs, hidden }) => {
      expect(hasKernel('SequenceLstm')).toBe(true)
      const valid = Int32Array.from(lengths)
      const x = padded([lengths.length, Math.max(...lengths) + 1, inputs], valid, hidden)
      await expectAgreement({ x, ...direction('F', inputs, hidden, 1), ...direction('B', inputs, hidden, 5) }, (t) =>
        bilstm(t['x'] as tf.Tensor3D, valid, weights(t, 'F'), weights(t, 'B')),
      )
    },
  )

  it('takes up to 448 units; more of them fall back to stock operations', () => {
    expect([128, 448, 449].map(lstmFits)).toEqual([true, true, false])
  })
})
