import * as tf from '@tensorflow/tfjs'
import type { AdamwFactors } from '../../ops/adamw.ts'
import { ADAMW, JOINED_NORM, NORM_PARTS, THREADS } from './adamw-shaders.ts'
import { oneEach, run, runInPlace } from './program.ts'

/** Workgroups that share out a gradient, so that one more can join what they found. */
const MOST_PARTS = 256
/** Values that each invocation takes at least: fewer are not worth a workgroup. */
const EACH = 8

/** The largest float32: no norm is longer. */
const UNLIMITED = 3.4028234663852886e38

/**
 * `[1]`: the norm of a whole gradient `[values]`, divided by `rows`; NaN where a value is not a finite number. Squares
 * are summed up relative to the largest value, so that none is lost to the range of float32.
 */
export function gradientNorm(gradients: tf.Tensor1D, rows: number): tf.Tensor1D {
  const parts = Math.max(1, Math.min(MOST_PARTS, Math.ceil(gradients.size / (THREADS * EACH))))
  return tf.tidy(() => {
    const found = run<tf.Tensor2D>({
      key: 'parts of a norm',
      shape: [parts, 3],
      inputs: { gradients },
      numbers: { count: gradients.size, parts },
      threads: THREADS,
      groups: [parts, 1],
      source: NORM_PARTS,
    })
    return run<tf.Tensor1D>({
      key: 'joined norm',
      shape: [1],
      inputs: { found },
      numbers: { parts },
      fractions: { rows },
      threads: THREADS,
      groups: [1, 1],
      source: JOINED_NORM,
    })
  })
}

/** A stretch of weights and where its gradients begin among those of all. */
export interface Stretch {
  from: number
  count: number
  gradients: number
}

/** What a step of AdamW goes by. */
export interface DeviceStep {
  /** `[values]`, sums over the rows of the batch. */
  gradients: tf.Tensor1D
  /** Rows of the batch. */
  rows: number
  /** What `gradientNorm` gave for them. */
  norm: tf.Tensor1D
  /** One value: the loss. */
  loss: tf.Tensor
  /** The largest norm; a longer gradient is scaled down to it. */
  clipNorm?: number | undefined
  factors: AdamwFactors
}

/**
 * One step of AdamW on the device. `block` `[3, size]` holds the weights, the first and the second moments, and is
 * changed in place; where norm or loss is not a finite number, it is left as it is.
 */
export function moveWeights(
  block: tf.Tensor2D,
  stretches: readonly Stretch[],
  { gradients, rows, norm, loss, clipNorm = UNLIMITED, factors }: DeviceStep,
): void {
  const size = block.shape[1]
  for (const { from, count, gradients: first } of stretches) {
    runInPlace(block, {
      key: 'adamw',
      inputs: { gradients, norm, loss },
      numbers: { begin: from, count, first, stride: size },
      fractions: { ...factors, clipNorm, rows },
      ...oneEach(count),
      source: ADAMW,
    })
  }
}
