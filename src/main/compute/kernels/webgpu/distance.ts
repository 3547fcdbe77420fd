import type * as tf from '@tensorflow/tfjs'
import { DISTANCES } from '../../ops/distance.ts'
import { distanceGrad, frameDistance, LANES, MEAN_DISTANCE, NOTES } from './distance-shaders.ts'
import { integers, run, runElementwise } from './program.ts'
import { extents, register } from './register.ts'

/** Registers the distances between two sequences: values `[batch]` and, for the gradients, notes `[batch, time, 6]`. */
export function registerDistances(): void {
  register('SequenceDistance', ({ u, x }, { kind, lengths }) => {
    const [batch, time, size] = extents(u)
    const valid = integers(lengths)
    const name = DISTANCES[kind]!
    const notes = run<tf.Tensor3D>({
      key: `${name} distance`,
      shape: [batch, time, NOTES],
      inputs: { u: u!, x: x!, lengths: valid },
      numbers: { time, size },
      threads: LANES,
      groups: [batch, time],
      source: frameDistance(name),
    })
    const values = runElementwise<tf.Tensor1D>({
      key: 'mean distance',
      shape: [batch],
      inputs: { notes, lengths: valid },
      numbers: { time },
      source: MEAN_DISTANCE,
    })
    return [values, notes]
  })

  register('SequenceDistanceGrad', ({ u, x, dy, notes }, { kind, lengths }) => {
    const [, time, size] = extents(u)
    const valid = integers(lengths)
    const name = DISTANCES[kind]!
    const side = (index: 0 | 1, a: tf.Tensor, b: tf.Tensor) =>
      runElementwise<tf.Tensor3D>({
        key: `${name} distance gradient`,
        shape: a.shape,
        // The shader may not be given what it does not read.
        inputs: { a, b, dy: dy!, lengths: valid, ...(name === 'mse' ? {} : { notes: notes! }) },
        numbers: { time, size, side: index },
        source: distanceGrad(name),
      })
    return [side(0, u!, x!), side(1, x!, u!)]
  })
}
