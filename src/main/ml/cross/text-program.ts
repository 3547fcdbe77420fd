import * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import type { Batch, NamedTensors, Program, TensorBatch } from '../../compute/engine/types.ts'
import { taskLoss } from '../image/task-loss.ts'
import { InitialWeights, initialBilstm, initialDense } from '../models/initial.ts'
import { denseLayer, stackedBilstm, tensor } from '../models/layers.ts'
import type { ModelConfig } from '../models/index.ts'
import { forward } from '../models/model.ts'
import type { Lengths } from '../../compute/ops/index.ts'
import { recogniser } from '../programs/recogniser.ts'
import type { Embedding } from './align.ts'
import { attentionPool } from './attention.ts'
import { errorContrastive, INITIAL_LOG_SCALE, normalised } from './in-batch.ts'
import { embeddingOf, layerSize, penLayers } from './layers.ts'
import { contrastRows } from './whole-batch.ts'

/** The pen's network with contrastive losses against texts (ECHWR, arXiv 2602.07049). */
export interface TextContrastiveConfig {
  pen: ModelConfig
  penLayer: string
  /** Size of the shared embedding: 512 in ECHWR. */
  size: number
  /**
   * Size of a letter and of each direction of the LSTM that reads texts (ours: the paper's text network is not known
   * here).
   */
  letter: number
  /** Weight of the loss that tells the true text from spoilt ones; 0 leaves it out. */
  errors: number
}

/**
 * CTC, the symmetric in-batch contrastive loss between recordings and texts and, with `errors`, the error-based
 * contrastive loss. The branch is not needed for reading. Weights: the pen's as in the recogniser, `cross.…` the
 * branch.
 *
 * A batch's `extra`: `text` `[rows, letters]` class indices (0 behind the end), `textLengths` `[rows]`, `weight` and
 * `group` `[rows]`, and with `errors` `spoilt` `[rows, texts, letters]` and `spoiltLengths` `[rows, texts]`.
 * A batch without any `extra` is measured by the pen's task alone.
 */
export function textContrastive(config: TextContrastiveConfig): Program {
  if (config.pen.head !== 'ctc')
    throw new KalamosError(
      'invalid-input',
      'Contrast against texts needs a network that reads words.',
      'Choose the task ctc.',
    )
  const inputs = layerSize(penLayers(config.pen), config.penLayer, "The pen's network")
  const pen = recogniser({ model: config.pen })
  return {
    initial(seed) {
      const { weights, state } = pen.initial(seed)
      return { weights: { ...weights, ...initialBranch(config, inputs, seed) }, state }
    },
    loss(weights, batch, mode) {
      const output = forward(config.pen, weights, batch.x, batch.lengths, mode)
      const task = taskLoss(config.pen, output, batch.labels)
      if (!batch.extra['weight']) return { loss: task, parts: { task }, state: output.state }
      const own = branch(weights)
      const u = vector(own, 'pen', embeddingOf(output, config.penLayer))
      const truth = textVectors(config, own, batch.extra['text'] as tf.Tensor2D, lengthsOf(batch, 'textLengths'))
      const { loss, parts } = contrastRows(u, truth, tensor(own, 'logScale'), batch, mode)
      const spoilt =
        config.errors === 0
          ? tf.zerosLike(loss)
          : tf.mul(
              config.errors,
              errorContrastive(u, truth, spoiltVectors(config, own, batch), tensor(own, 'logScale')),
            )
      const weigh = (rows: tf.Tensor): tf.Scalar => tf.sum(tf.mul(rows, batch.extra['weight']!))
      const [cross, errors] = [weigh(loss), weigh(spoilt)]
      return { loss: tf.addN([task, cross, errors]), parts: { task, cross, errors, ...parts }, state: output.state }
    },
    predict(weights, batch, mode) {
      const output = forward(config.pen, weights, batch.x, batch.lengths, mode)
      const own = branch(weights)
      const embedding = vector(own, 'pen', embeddingOf(output, config.penLayer))
      const { text } = batch.extra
      const other = text
        ? single(textVectors(config, own, text as tf.Tensor2D, lengthsOf(batch, 'textLengths')), 'counterpart')
        : {}
      return {
        lengths: output.lengths,
        outputs: { ...output.layers, embedding, ...single(embedding, 'shared'), ...other, logits: output.logits },
      }
    },
    check(batch) {
      pen.check?.(batch)
      checkTexts(config, batch)
    },
  }
}

function initialBranch(
  { pen, size, letter }: TextContrastiveConfig,
  inputs: number,
  seed: number,
): ReturnType<Program['initial']>['weights'] {
  const weights = new InitialWeights(seed)
  weights.uniform('letters', [pen.classes, letter], 1)
  initialBilstm(weights, letter, letter, 1)
  for (const [side, width] of [
    ['pen', inputs],
    ['text', 2 * letter],
  ] as const) {
    weights.uniform(`${side}.query`, [width, 1], width)
    initialDense(weights, side, width, size)
  }
  weights.constant('logScale', 1, INITIAL_LOG_SCALE)
  return Object.fromEntries(Object.entries(weights.arrays).map(([name, array]) => [`cross.${name}`, array]))
}

function branch(weights: NamedTensors): NamedTensors {
  return Object.fromEntries(
    Object.entries(weights).flatMap(([name, value]) =>
      name.startsWith('cross.') ? [[name.slice('cross.'.length), value]] : [],
    ),
  )
}

/** One vector of length 1 for each sequence, `[rows, size]`. */
function vector(weights: NamedTensors, side: string, embedding: Embedding): tf.Tensor2D {
  return normalised(denseLayer(weights, side, attentionPool(embedding, tensor(weights, `${side}.query`))))
}

/** Vectors as outputs of sequences of one. */
function single(vectors: tf.Tensor2D, name: string): NamedTensors {
  return { [name]: tf.expandDims(vectors, 1), [`${name}Lengths`]: tf.ones([vectors.shape[0]]) }
}

function textVectors(
  { pen }: TextContrastiveConfig,
  weights: NamedTensors,
  text: tf.Tensor2D,
  lengths: Lengths,
): tf.Tensor2D {
  const [rows, letters] = text.shape
  const known = tf.oneHot(tf.reshape(tf.cast(text, 'int32'), [rows * letters]), pen.classes)
  const embedded = tf.reshape(tf.matMul(tf.cast(known, 'float32'), tensor<tf.Tensor2D>(weights, 'letters')), [
    rows,
    letters,
    -1,
  ]) as tf.Tensor3D
  const read = stackedBilstm(weights, embedded, lengths, 1, 0, { training: false, seed: 0, rowOffset: 0 })
  return vector(weights, 'text', { values: read, lengths })
}

function spoiltVectors(config: TextContrastiveConfig, weights: NamedTensors, batch: TensorBatch): tf.Tensor3D {
  const spoilt = batch.extra['spoilt'] as tf.Tensor3D
  const [rows, texts, letters] = spoilt.shape
  const vectors = textVectors(
    config,
    weights,
    tf.reshape(spoilt, [rows * texts, letters]),
    lengthsOf(batch, 'spoiltLengths'),
  )
  return tf.reshape(vectors, [rows, texts, config.size])
}

function lengthsOf({ extra }: Pick<TensorBatch, 'extra'>, name: string): Lengths {
  return Int32Array.from(extra[name]!.dataSync())
}

function checkTexts({ errors }: TextContrastiveConfig, { rows, extra = {} }: Batch): void {
  if (Object.keys(extra).length === 0) return
  const missing = [
    'text',
    'textLengths',
    'weight',
    'group',
    ...(errors === 0 ? [] : ['spoilt', 'spoiltLengths']),
  ].filter((name) => extra[name]?.shape[0] !== rows)
  if (missing.length > 0)
    throw new KalamosError('invalid-input', `the batch lacks ${missing.join(', ')} for its ${rows} rows`)
}
