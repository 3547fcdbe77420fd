import type * as tf from '@tensorflow/tfjs'
import type { NamedTensors } from '../../compute/engine/types.ts'
import type { Lengths } from '../../compute/ops/index.ts'

export interface Output {
  /** `[batch, frames, classes]`, or `[batch, classes]` with the `class` head. No softmax. */
  logits: tf.Tensor3D | tf.Tensor2D
  /** Valid output frames of each row. */
  lengths: Lengths
  /** What lies between, by name, for embeddings: `cnn0`, `cnn1`, …, `lstm`, `dense`. */
  layers: Record<string, tf.Tensor>
  /** New running statistics. */
  state: NamedTensors
}
