import * as tf from '@tensorflow/tfjs'
import { expect, it } from 'vitest'
import { layoutOf, write } from '../../../src/main/compute/engine/layout.ts'
import { allocate, SharedNumbers } from '../../../src/main/compute/engine/memory.ts'
import { buildProgram } from '../../../src/main/compute/engine/registry.ts'
import { Runner } from '../../../src/main/compute/engine/runner.ts'
import { splitBatch } from '../../../src/main/compute/engine/split.ts'
import { planTeam } from '../../../src/main/compute/engine/team.ts'
import { kernelMemory } from '../../../src/main/compute/kernels/wasm/memory.ts'
import { namedConfig } from '../../../src/main/ml/models/index.ts'
import '../../../src/main/ml/programs/index.ts'
import { noiseBatch } from './batches.ts'

it('a thread holds as many tensors, and as much memory, after a thousand steps as after ten', async () => {
  const program = { name: 'recogniser', config: { model: namedConfig('small', { channels: 13, classes: 10 }) } }
  const initial = buildProgram(program).initial(0)
  const [weights, state] = [layoutOf(initial.weights), layoutOf(initial.state)]
  const memory = allocate(weights.size, state.size, 1)
  const numbers = new SharedNumbers(memory)
  write(weights, initial.weights, numbers.weights)
  write(state, initial.state, numbers.state)
  const runner = await Runner.start({
    program,
    backend: 'kernels',
    weights,
    state,
    memory,
    team: planTeam(1),
    index: 0,
  })
  const part = splitBatch({ ...noiseBatch([12, 8, 9]), labels: [[1], [2], []] }, 1, true)[0]!

  const held: { tensors: number; bytes: number; memory: number }[] = []
  for (let step = 1; step <= 1000; step++) {
    await runner.run({
      kind: 'step',
      part,
      active: 1,
      version: step,
      options: { learningRate: 1e-4 },
      seed: step,
      step,
    })
    if (step === 10 || step === 1000)
      held.push({
        tensors: tf.memory().numTensors,
        bytes: tf.memory().numBytes,
        memory: kernelMemory(tf.backend()).size,
      })
  }
  expect(held[1]).toEqual(held[0])
  runner.dispose()
})
