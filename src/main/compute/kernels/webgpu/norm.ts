import * as tf from '@tensorflow/tfjs'
import { NORM_EPSILON } from '../../ops/composite/norm.ts'
import { FRAME_GRAD_SUMS, FRAME_MOMENTS, JOINED_MOMENTS, NORM_GRAD, NORMALISED, THREADS } from './norm-shaders.ts'
import { integers, run, runElementwise, sizeOf } from './program.ts'
import { extents, register } from './register.ts'

/**
 * Registers batch norm and instance norm. Both begin with sums of each row over its valid frames; batch norm joins
 * those of all rows. Statistics are `[groups, 2, channels]`: mean and variance, of the whole batch (one group) or of
 * each row.
 */
export function registerNorms(): void {
  register('BatchNorm1d', ({ x, gamma, beta }, { lengths }) => {
    const [batch, , channels] = extents(x)
    const valid = integers(lengths)
    const rows = moments(x!, valid)
    const statistics = runElementwise<tf.Tensor3D>({
      key: 'joined moments',
      shape: [1, 2, channels],
      inputs: { rows, lengths: valid },
      numbers: { batch, channels },
      source: JOINED_MOMENTS,
    })
    return [
      normalised(x!, gamma!, beta!, statistics, valid),
      part(statistics, 0, [channels]),
      part(statistics, 1, [channels]),
    ]
  })

  register('BatchNorm1dGrad', ({ x, dy, gamma, mean, variance }, { lengths }) => {
    const valid = integers(lengths)
    const statistics = tf.stack([mean!, variance!]).expandDims(0) as tf.Tensor3D
    const sums = tf.sum(gradientSums(x!, dy!, statistics, valid), 0, true) as tf.Tensor3D
    const frames = lengths.reduce((sum, length) => sum + length, 0)
    return inputGradient(x!, dy!, gamma!, statistics, sums, sums, valid, frames)
  })

  register('Normalise1d', ({ x, gamma, beta, mean, variance }, { lengths }) => [
    normalised(x!, gamma!, beta!, tf.stack([mean!, variance!]).expandDims(0) as tf.Tensor3D, integers(lengths)),
  ])

  register('InstanceNorm1d', ({ x, gamma, beta }, { lengths }) => {
    const [batch, , channels] = extents(x)
    const valid = integers(lengths)
    const statistics = moments(x!, valid)
    return [
      normalised(x!, gamma!, beta!, statistics, valid),
      part(statistics, 0, [batch, channels]),
      part(statistics, 1, [batch, channels]),
    ]
  })

  register('InstanceNorm1dGrad', ({ x, dy, gamma, mean, scale }, { lengths }) => {
    const valid = integers(lengths)
    const statistics = tf.stack([mean!, scale!], 1) as tf.Tensor3D
    const rows = gradientSums(x!, dy!, statistics, valid)
    return inputGradient(x!, dy!, gamma!, statistics, rows, tf.sum(rows, 0, true), valid, 0)
  })
}

/** Mean and variance of each row and channel over the row's valid frames: `[batch, 2, channels]`. */
function moments(x: tf.Tensor, lengths: tf.Tensor1D): tf.Tensor3D {
  const [batch, time, channels] = extents(x)
  return run({
    key: 'frame moments',
    shape: [batch, 2, channels],
    inputs: { x, lengths },
    numbers: { time, channels },
    ...workgroups(batch, channels),
    source: FRAME_MOMENTS,
  })
}

/** Sums of dy, and of dy times the normalised x, over each row's valid frames: `[batch, 2, channels]`. */
function gradientSums(x: tf.Tensor, dy: tf.Tensor, statistics: tf.Tensor3D, lengths: tf.Tensor1D): tf.Tensor3D {
  const [batch, time, channels] = extents(x)
  return run({
    key: `frame gradient sums ${NORM_EPSILON}`,
    shape: [batch, 2, channels],
    inputs: { x, dy, statistics, lengths },
    numbers: { time, channels, groups: statistics.shape[0] },
    ...workgroups(batch, channels),
    source: FRAME_GRAD_SUMS,
  })
}

function normalised(
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  statistics: tf.Tensor3D,
  lengths: tf.Tensor1D,
): tf.Tensor3D {
  const [, time, channels] = extents(x)
  return runElementwise({
    key: `normalised ${NORM_EPSILON}`,
    shape: x.shape,
    inputs: { x, gamma, beta, statistics, lengths },
    numbers: { time, channels, groups: statistics.shape[0] },
    source: NORMALISED,
  })
}

/**
 * dx, dgamma, dbeta. `sums` belong to the groups of the statistics, `total` to the whole batch. `frames`: those of a
 * group, 0 for each row's own.
 */
function inputGradient(
  x: tf.Tensor,
  dy: tf.Tensor,
  gamma: tf.Tensor,
  statistics: tf.Tensor3D,
  sums: tf.Tensor3D,
  total: tf.Tensor,
  lengths: tf.Tensor1D,
  frames: number,
): tf.Tensor[] {
  const [, time, channels] = extents(x)
  const dx = runElementwise({
    key: `norm gradient ${NORM_EPSILON}`,
    shape: x.shape,
    inputs: { x, dy, gamma, statistics, sums, lengths },
    numbers: { time, channels, groups: statistics.shape[0], frames },
    source: NORM_GRAD,
  })
  return [dx, part(total as tf.Tensor3D, 1, [channels]), part(total as tf.Tensor3D, 0, [channels])]
}

/** One of two lines of each group. */
function part(pairs: tf.Tensor3D, index: 0 | 1, shape: number[]): tf.Tensor {
  const [groups, , channels] = pairs.shape
  return tf.reshape(tf.slice(pairs, [0, index, 0], [groups, 1, channels]), shape)
}

/** A workgroup for each row and 32 channels. */
function workgroups(batch: number, channels: number): { threads: number; groups: [number, number] } {
  return { threads: sizeOf(THREADS), groups: [batch, Math.ceil(channels / THREADS[0])] }
}
