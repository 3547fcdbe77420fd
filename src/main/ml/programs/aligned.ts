import * as tf from '@tensorflow/tfjs'
import type { Program, TensorBatch } from '../../compute/engine/types.ts'
import type { ModelConfig } from '../models/index.ts'
import { forward } from '../models/model.ts'
import type { Lengths } from '../../compute/ops/index.ts'
import { taskLoss } from '../image/task-loss.ts'
import { UNKNOWN } from './middles.ts'
import { recogniser } from './recogniser.ts'

export interface AlignedConfig {
  model: ModelConfig
}

/**
 * The recogniser, also told where the letters are: beside CTC, cross entropy frame by frame, which wants each letter in
 * the output frame of its middle and the blank away from all letters. CTC alone has to find the letters' places first,
 * which takes most of a training; a simulated pen knows them. Reading does not need any of it.
 *
 * A batch's `extra`: `middles` `[rows, letters]`, the middle of each letter as a share of the recording (-1 unknown),
 * and `guidance` `[rows]`, the weight of the cross entropy. A batch without them is measured by CTC alone.
 */
export function alignedRecogniser({ model }: AlignedConfig): Program {
  const plain = recogniser({ model })
  return {
    ...plain,
    loss(weights, batch, mode) {
      const output = forward(model, weights, batch.x, batch.lengths, mode)
      const task = taskLoss(model, output, batch.labels)
      if (!batch.extra['middles']) return { loss: task, parts: { task }, state: output.state }
      const guided = frameLoss(output.logits as tf.Tensor3D, batch, output.lengths)
      const loss = tf.add(task, tf.sum(tf.mul(guided, batch.extra['guidance']!)))
      return { loss: loss as tf.Scalar, parts: { task, guided: tf.sum(guided) }, state: output.state }
    },
  }
}

/** `[rows]` cross entropy over the frames that say something, per letter of the label as the CTC loss is. */
function frameLoss(logits: tf.Tensor3D, { labels, extra }: TensorBatch, lengths: Lengths): tf.Tensor1D {
  const [rows, frames, classes] = logits.shape
  const middles = extra['middles'] as tf.Tensor2D
  const { wanted, weights } = frameTargets(middles.dataSync(), middles.shape[1], labels, lengths, frames)
  const right = tf.oneHot(tf.tensor2d(wanted, [rows, frames], 'int32'), classes)
  const surprise = tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), right), 2))
  return tf.sum(tf.mul(surprise, tf.tensor2d(weights, [rows, frames])), 1)
}

/**
 * Classes wanted `[rows, frames]`, and how much each frame counts: not at all beside a letter, where either is right.
 */
export function frameTargets(
  middles: ArrayLike<number>,
  width: number,
  labels: readonly (readonly number[])[],
  lengths: Lengths,
  frames: number,
): { wanted: Int32Array; weights: Float32Array } {
  const wanted = new Int32Array(labels.length * frames)
  const weights = new Float32Array(labels.length * frames)
  labels.forEach((label, row) => {
    const valid = lengths[row]!
    const weight = 1 / label.length
    weights.fill(weight, row * frames, row * frames + valid)
    const places = label.map((_, letter) => {
      const middle = middles[row * width + letter]!
      return middle === UNKNOWN ? null : Math.min(valid - 1, Math.floor(middle * valid))
    })
    for (const place of places) {
      if (place === null) continue
      for (const beside of [place - 1, place + 1]) if (beside >= 0 && beside < valid) weights[row * frames + beside] = 0
    }
    places.forEach((place, letter) => {
      if (place === null) return
      wanted[row * frames + place] = label[letter]!
      weights[row * frames + place] = weight
    })
    // A letter of unknown place could be anywhere: no frame of this row may be called blank.
    if (places.includes(null))
      for (let frame = 0; frame < valid; frame++)
        if (wanted[row * frames + frame] === 0) weights[row * frames + frame] = 0
  })
  return { wanted, weights }
}
