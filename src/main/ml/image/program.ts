import type * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import type { Batch, Program } from '../../compute/engine/types.ts'
import { ctcFits } from '../../compute/ops/index.ts'
import { taskLoss } from './task-loss.ts'
import { outputColumns, type ImageConfig } from './config.ts'
import { forwardImages, initialImageNetwork } from './network.ts'

/**
 * The image network alone, with its task loss. A batch's frames are the columns of the pictures:
 * `x` is `[rows, width, height]`, ink 1 and paper 0, `lengths` the widths.
 */
export function imageRecogniser({ model }: { model: ImageConfig }): Program {
  return {
    initial: (seed) => ({ weights: initialImageNetwork(model, seed), state: {} }),
    loss(weights, { x, lengths, labels }, mode) {
      return { loss: taskLoss(model, forwardImages(model, weights, x, lengths, mode), labels) }
    },
    predict(weights, { x, lengths }, mode) {
      const { logits, lengths: frames, layers } = forwardImages(model, weights, x as tf.Tensor3D, lengths, mode)
      return { lengths: frames, outputs: { ...layers, logits } }
    },
    check: (batch) => checkPictures(model, batch),
  }
}

/** Throws `invalid-input` or `label-unfit` for pictures that cannot be learned from. */
function checkPictures(model: ImageConfig, { lengths, labels, channels }: Batch): void {
  if (channels !== model.height)
    throw new KalamosError(
      'invalid-input',
      `the pictures are ${channels} pixels high, the network was made for ${model.height}`,
    )
  const columns = outputColumns(model, lengths)
  for (const [row, label] of labels.entries()) {
    if (label.some((part) => part < (model.head === 'ctc' ? 1 : 0) || part >= model.classes))
      throw new KalamosError('label-unfit', `the label of picture ${row} is outside the network's classes`)
    if (model.head === 'class' ? label.length !== 1 : !ctcFits(label, columns[row]!)) {
      throw new KalamosError(
        'label-unfit',
        `the label of picture ${row} does not fit into ${columns[row]} output columns`,
      )
    }
  }
}
