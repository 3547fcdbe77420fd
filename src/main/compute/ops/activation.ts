import * as tf from '@tensorflow/tfjs'
import { hasKernel, runKernel } from '../kernels/run.ts'
import { eluComposite, geluComposite } from './composite/activation.ts'

/** All of them map zero to zero, so padding stays padding. `gelu` is the exact one (by erf), `elu` has alpha 1. */
export const ACTIVATIONS = ['relu', 'gelu', 'elu', 'tanh'] as const
export type Activation = (typeof ACTIVATIONS)[number]

/** Applies an activation to each element. */
export function activation<T extends tf.Tensor>(x: T, kind: Activation): T {
  if (hasKernel('Activation1d')) return runKernel('Activation1d', { x }, { kind: ACTIVATIONS.indexOf(kind) })
  return activationComposite(x, kind)
}

/** The same from stock operations. */
export function activationComposite<T extends tf.Tensor>(x: T, kind: Activation): T {
  switch (kind) {
    case 'relu':
      return tf.relu(x)
    case 'gelu':
      return geluComposite(x)
    case 'elu':
      return eluComposite(x)
    case 'tanh':
      return tf.tanh(x)
  }
}
