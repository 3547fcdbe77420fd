import { existsSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs'
import fc from 'fast-check'
import { expect } from 'vitest'
import { useBackend } from '../../../src/main/compute/backend.ts'

// Debian's Mesa is too old for Dawn; its Chromium brings a software Vulkan driver that is not.
const DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json'
if (process.env['VK_ICD_FILENAMES'] === undefined && existsSync(DRIVER)) process.env['VK_ICD_FILENAMES'] = DRIVER

/** What the device refused, such as a program that does not compile: results are zeros then. */
const faults: string[] = []

/** Why there is nothing to test on, in the words of a skipped test; nothing where there is. */
export async function missingAdapter(): Promise<string | undefined> {
  try {
    await useBackend('webgpu')
    const { device } = tf.backend() as unknown as {
      device: { addEventListener(type: string, listener: (event: { error: Error }) => void): void }
    }
    device.addEventListener('uncapturederror', ({ error }) => faults.push(error.message))
    return undefined
  } catch (error) {
    return `skipped: no WebGPU adapter: ${(error as Error).message}`
  }
}

/** Fails where the device refused something since the file began. */
export function expectNoFault(): void {
  expect(faults).toEqual([])
}

/** Named arrays with their shapes, to be made tensors on whatever backend. */
export type Values = Record<string, { shape: number[]; values: Float32Array }>
export type Tensors = Record<string, tf.Tensor>

/** Weight of an output's element in the sum: another one for each. */
function probe(index: number): number {
  return Math.sin(index * 1.7 + 0.3)
}

/** The output, and the gradients of a weighted sum of it with respect to each input, on the current backend. */
export async function differentiate(
  inputs: Values,
  f: (inputs: Tensors) => tf.Tensor,
): Promise<Record<string, Float32Array>> {
  const names = Object.keys(inputs)
  const tensors = names.map((name) => tf.tensor(inputs[name]!.values, inputs[name]!.shape))
  let output: tf.Tensor | undefined
  const scalar = (...given: tf.Tensor[]) => {
    output = tf.keep(f(Object.fromEntries(names.map((name, i) => [name, given[i]!]))))
    const size = output.size
    return tf.sum(
      tf.mul(tf.reshape(output, [size]), tf.tensor1d(Float32Array.from({ length: size }, (_, i) => probe(i)))),
    ) as tf.Scalar
  }
  const { grads, value } = tf.valueAndGrads(scalar)(tensors)
  const results: Record<string, Float32Array> = { value: (await output!.data()) as Float32Array }
  for (const [i, name] of names.entries()) results[name] = (await grads[i]!.data()) as Float32Array
  tf.dispose([tensors, grads, value, output!])
  return results
}

/** Largest difference relative to the largest value of the reference. */
function relativeError(actual: Float32Array, reference: Float32Array): number {
  if (actual.length !== reference.length) return Infinity
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

/** Relative errors of value and gradients of the WebGPU kernels against stock operations in plain JavaScript. */
async function kernelErrors(inputs: Values, f: (inputs: Tensors) => tf.Tensor): Promise<Record<string, number>> {
  await useBackend('cpu')
  const reference = await differentiate(inputs, f)
  await useBackend('webgpu')
  const fused = await differentiate(inputs, f)
  expectNoFault()
  return Object.fromEntries(
    Object.entries(reference).map(([name, values]) => [name, relativeError(fused[name]!, values)]),
  )
}

/** Random values, near enough to normally distributed ones. */
export function noise(shape: number[], seed: number, deviation = 1): Values[string] {
  const size = shape.reduce((product, extent) => product * extent, 1)
  let state = seed + 1
  const draw = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    shape,
    values: Float32Array.from(
      { length: size },
      () => (draw() + draw() + draw() + draw() - 2) * Math.sqrt(3) * deviation,
    ),
  }
}

/** Random values with zeros behind each row's length, as batches have them. */
export function padded(shape: [number, number, number], lengths: Int32Array, seed: number): Values[string] {
  const { values } = noise(shape, seed)
  lengths.forEach((length, row) =>
    values.fill(0, (row * shape[1] + length) * shape[2], (row + 1) * shape[1] * shape[2]),
  )
  return { shape, values }
}

/** Fails unless value and gradients of the WebGPU kernels are within 1e-4 of stock operations. */
export async function expectAgreement(inputs: Values, f: (inputs: Tensors) => tf.Tensor): Promise<void> {
  for (const [name, error] of Object.entries(await kernelErrors(inputs, f))) expect(error, name).toBeLessThan(1e-4)
}

/**
 * Fails unless the gradients on WebGPU are within 1e-4 of central differences of stock operations, for some elements of
 * each input.
 */
export async function expectSlopes(
  inputs: Values,
  f: (inputs: Tensors) => tf.Tensor,
  probes = 8,
  step = 0.03,
): Promise<void> {
  await useBackend('webgpu')
  const gradients = await differentiate(inputs, f)
  expectNoFault()
  await useBackend('cpu')
  const sum = (given: Values): number =>
    tf.tidy(() => {
      const output = f(
        Object.fromEntries(Object.entries(given).map(([name, { shape, values }]) => [name, tf.tensor(values, shape)])),
      )
      return (output.dataSync() as Float32Array).reduce((total, value, index) => total + value * probe(index), 0)
    })
  for (const [name, { shape, values }] of Object.entries(inputs)) {
    const scale = gradients[name]!.reduce((largest, slope) => Math.max(largest, Math.abs(slope)), 1e-3)
    for (let i = 0; i < values.length; i += Math.max(1, Math.floor(values.length / probes))) {
      const at = (shift: number) =>
        sum({
          ...inputs,
          [name]: { shape, values: values.map((value, index) => (index === i ? value + shift : value)) },
        })
      const slope = (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step)
      expect(Math.abs(slope - gradients[name]![i]!) / scale, `${name} at ${i}`).toBeLessThan(1e-4)
    }
  }
}

/** Rows of different lengths, some of them empty, in a batch that may be longer than all of them. */
export const rows = fc
  .record({
    lengths: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 4 }),
    spare: fc.integer({ min: 0, max: 2 }),
  })
  .map(({ lengths, spare }) => ({ lengths: Int32Array.from(lengths), time: Math.max(1, ...lengths) + spare }))
