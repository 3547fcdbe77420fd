import * as tf from '@tensorflow/tfjs'
import type { KernelAttributes, KernelName } from '../names.ts'

export type Inputs = Record<string, tf.Tensor>

/** Registers a kernel of the WebGPU backend; what it makes besides its outputs is disposed of. */
export function register<Name extends KernelName>(
  name: Name,
  compute: (inputs: Inputs, attributes: KernelAttributes[Name]) => tf.Tensor[],
): void {
  tf.registerKernel({
    kernelName: name,
    backendName: 'webgpu',
    // TensorFlow.js hands its kernels whole tensors; it does not record what they compute with them.
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() => compute(inputs as Inputs, attrs as unknown as KernelAttributes[Name])),
  })
}

/** The extents of a `[batch, time, channels]` tensor. */
export function extents(tensor: tf.Tensor | undefined): [batch: number, time: number, channels: number] {
  return tensor!.shape as [number, number, number]
}
