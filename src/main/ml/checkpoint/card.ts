import * as v from 'valibot'
import { count, instant, name } from '../../../shared/api/contract.ts'
import { SimulatedAmong } from '../../../shared/api/simulated.ts'
import {
  DoubtfulRolls,
  EpochScore,
  LexiconScores,
  Measured,
  Pose,
  Reliability,
  TrainingConfig,
} from '../../../shared/api/training.ts'

const size = v.pipe(count, v.minValue(1), v.maxValue(4096))
const network = {
  channels: size,
  classes: size,
  head: v.picklist(['ctc', 'class']),
  dropout: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  layers: count,
  hidden: size,
}

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

/** A network's config as a file may claim it. */
export const Network = v.variant('kind', [
  v.strictObject({
    kind: v.literal('ott'),
    ...network,
    blocks: v.pipe(count, v.maxValue(16)),
    filters: size,
    kernel: v.pipe(size, v.maxValue(64)),
    dense: size,
  }),
  v.strictObject({
    kind: v.literal('rewi'),
    ...network,
    widths: v.pipe(v.array(size), v.maxLength(16), v.readonly()),
    depth: v.pipe(count, v.maxValue(100)),
    expand: v.picklist([1, 2]),
    affine: v.boolean(),
  }),
])

/** Which file holds the numbers, and how it can be told from another or a damaged one. */
export const WeightsFile = v.strictObject({
  file: v.pipe(v.string(), v.regex(/^[\w-][\w.-]*$/, 'must be a plain file name')),
  bytes: count,
  sha256,
})
export type WeightsFile = v.InferOutput<typeof WeightsFile>

const Scores = v.strictObject({ cer: v.number(), wer: v.number(), accuracy: v.number(), recordings: count })
export type Scores = v.InferOutput<typeof Scores>

const shares = v.pipe(v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(1))), v.minLength(1), v.maxLength(10_000))
const CalibrationMap = v.pipe(
  v.strictObject({ confidence: shares, share: shares }),
  v.check(({ confidence, share }) => confidence.length === share.length, 'must have as many shares as confidences'),
)

/**
 * What a model's confidence was worth on held-out words: the map from it to the share of right words, a decoding method
 * each.
 */
export const ConfidenceCalibrations = v.strictObject({
  maps: v.strictObject({
    greedy: CalibrationMap,
    beam: v.exactOptional(CalibrationMap),
    lexicon: v.exactOptional(CalibrationMap),
  }),
  /** Of greedy reading. */
  reliability: Reliability,
})
export type ConfidenceCalibrations = v.InferOutput<typeof ConfidenceCalibrations>

/** Everything about a recogniser but its weights: what it takes, what it says, and where it comes from. */
export const Recipe = v.strictObject({
  name,
  createdAt: instant,
  codeVersion: v.string(),
  /** The named size, such as `rewi-s`. */
  kind: v.string(),
  network: Network,
  parameters: count,
  task: v.picklist(['ctc', 'classes']),
  /** Letters for `ctc` (output k + 1 is class k, output 0 the blank), labels for `classes`. */
  classes: v.pipe(v.array(v.string()), v.minLength(1)),
  channels: v.pipe(v.array(v.string()), v.minLength(1)),
  rateHz: v.pipe(v.number(), v.minValue(1)),
  preprocessing: v.strictObject({
    resampling: v.literal('linear, gaps filled'),
    normalisation: v.variant('by', [
      v.strictObject({ by: v.literal('recording') }),
      v.strictObject({
        by: v.literal('training set'),
        mean: v.pipe(v.array(v.number()), v.readonly()),
        deviation: v.pipe(v.array(v.number()), v.readonly()),
      }),
    ]),
    minimumFrames: count,
    /** Whether the pen's turn about its long axis is taken out first; as held where nothing is said. */
    pose: v.exactOptional(Pose),
  }),
  /** Lowest and highest rate of the recordings it was trained on, before resampling. */
  sourceRates: v.tuple([v.number(), v.number()]),
  trainedOn: v.strictObject({
    recordings: count,
    writers: count,
    ...SimulatedAmong,
    ids: v.array(count),
    heldOutIds: v.array(count),
    /** Absent where every roll could be told, and where none had to be. */
    doubtfulRolls: v.exactOptional(DoubtfulRolls),
    /** Fingerprint of the recordings as they went in, by which a repeat knows whether they are still the same. */
    sha256: v.exactOptional(sha256),
  }),
  config: TrainingConfig,
  backend: v.string(),
  threads: count,
})
export type Recipe = v.InferOutput<typeof Recipe>

/** The card of a finished model. */
export const ModelCard = v.strictObject({
  format: v.literal('kalamos-model'),
  version: v.literal(1),
  ...Recipe.entries,
  epochs: count,
  /** On the held-out recordings after the last epoch; null where none were held out. */
  scores: v.nullable(Scores),
  /** Some of the held-out recordings with the lexicon and without; null or absent where too few words were held out. */
  lexicon: v.exactOptional(v.nullable(LexiconScores)),
  /** Null or absent where too few words were held out to measure it. */
  calibration: v.exactOptional(v.nullable(ConfidenceCalibrations)),
  /** Absent for a model that was measured on nothing but its held-out recordings. */
  measured: v.exactOptional(Measured),
  /** How long it trained. */
  trainSeconds: v.exactOptional(v.number()),
  weights: WeightsFile,
})
export type ModelCard = v.InferOutput<typeof ModelCard>

/** How far a training has come: the next batch of the next epoch. */
export const Progress = v.strictObject({
  epoch: count,
  batch: count,
  step: count,
  /** Sums over the batches of the epoch so far. */
  lossSum: v.number(),
  /** Sums of the named parts of the loss. */
  partSums: v.optional(v.record(v.string(), v.number())),
  rows: count,
  seconds: v.number(),
  scores: v.array(EpochScore),
})
export type Progress = v.InferOutput<typeof Progress>

/** The card of a checkpoint: a training can go on from it as if it had never stopped. */
export const CheckpointCard = v.strictObject({
  format: v.literal('kalamos-checkpoint'),
  version: v.literal(1),
  recipe: Recipe,
  progress: Progress,
  optimiserStep: count,
  weights: WeightsFile,
})
export type CheckpointCard = v.InferOutput<typeof CheckpointCard>
