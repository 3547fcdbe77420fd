import type { TensorInfo } from '@tensorflow/tfjs'
import { NORM_EPSILON } from '../../ops/composite/norm.ts'
import type { Reduce } from '../names.ts'
import type { KernelMemory } from './memory.ts'
import { extents, register } from './register.ts'

/** Registers batch norm (its sums are added up over the threads of a step) and instance norm. */
export function registerNorms(): void {
  register('BatchNorm1d', (memory, { x, gamma, beta }, { lengths, reduce }) => {
    const [batch, time, channels] = extents(x)
    const [y, mean, variance, scale] = memory.outputs([batch, time, channels], [channels], [channels], [channels])
    const { address, lists } = memory.scratch(8 * channels, lengths)
    const at = lists[0]
    const { kernels } = memory
    kernels.frameSums(batch, time, channels, at, ...memory.addresses(x, mean), address)
    const count = sumOverThreads(memory, [mean], frames(lengths), reduce)
    divide(memory.view(mean), count)
    kernels.centredSquares(batch, time, channels, at, ...memory.addresses(x, mean, variance), address)
    sumOverThreads(memory, [variance], frames(lengths), reduce)
    divide(memory.view(variance), count)
    invertRoot(memory.view(variance), memory.view(scale))
    kernels.normalise(batch, time, channels, at, ...memory.addresses(x, mean, scale, gamma, beta, y))
    memory.dispose(scale)
    return [y, mean, variance]
  })

  register('BatchNorm1dGrad', (memory, { x, dy, gamma, mean, variance }, { lengths, reduce }) => {
    const [batch, time, channels] = extents(x)
    const [dx, dgamma, dbeta, sum, product, scale] = memory.outputs(
      [batch, time, channels],
      [channels],
      [channels],
      [channels],
      [channels],
      [channels],
    )
    const { address, lists } = memory.scratch(8 * channels, lengths)
    const at = lists[0]
    const { kernels } = memory
    invertRoot(memory.view(variance!), memory.view(scale))
    kernels.normGradSums(batch, time, channels, at, ...memory.addresses(x, dy, mean, scale, dbeta, dgamma), address)
    memory.view(sum).set(memory.view(dbeta))
    memory.view(product).set(memory.view(dgamma))
    const count = sumOverThreads(memory, [sum, product], frames(lengths), reduce)
    const inputs = memory.addresses(x, dy, mean, scale, gamma, sum, product)
    kernels.normGrad(batch, time, channels, at, ...inputs, 1 / count, memory.address(dx))
    for (const temporary of [sum, product, scale]) memory.dispose(temporary)
    return [dx, dgamma, dbeta]
  })

  register('Normalise1d', (memory, { x, gamma, beta, mean, variance }, { lengths }) => {
    const [batch, time, channels] = extents(x)
    const [y, scale] = memory.outputs([batch, time, channels], [channels])
    const at = memory.scratch(0, lengths).lists[0]
    invertRoot(memory.view(variance!), memory.view(scale))
    memory.kernels.normalise(batch, time, channels, at, ...memory.addresses(x, mean, scale, gamma, beta, y))
    memory.dispose(scale)
    return [y]
  })

  register('InstanceNorm1d', (memory, { x, gamma, beta }, { lengths }) => {
    const [batch, time, channels] = extents(x)
    const [y, mean, scale] = memory.outputs([batch, time, channels], [batch, channels], [batch, channels])
    const at = memory.scratch(0, lengths).lists[0]
    const inputs = memory.addresses(x, gamma, beta)
    const outputs = memory.addresses(y, mean, scale)
    memory.kernels.instanceNorm(batch, time, channels, at, ...inputs, NORM_EPSILON, ...outputs)
    return [y, mean, scale]
  })

  register('InstanceNorm1dGrad', (memory, { x, dy, gamma, mean, scale }, { lengths }) => {
    const [batch, time, channels] = extents(x)
    const [dx, dgamma, dbeta] = memory.outputs([batch, time, channels], [channels], [channels])
    const { address, lists } = memory.scratch(8 * channels, lengths)
    const tensors = memory.addresses(x, dy, gamma, mean, scale, dx, dgamma, dbeta)
    memory.kernels.instanceNormGrad(batch, time, channels, ...lists, ...tensors, address)
    return [dx, dgamma, dbeta]
  })
}

function frames(lengths: Int32Array): number {
  return lengths.reduce((sum, length) => sum + length, 0)
}

/** Replaces sums by those over all threads and returns the number of frames of all of them. */
function sumOverThreads(memory: KernelMemory, sums: TensorInfo[], count: number, reduce: Reduce | undefined): number {
  if (!reduce) return Math.max(count, 1)
  const views = sums.map((sum) => memory.view(sum))
  const joint = reduce(Float64Array.from([count, ...views.flatMap((view) => [...view])]))
  let from = 1
  for (const view of views) {
    view.set(joint.subarray(from, from + view.length))
    from += view.length
  }
  return Math.max(joint[0]!, 1)
}

function divide(values: Float32Array, by: number): void {
  for (let i = 0; i < values.length; i++) values[i]! /= by
}

function invertRoot(variance: Float32Array, scale: Float32Array): void {
  for (let i = 0; i < variance.length; i++) scale[i] = 1 / Math.sqrt(variance[i]! + NORM_EPSILON)
}
