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

/** Copies the values of tensors to `to`, each from its offset on; a GPU is asked once for all of them. */
export async function readFloats(
  tensors: readonly { tensor: tf.Tensor; offset: number }[],
  to: Float32Array,
): Promise<void> {
  if (tf.getBackend() === 'wasm') {
    for (const { tensor, offset } of tensors) to.set(kernelMemory(tf.backend()).view(tensor), offset)
    return
  }
  const joined = tf.tidy(() => tf.concat(tensors.map(({ tensor }) => tf.reshape(tensor, [tensor.size]) as tf.Tensor1D)))
  try {
    const values = await joined.data<'float32'>()
    let passed = 0
    for (const { tensor, offset } of tensors) {
      to.set(values.subarray(passed, passed + tensor.size), offset)
      passed += tensor.size
    }
  } finally {
    joined.dispose()
  }
}
