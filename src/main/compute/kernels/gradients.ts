import * as tf from '@tensorflow/tfjs'
import { NORM_EPSILON } from '../ops/composite/norm.ts'
import { frameMask } from '../ops/lengths.ts'
import type { KernelAttributes, KernelName } from './names.ts'
import { runKernel, runKernels } from './run.ts'

type Gradients = Record<string, () => tf.Tensor>

interface Gradient<Name extends KernelName> {
  /** Names of the inputs that the gradient needs, in the order in which they are handed to it. */
  inputs: string[]
  /** Which outputs it needs, handed to it behind the inputs. */
  outputs?: boolean[]
  compute(dys: tf.Tensor[], saved: tf.Tensor[], attributes: KernelAttributes[Name]): Gradients
}

function gradient<Name extends KernelName>(name: Name, { inputs, outputs, compute }: Gradient<Name>): void {
  tf.registerGradient({
    kernelName: name,
    inputsToSave: inputs,
    ...(outputs ? { outputsToSave: outputs } : {}),
    gradFunc: (dy, saved, attributes) =>
      compute(Array.isArray(dy) ? dy : [dy], saved, attributes as unknown as KernelAttributes[Name]),
  })
}

/** Several gradients that one kernel computes at once, as TensorFlow.js asks for them: one by one. */
function together(names: string[], compute: () => tf.Tensor[]): Gradients {
  const computed = compute()
  return Object.fromEntries(names.map((name, index) => [name, () => computed[index]!]))
}

let registered = false

/**
 * Makes the custom kernels differentiable, whatever the backend. The LSTM has its gradient beside its operation
 * (ops/lstm.ts): registered gradients are handed zeros for every unused output, and its saved gates are large.
 */
export function registerGradients(): void {
  if (registered) return
  registered = true

  gradient('Conv1d', {
    inputs: ['x', 'kernel'],
    compute: ([dy], [x, kernel], attributes) => {
      const width = kernel!.shape[0]!
      const time = x!.shape[1]!
      const both = runKernels('Conv1dKernelGrad', { x, dy }, { ...attributes, width, bias: true })
      return {
        x: () => runKernel('Conv1dInputGrad', { dy, kernel }, { ...attributes, time }),
        kernel: () => both[0]!,
        bias: () => both[1]!,
      }
    },
  })

  gradient('DepthwiseConv1d', {
    inputs: ['x', 'kernel'],
    compute: ([dy], [x, kernel], { lengths }) => {
      const width = kernel!.shape[0]!
      const both = runKernels('DepthwiseConv1dKernelGrad', { x, dy }, { lengths, width, bias: true })
      return {
        x: () => runKernel('DepthwiseConv1dInputGrad', { dy, kernel }, { lengths, channels: x!.shape[2]! }),
        kernel: () => both[0]!,
        bias: () => both[1]!,
      }
    },
  })

  gradient('BatchNorm1d', {
    inputs: ['x', 'gamma'],
    outputs: [false, true, true],
    compute: ([dy], [x, gamma, mean, variance], attributes) =>
      together(['x', 'gamma', 'beta'], () =>
        runKernels('BatchNorm1dGrad', { x, dy, gamma, mean, variance }, attributes),
      ),
  })

  gradient('Normalise1d', {
    inputs: ['x', 'gamma', 'mean', 'variance'],
    compute: ([dy], [x, gamma, mean, variance], { lengths }) => {
      const valid = tf.mul(dy!, frameMask(lengths, x!.shape[1]!))
      const scale = tf.rsqrt(tf.add(variance!, NORM_EPSILON))
      const sum = tf.sum(valid, [0, 1])
      const product = tf.mul(tf.sum(tf.mul(valid, tf.sub(x!, mean!)), [0, 1]), scale)
      return {
        x: () => tf.mul(valid, tf.mul(gamma!, scale)),
        gamma: () => product,
        beta: () => sum,
        mean: () => tf.neg(tf.mul(sum, tf.mul(gamma!, scale))),
        variance: () => tf.mul(tf.mul(product, tf.mul(gamma!, tf.square(scale))), -0.5),
      }
    },
  })

  gradient('InstanceNorm1d', {
    inputs: ['x', 'gamma'],
    outputs: [false, true, true],
    compute: ([dy], [x, gamma, mean, scale], attributes) =>
      together(['x', 'gamma', 'beta'], () =>
        runKernels('InstanceNorm1dGrad', { x, dy, gamma, mean, scale }, attributes),
      ),
  })

  gradient('Activation1d', {
    inputs: ['x'],
    compute: ([dy], [x], attributes) => ({ x: () => runKernel('Activation1dGrad', { x, dy }, attributes) }),
  })

  gradient('Dropout1d', {
    inputs: [],
    compute: ([dy], _, attributes) => ({ x: () => runKernel('Dropout1d', { x: dy }, attributes) }),
  })

  gradient('MaxPool1d', {
    inputs: ['x'],
    compute: ([dy], [x], attributes) => ({ x: () => runKernel('MaxPool1dGrad', { x, dy }, attributes) }),
  })

  gradient('SequenceDistance', {
    inputs: ['u', 'x'],
    outputs: [false, true],
    compute: ([dy], [u, x, notes], attributes) =>
      together(['u', 'x'], () => runKernels('SequenceDistanceGrad', { u, x, dy, notes }, attributes)),
  })

  gradient('SequenceCtc', {
    inputs: [],
    outputs: [false, true],
    compute: ([dy], [gradients]) => ({ logits: () => tf.mul(gradients!, tf.reshape(dy!, [-1, 1, 1])) }),
  })
}
