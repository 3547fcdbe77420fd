import type * as tf from '@tensorflow/tfjs'
import { resampleTime, type Sequence } from '../image/resample.ts'
import type { Lengths } from '../../compute/ops/lengths.ts'

/** A sequence of embeddings; a single vector is a sequence of one. */
export type Embedding = Sequence

/**
 * Two sequences at the shorter one's length, row by row (assumed: the paper's abstract does not say how lengths are
 * met).
 */
export function align(u: Embedding, x: Embedding): { u: tf.Tensor3D; x: tf.Tensor3D; lengths: Lengths } {
  const lengths = u.lengths.map((length, row) => Math.min(length, x.lengths[row]!))
  return { u: resampleTime(u, lengths).values, x: resampleTime(x, lengths).values, lengths }
}
