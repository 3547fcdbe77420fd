import * as tf from '@tensorflow/tfjs'
import { expect } from 'vitest'

/** Compares the gradient of a sum with central differences, element by element. */
export function expectGradient(of: (x: tf.Tensor) => tf.Tensor, at: tf.Tensor, tolerance = 2e-2): void {
  const scalar = (x: tf.Tensor): tf.Scalar => tf.sum(of(x))
  const exact = tf.grad(scalar)(at).dataSync()
  const values = at.dataSync()
  const step = 1e-2
  for (let i = 0; i < values.length; i++) {
    const moved = (by: number): number => {
      const copy = Float32Array.from(values)
      copy[i] = copy[i]! + by
      return scalar(tf.tensor(copy, at.shape)).dataSync()[0]!
    }
    const numeric = (moved(step) - moved(-step)) / (2 * step)
    expect(Math.abs(exact[i]! - numeric), `element ${i}: ${exact[i]} against ${numeric}`).toBeLessThan(
      tolerance * Math.max(1, Math.abs(numeric)),
    )
  }
}

/** Values that look random and are the same each time. */
export function someValues(shape: number[], seed = 1): tf.Tensor {
  const size = shape.reduce((a, b) => a * b, 1)
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.sin(12.9898 * (i + 1) * seed) * 1.3),
    shape,
  )
}
