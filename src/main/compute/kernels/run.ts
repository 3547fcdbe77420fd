import * as tf from '@tensorflow/tfjs'
import type { KernelAttributes, KernelName } from './names.ts'

type Inputs = Record<string, tf.Tensor | null | undefined>

/** TensorFlow.js types attributes as JSON; it only passes them through. */
type AnyAttributes = Parameters<ReturnType<typeof tf.engine>['runKernel']>[2]

let enabled = true

/** Whether the current backend has this kernel (and kernels are not switched off). */
export function hasKernel(name: KernelName): boolean {
  return enabled && tf.getKernel(name, tf.getBackend()) !== undefined
}

/** Switches the custom kernels off, so that stock operations compute everything, or on again. */
export function enableKernels(on: boolean): void {
  enabled = on
}

/** Runs a custom kernel that gives one tensor; inputs that are null are left out. */
export function runKernel<T extends tf.Tensor>(
  name: KernelName,
  inputs: Inputs,
  attributes: KernelAttributes[typeof name],
): T {
  return runKernels<T[]>(name, inputs, attributes)[0]!
}

/** Runs a custom kernel that gives several tensors. */
export function runKernels<T extends tf.Tensor[]>(
  name: KernelName,
  inputs: Inputs,
  attributes: KernelAttributes[typeof name],
): T {
  const given: tf.NamedTensorMap = {}
  for (const [key, value] of Object.entries(inputs)) if (value) given[key] = value
  const result = tf.engine().runKernel(name, given, attributes as unknown as AnyAttributes) as tf.Tensor | tf.Tensor[]
  return (Array.isArray(result) ? result : [result]) as T
}
