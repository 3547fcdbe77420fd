import * as tf from '@tensorflow/tfjs'
import { kernelMemory } from './wasm/memory.ts'

/**
 * A kept tensor with these values, in place of an older one. Never the older one overwritten: the WASM backend keeps
 * packed copies of matrices for as long as their tensors live.
 */
export function adoptFloats(older: tf.Tensor | undefined, values: Float32Array, shape: readonly number[]): tf.Tensor {
  older?.dispose()
  // No backend but this one can read shared memory.
  if (tf.getBackend() !== 'wasm') return tf.keep(tf.tensor(Float32Array.from(values), [...shape]))
  const memory = kernelMemory(tf.backend())
  const fresh = memory.output([...shape])
  memory.view(fresh).set(values)
  return tf.keep(tf.engine().makeTensorFromTensorInfo(fresh))
}

/** Copies a tensor's values to `to`, from `offset` on. */
export async function readFloats(tensor: tf.Tensor, to: Float32Array, offset: number): Promise<void> {
  to.set(tf.getBackend() === 'wasm' ? kernelMemory(tf.backend()).view(tensor) : await tensor.data<'float32'>(), offset)
}
