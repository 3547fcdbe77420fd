import * as tf from '@tensorflow/tfjs'
import type { KernelAttributes, KernelName } from '../names.ts'
import { kernelMemory, type KernelMemory } from './memory.ts'

export type Inputs = Record<string, tf.TensorInfo | undefined>

/** Registers a kernel of the WASM backend. */
export function register<Name extends KernelName>(
  name: Name,
  compute: (memory: KernelMemory, inputs: Inputs, attributes: KernelAttributes[Name]) => tf.TensorInfo[],
): void {
  tf.registerKernel({
    kernelName: name,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) =>
      compute(kernelMemory(backend), inputs as Inputs, attrs as unknown as KernelAttributes[Name]),
  })
}

/** The extents of a `[batch, time, channels]` tensor. */
export function extents(tensor: tf.TensorInfo | undefined): [batch: number, time: number, channels: number] {
  return tensor!.shape as [number, number, number]
}
