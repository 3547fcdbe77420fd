import * as tf from '@tensorflow/tfjs'
import { useBackend } from '../../../src/main/compute/backend.ts'
import { enableKernels } from '../../../src/main/compute/kernels/run.ts'

type Values = Record<string, tf.Tensor>

/** Value and gradients of a scalar function of named tensors. */
interface Differentiated {
  value: Float32Array
  gradients: Record<string, Float32Array>
}

/** Weights of a sum that makes every element of an output count differently. */
function probe(shape: number[]): tf.Tensor {
  const size = shape.reduce((product, extent) => product * extent, 1)
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.sin(i * 1.7 + 0.3)),
    shape,
  )
}

/** The output of `f`, and the gradients of a weighted sum of it with respect to each input. */
export function differentiate(inputs: Values, f: (inputs: Values) => tf.Tensor): Differentiated {
  return tf.tidy(() => {
    const names = Object.keys(inputs)
    let output: tf.Tensor | undefined
    const scalar = (...given: tf.Tensor[]) => {
      output = tf.keep(f(Object.fromEntries(names.map((name, i) => [name, given[i]!]))))
      return tf.sum(tf.mul(output, probe(output.shape))) as tf.Scalar
    }
    const { grads } = tf.valueAndGrads(scalar)(names.map((name) => inputs[name]!))
    const value = output!.dataSync() as Float32Array
    output!.dispose()
    return {
      value: value.slice(),
      gradients: Object.fromEntries(grads.map((grad, i) => [names[i]!, (grad.dataSync() as Float32Array).slice()])),
    }
  })
}

/** Largest difference relative to the largest value of the reference. */
export function relativeError(actual: Float32Array, reference: Float32Array): number {
  let scale = 1e-3
  let worst = 0
  for (const [i, value] of reference.entries()) {
    const difference = Math.abs(value - actual[i]!)
    if (Number.isNaN(difference)) return Infinity
    scale = Math.max(scale, Math.abs(value))
    worst = Math.max(worst, difference)
  }
  return worst / scale
}

/** Relative errors of value and gradients of the fused kernels against stock operations. */
export function kernelErrors(inputs: Values, f: (inputs: Values) => tf.Tensor): Record<string, number> {
  enableKernels(true)
  const fused = differentiate(inputs, f)
  enableKernels(false)
  const reference = differentiate(inputs, f)
  enableKernels(true)
  const errors: Record<string, number> = { value: relativeError(fused.value, reference.value) }
  for (const [name, gradient] of Object.entries(reference.gradients))
    errors[name] = relativeError(fused.gradients[name]!, gradient)
  return errors
}

/**
 * Central differences of the same weighted sum, for up to `probes` elements of each input, against the gradients by
 * tape.
 */
export function numericalErrors(
  inputs: Values,
  f: (inputs: Values) => tf.Tensor,
  probes = 4,
  step = 0.04,
): Record<string, number> {
  const { gradients } = differentiate(inputs, f)
  const errors: Record<string, number> = {}
  for (const [name, tensor] of Object.entries(inputs)) {
    const values = tensor.dataSync().slice() as Float32Array
    const gradient = gradients[name]!
    const scale = gradient.reduce((largest, g) => Math.max(largest, Math.abs(g)), 1e-3)
    const stride = Math.max(1, Math.floor(values.length / probes))
    let worst = 0
    for (let i = 0; i < values.length; i += stride) {
      const at = (shift: number) => {
        const moved = values.slice()
        moved[i]! += shift
        return tf.tidy(() => {
          const output = f({ ...inputs, [name]: tf.tensor(moved, tensor.shape) })
          const out = output.dataSync() as Float32Array
          const weight = probe(output.shape).dataSync() as Float32Array
          return out.reduce((sum, value, index) => sum + value * weight[index]!, 0)
        })
      }
      const slope = (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step)
      worst = Math.max(worst, Math.abs(slope - gradient[i]!) / scale)
    }
    errors[name] = worst
  }
  return errors
}

/** Normally distributed values from a seed. */
export function normal(shape: number[], seed: number, deviation = 1): tf.Tensor {
  return tf.randomNormal(shape, 0, deviation, 'float32', seed)
}

export async function withKernels(): Promise<void> {
  await useBackend('kernels')
}

/** Values with zeros behind each row's length, as batches have them. */
export function padded(shape: [number, number, number], lengths: Int32Array, seed: number): tf.Tensor3D {
  const values = normal(shape, seed).dataSync().slice() as Float32Array
  lengths.forEach((length, row) =>
    values.fill(0, (row * shape[1] + length) * shape[2], (row + 1) * shape[1] * shape[2]),
  )
  return tf.tensor3d(values, shape)
}
