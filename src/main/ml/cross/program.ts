import * as tf from '@tensorflow/tfjs'
import { KalamosError } from '../../../shared/errors.ts'
import type { Batch, Mode, NamedArrays, NamedTensors, Program, TensorBatch } from '../../compute/engine/types.ts'
import type { ImageConfig } from '../image/config.ts'
import { forwardImages, initialImageNetwork } from '../image/network.ts'
import { taskLoss } from '../image/task-loss.ts'
import { InitialWeights, initialDense } from '../models/initial.ts'
import { denseLayer } from '../models/layers.ts'
import type { ModelConfig, Output } from '../models/index.ts'
import { forward } from '../models/model.ts'
import { recogniser } from '../programs/recogniser.ts'
import type { Embedding } from './align.ts'
import { distance, type Distance } from './distance.ts'
import { INITIAL_LOG_SCALE } from './in-batch.ts'
import { embeddedSizes, embeddingOf } from './layers.ts'
import { contrastive, triplet } from './losses.ts'
import { pooled, wholeBatch, type CrossLoss } from './whole-batch.ts'

/** What the engine needs to know of a cross-modal training; made by `crossModalProgram` from a recipe. */
export interface CrossModalConfig {
  pen: ModelConfig
  penLayer: string
  image: ImageConfig
  imageLayer: string
  /**
   * `frozen`: batches bring embeddings of pictures, worked out once by the trained image network.
   * `along`: batches bring pictures, and the image network learns beside the pen's one, with its own task loss.
   */
  imageNetwork: 'frozen' | 'along'
  /**
   * Size of the shared embedding, reached by a linear map of each side that learns; null compares the layers as they
   * are.
   */
  projection: number | null
  loss: 'contrastive' | 'triplet' | 'in-batch'
  distance: Distance
}

/**
 * The pen's network trained towards an image network. Weights: the pen's bear the names they have in the recogniser,
 * `image.…` is the image network (only when trained along), `cross.…` the maps into the shared embedding.
 *
 * A batch's `extra`: `positive` `[rows, width, height]` pictures or `[rows, frames, size]` embeddings,
 * `positiveLengths` `[rows]`, `weight` `[rows]`; for pairs also `negative` and `negativeLengths`, the same for each of
 * a row's negatives `[rows, each, …]`, and `margin` `[rows, each]`; for the loss `in-batch` `group` `[rows]`, a number
 * that is the same for equal labels only. `parts`: `task`, `cross`, `image` and the distances `positive` and
 * `negative`.
 *
 * A batch without any `extra` is measured by the pen's task alone, as held-out recordings are. Predicting gives, beside
 * the layers, the pen's `embedding`, what the loss compares of it (`shared`, `sharedLengths`) and, of a batch with
 * `positive`, of the pictures (`counterpart`, `counterpartLengths`).
 *
 * Throws `invalid-input` where a layer does not exist or sizes do not meet.
 */
export function crossModal(config: CrossModalConfig): Program {
  const sizes = embeddedSizes(config)
  const pen = recogniser({ model: config.pen })
  return {
    initial(seed) {
      const { weights, state } = pen.initial(seed)
      return { weights: { ...weights, ...initialCross(config, sizes, seed) }, state }
    },
    loss(weights, batch, mode) {
      const output = forward(config.pen, weights, batch.x, batch.lengths, mode)
      const task = taskLoss(config.pen, output, batch.labels)
      if (!batch.extra['weight']) return { loss: task, parts: { task }, state: output.state }
      const u = projected(weights, 'cross.pen', config, embeddingOf(output, config.penLayer))
      const positive = imageSide(config, weights, batch, 'positive', mode)
      const rows =
        config.loss === 'in-batch'
          ? wholeBatch(weights, u, positive.embedding, batch, mode)
          : pairwise(config, weights, u, positive.embedding, batch, mode)
      const cross = tf.sum(tf.mul(rows.loss, batch.extra['weight']!)) as tf.Scalar
      const image = positive.loss ?? tf.scalar(0)
      const parts = { task, cross, image, ...rows.parts }
      return { loss: tf.addN([task, cross, image]), parts, state: output.state }
    },
    predict(weights, batch, mode) {
      const output = forward(config.pen, weights, batch.x, batch.lengths, mode)
      const u = projected(weights, 'cross.pen', config, embeddingOf(output, config.penLayer))
      const other = batch.extra['positive']
        ? compared(
            config,
            weights,
            'image',
            pictured(config, weights, batch.extra, 'positive', mode).embedding,
            'counterpart',
          )
        : {}
      return {
        ...(config.pen.head === 'ctc' ? { lengths: output.lengths } : {}),
        outputs: {
          ...output.layers,
          embedding: u.values,
          ...compared(config, weights, 'pen', u, 'shared'),
          ...other,
          logits: output.logits,
        },
      }
    },
    check(batch) {
      pen.check?.(batch)
      checkExtras(config, batch)
    },
  }
}

function initialCross(
  { image, imageNetwork, projection, loss }: CrossModalConfig,
  sizes: { pen: number; image: number },
  seed: number,
): NamedArrays {
  const weights = new InitialWeights(seed)
  if (projection !== null) {
    initialDense(weights, 'cross.pen', sizes.pen, projection)
    initialDense(weights, 'cross.image', sizes.image, projection)
  }
  if (loss === 'in-batch') {
    const size = projection ?? sizes.image
    weights.uniform('cross.pen.query', [size, 1], size)
    weights.uniform('cross.image.query', [size, 1], size)
    weights.constant('cross.logScale', 1, INITIAL_LOG_SCALE)
  }
  if (imageNetwork === 'frozen') return weights.arrays
  const own = Object.entries(initialImageNetwork(image, seed)).map(([name, array]) => [`image.${name}`, array])
  return { ...weights.arrays, ...Object.fromEntries(own) }
}

function projected(
  weights: NamedTensors,
  name: string,
  { projection }: CrossModalConfig,
  { values, lengths }: Embedding,
): Embedding {
  return { values: projection === null ? values : denseLayer(weights, name, values, lengths), lengths }
}

/**
 * Embeddings of a batch's positives or negatives; of positives also the image network's own task loss when it learns
 * too.
 */
function imageSide(
  config: CrossModalConfig,
  weights: NamedTensors,
  { extra, labels }: TensorBatch,
  which: 'positive' | 'negative',
  mode: Mode,
): { embedding: Embedding; loss?: tf.Scalar } {
  const { embedding, output } = pictured(config, weights, extra, which, mode)
  return which === 'negative' || !output ? { embedding } : { embedding, loss: taskLoss(config.image, output, labels) }
}

/**
 * Pictures, or embeddings of a frozen image network, in the shared embedding; `output` is the image network's where it
 * is run.
 */
function pictured(
  config: CrossModalConfig,
  weights: NamedTensors,
  extra: NamedTensors,
  which: 'positive' | 'negative',
  mode: Mode,
): { embedding: Embedding; output?: Output } {
  const values = which === 'positive' ? (extra[which] as tf.Tensor3D) : flattened(extra[which] as tf.Tensor4D)
  const lengths = Int32Array.from(extra[`${which}Lengths`]!.dataSync())
  if (config.imageNetwork === 'frozen')
    return { embedding: projected(weights, 'cross.image', config, { values, lengths }) }
  const own = Object.fromEntries(
    Object.entries(weights).flatMap(([name, value]) =>
      name.startsWith('image.') ? [[name.slice('image.'.length), value]] : [],
    ),
  )
  const output = forwardImages(config.image, own, values, lengths, {
    ...mode,
    seed: which === 'positive' ? mode.seed : mode.seed + 1,
  })
  return { embedding: projected(weights, 'cross.image', config, embeddingOf(output, config.imageLayer)), output }
}

/**
 * What the loss compares of one side, as outputs: `[rows, frames, size]` and the `[rows]` lengths. A pooled vector is a
 * sequence of one.
 */
function compared(
  { loss }: CrossModalConfig,
  weights: NamedTensors,
  side: 'pen' | 'image',
  embedding: Embedding,
  name: string,
): NamedTensors {
  if (loss === 'in-batch')
    return {
      [name]: tf.expandDims(pooled(weights, embedding, side), 1),
      [`${name}Lengths`]: tf.ones([embedding.lengths.length]),
    }
  return { [name]: embedding.values, [`${name}Lengths`]: tf.tensor1d(Float32Array.from(embedding.lengths)) }
}

/** The loss of each row with each of its negatives, mean over these. */
function pairwise(
  config: CrossModalConfig,
  weights: NamedTensors,
  u: Embedding,
  x: Embedding,
  batch: TensorBatch,
  mode: Mode,
): CrossLoss {
  const [rows, each] = batch.extra['margin']!.shape as [number, number]
  const positive = distance(config.distance, u, x)
  const negative = distance(
    config.distance,
    repeated(u, each),
    imageSide(config, weights, batch, 'negative', mode).embedding,
  )
  const pairs = (config.loss === 'triplet' ? triplet : contrastive)(
    repeatedRows(positive, each),
    negative,
    tf.reshape(batch.extra['margin']!, [rows * each]),
  )
  const loss = tf.mean(tf.reshape(pairs, [rows, each]), 1) as tf.Tensor1D
  return { loss, parts: { positive: tf.sum(positive), negative: tf.div(tf.sum(negative), each) } }
}

/** `[rows, each, …]` as `[rows * each, …]`. */
function flattened(x: tf.Tensor4D): tf.Tensor3D {
  const [rows, each, ...rest] = x.shape
  return tf.reshape(x, [rows * each, ...rest])
}

/** Every row `each` times, one after the other. */
function repeated({ values, lengths }: Embedding, each: number): Embedding {
  return {
    values: repeatedRows(values, each),
    lengths: Int32Array.from({ length: lengths.length * each }, (_, at) => lengths[Math.floor(at / each)]!),
  }
}

function repeatedRows<T extends tf.Tensor>(x: T, each: number): T {
  if (each === 1) return x
  const [rows, ...rest] = x.shape
  return tf.reshape(tf.tile(tf.expandDims(x, 1), [1, each, ...rest.map(() => 1)]), [rows! * each, ...rest]) as T
}

function checkExtras({ loss, image, imageNetwork }: CrossModalConfig, { rows, extra = {} }: Batch): void {
  if (Object.keys(extra).length === 0) return
  const wanted = [
    'positive',
    'positiveLengths',
    'weight',
    ...(loss === 'in-batch' ? ['group'] : ['margin', 'negative', 'negativeLengths']),
  ]
  const missing = wanted.filter((name) => extra[name]?.shape[0] !== rows)
  if (missing.length > 0)
    throw new KalamosError('invalid-input', `the batch lacks ${missing.join(', ')} for its ${rows} rows`)
  const height = extra['positive']!.shape[2]
  if (imageNetwork === 'along' && height !== image.height)
    throw new KalamosError(
      'invalid-input',
      `the pictures are ${height} pixels high, the image network was made for ${image.height}`,
    )
}
