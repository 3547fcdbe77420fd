import * as tf from '@tensorflow/tfjs'
import type { Head, Output } from '../models/index.ts'
import { ctcLoss } from '../../compute/ops/index.ts'

/** Sum over the rows of the task loss: CTC per letter of the label, or cross entropy. */
export function taskLoss(
  { head, classes }: { head: Head; classes: number },
  { logits, lengths }: Output,
  labels: readonly (readonly number[])[],
): tf.Scalar {
  if (head === 'ctc') return tf.sum(ctcLoss(logits as tf.Tensor3D, labels, lengths, { normalise: true }))
  const wanted = tf.oneHot(
    tf.tensor1d(
      labels.map(([label]) => label!),
      'int32',
    ),
    classes,
  )
  return tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits as tf.Tensor2D), wanted)))
}
