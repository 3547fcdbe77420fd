import { describe, expect, it } from 'vitest'
import { instantiateOptimiser } from '../../../src/main/compute/kernels/wasm/module.ts'
import { adamw } from '../../../src/main/compute/ops/index.ts'

const start = [0.5, -1, 2, 0, -0.25]
const gradients = [
  [0.1, -0.2, 0.3, 0, 1e-6],
  [-0.3, 0.1, 0.3, 0, 2],
  [0.05, 0.05, -4, 0, 1],
]
/** `torch.optim.AdamW(lr=0.1, weight_decay=0.05)` after the three gradients, in float64 (PyTorch 1.13). */
const expected = [0.4704566514869562, -0.8534329603652469, 1.8270256640687577, 0, -0.4983567967646171]

describe('AdamW', () => {
  it('moves weights as PyTorch does', () => {
    const weights = Float32Array.from(start)
    const [first, second] = [new Float32Array(5), new Float32Array(5)]
    gradients.forEach((gradient, index) =>
      adamw(weights, Float32Array.from(gradient), first, second, {
        learningRate: 0.1,
        weightDecay: 0.05,
        step: index + 1,
      }),
    )
    expected.forEach((value, i) => expect(weights[i]).toBeCloseTo(value, 5))
  })

  it('does the same in the kernel that works on shared memory, and scales the gradient', () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true })
    const kernel = instantiateOptimiser(memory)
    const weights = new Float32Array(memory.buffer, 0, 5)
    const gradient = new Float32Array(memory.buffer, 64, 5)
    weights.set(start)
    gradients.forEach((values, index) => {
      const step = index + 1
      gradient.set(values.map((value) => 8 * value))
      kernel.adamw(
        5,
        0,
        64,
        128,
        192,
        0.1 / (1 - 0.9 ** step),
        1 - 0.1 * 0.05,
        0.9,
        0.999,
        1e-8,
        1 / Math.sqrt(1 - 0.999 ** step),
        1 / 8,
      )
    })
    expected.forEach((value, i) => expect(weights[i]).toBeCloseTo(value, 5))
  })

  it('adds up blocks and their squares', () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true })
    const kernel = instantiateOptimiser(memory)
    new Float32Array(memory.buffer, 0, 6).set([1, 2, 3, 4, 5, 6])
    new Float32Array(memory.buffer, 64, 6).set([1, 1, 1, 1, 1, -6])
    kernel.addBlock(6, 64, 0)
    expect([...new Float32Array(memory.buffer, 0, 6)]).toEqual([2, 3, 4, 5, 6, 0])
    expect(kernel.squaredNorm(6, 0)).toBe(4 + 9 + 16 + 25 + 36)
  })
})
