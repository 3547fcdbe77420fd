import type * as tf from '@tensorflow/tfjs'
import { sequenceDistance, type Distance } from '../../compute/ops/distance.ts'
import { align, type Embedding } from './align.ts'

export { DISTANCES, type Distance } from '../../compute/ops/distance.ts'

/**
 * How far two embeddings are apart, `[rows]`: compared frame by frame at the shorter one's length, mean over the
 * frames.
 */
export function distance(kind: Distance, u: Embedding, x: Embedding): tf.Tensor1D {
  const aligned = align(u, x)
  return sequenceDistance(kind, aligned.u, aligned.x, aligned.lengths)
}
