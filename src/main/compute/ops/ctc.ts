import * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import { ctcLabelsFit } from '../kernels/limits.ts'
import { hasKernel, runKernels } from '../kernels/run.ts'
import { ctcLossComposite } from './composite/ctc.ts'
import { checkLengths, type Lengths } from './lengths.ts'

/** Output frames that a label needs at least: one a symbol, and one more for the blank between two equal ones. */
export function ctcFrames(label: readonly number[]): number {
  return label.reduce((frames, symbol, index) => frames + (index > 0 && label[index - 1] === symbol ? 2 : 1), 0)
}

/** Whether `frames` output frames can spell a label. */
export function ctcFits(label: readonly number[], frames: number): boolean {
  return frames >= Math.max(1, ctcFrames(label))
}

/**
 * Connectionist temporal classification (Graves et al. 2006): `[batch]` negative log likelihoods of the labels.
 * Logits are `[batch, time, classes]`, the log-softmax is taken inside. With `normalise`, each is divided by
 * its label's length (1 for an empty label). A row that cannot spell its label has an infinite loss and no gradient.
 */
export function ctcLoss(
  logits: tf.Tensor3D,
  labels: readonly (readonly number[])[],
  lengths: Lengths,
  options: { blank?: number; normalise?: boolean } = {},
): tf.Tensor1D {
  const { blank = 0, normalise = false } = options
  const [batch, time, classes] = logits.shape
  checkLengths(lengths, batch, time)
  if (labels.length !== batch)
    throw new KalamosError('invalid-input', `${labels.length} labels were given for a batch of ${batch} rows`)
  for (const [row, label] of labels.entries()) {
    const wrong = label.find(
      (symbol) => !Number.isInteger(symbol) || symbol < 0 || symbol >= classes || symbol === blank,
    )
    if (wrong !== undefined)
      throw new KalamosError(
        'invalid-input',
        `the label of row ${row} holds class ${wrong}; labels are made of 0 to ${classes - 1} without the blank ` +
          `${blank}`,
      )
    if (lengths[row] === 0) throw new KalamosError('empty-recording', `row ${row} has no frame to read`)
  }
  const losses =
    hasKernel('SequenceCtc') && ctcLabelsFit(labels)
      ? runKernels<[tf.Tensor1D, tf.Tensor3D]>('SequenceCtc', { logits }, { labels, lengths, blank })[0]
      : ctcLossComposite(logits, labels, lengths, blank)
  return normalise ? tf.div(losses, tf.tensor1d(labels.map((label) => Math.max(1, label.length)))) : losses
}
