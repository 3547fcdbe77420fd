import * as tf from '@tensorflow/tfjs'
import { eluComposite, geluComposite } from './composite/activation.ts'

/** All of them map zero to zero, so padding stays padding. `gelu` is the exact one (by erf), `elu` has alpha 1. */
export type Activation = 'relu' | 'gelu' | 'elu' | 'tanh'

/** Applies an activation to each element. */
export function activation<T extends tf.Tensor>(x: T, kind: Activation): T {
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
