import * as tf from '@tensorflow/tfjs'
import { kernelMemory } from './wasm/memory.ts'

/** A kept tensor with these values: the given one, overwritten in place where the backend allows it, else a new one. */
export function adoptFloats(tensor: tf.Tensor | undefined, values: Float32Array, shape: readonly number[]): tf.Tensor {
  if (tensor && tf.getBackend() === 'wasm') {
    kernelMemory(tf.backend()).view(tensor).set(values)
    return tensor
  }
  tensor?.dispose()
  // Backends keep no hold on the values, but they cannot read shared memory.
  return tf.keep(tf.tensor(Float32Array.from(values), [...shape]))
}

/** Copies a tensor's values to `to`, from `offset` on. */
export async function readFloats(tensor: tf.Tensor, to: Float32Array, offset: number): Promise<void> {
  to.set(tf.getBackend() === 'wasm' ? kernelMemory(tf.backend()).view(tensor) : await tensor.data<'float32'>(), offset)
}
