import * as tf from '@tensorflow/tfjs'

/**
 * Triplet loss across modalities, `[rows]`: `max(d(U^a, X^p) - d(U^a, X^n) + margin, 0)`.
 * Anchors are pen embeddings, positives images of the same label, negatives images of another one;
 * all three arguments are `[rows]`.
 */
export function triplet(positive: tf.Tensor1D, negative: tf.Tensor1D, margin: tf.Tensor1D): tf.Tensor1D {
  return tf.relu(tf.add(tf.sub(positive, negative), margin))
}

/**
 * Contrastive loss across modalities, `[rows]`: `d(U, X^p) + max(margin - d(U, X^n), 0)`. Equal labels are drawn
 * together, different ones pushed apart up to the margin (Hadsell et al. 2006, without their squares: the distances
 * here are not all metrics).
 */
export function contrastive(positive: tf.Tensor1D, negative: tf.Tensor1D, margin: tf.Tensor1D): tf.Tensor1D {
  return tf.add(positive, tf.relu(tf.sub(margin, negative)))
}
