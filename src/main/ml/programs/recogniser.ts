import * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import type { Batch, Program } from '../../compute/engine/types.ts'
import { initialModel, outputLengths, type ModelConfig } from '../models/index.ts'
import { forward } from '../models/model.ts'
import { ctcFits, ctcLoss } from '../../compute/ops/index.ts'

export interface RecogniserConfig {
  model: ModelConfig
}

/**
 * The pen's network with its task loss: CTC per letter for words, cross entropy for single labels.
 * The only program that reading needs; others add networks and losses beside it.
 */
export function recogniser({ model }: RecogniserConfig): Program {
  return {
    initial: (seed) => initialModel(model, seed),
    loss(weights, { x, lengths, labels }, mode) {
      const output = forward(model, weights, x, lengths, mode)
      const rows =
        model.head === 'ctc'
          ? ctcLoss(output.logits as tf.Tensor3D, labels, output.lengths, { normalise: true })
          : crossEntropy(output.logits as tf.Tensor2D, labels, model.classes)
      return { loss: tf.sum(rows), state: output.state }
    },
    predict(weights, { x, lengths }, mode) {
      const { logits, lengths: frames, layers } = forward(model, weights, x, lengths, mode)
      const outputs = { ...layers, logits }
      return model.head === 'ctc' ? { lengths: frames, outputs } : { outputs }
    },
    check: (batch) => checkBatch(model, batch),
  }
}

/** `[rows]` negative log likelihoods of one class each. Logits are `[rows, classes]`. */
function crossEntropy(logits: tf.Tensor2D, labels: readonly (readonly number[])[], classes: number): tf.Tensor1D {
  const wanted = tf.oneHot(
    tf.tensor1d(
      labels.map(([label]) => label!),
      'int32',
    ),
    classes,
  )
  return tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), wanted), 1))
}

/** Throws `empty-recording`, `label-unfit` or `invalid-input` for a batch that cannot be learned from. */
function checkBatch(model: ModelConfig, { x, lengths, labels }: Batch): void {
  const frames = outputLengths(model, lengths)
  if (!x.every(Number.isFinite)) throw new KalamosError('invalid-input', 'the batch holds values that are not numbers')
  for (const [row, label] of labels.entries()) {
    const least = model.head === 'ctc' ? 1 : 0
    if (label.some((part) => part < least || part >= model.classes))
      throw new KalamosError('label-unfit', `the label of row ${row} is outside the model's classes`)
    if (model.head === 'class' ? label.length !== 1 : !ctcFits(label, frames[row]!)) {
      throw new KalamosError('label-unfit', `the label of row ${row} does not fit into ${frames[row]} output frames`)
    }
  }
}
